"""A session that a guide leads through two small lessons."""

from tests.support.session import scene_of, started
from tui.config.lessons import lesson_of
from tui.session.guide import Guide
from tui.state.lessons import Lesson
from tui.state.tour import Tour

FLAGS = "--activation sigmoid --depth 5 --width 8 --batch-size 16"

ONE = f"""# One

+++
settings = "{FLAGS}"
view = "chain"
cursor = 3
keys = ["a"]
until = "is activation tanh"
+++
Press `a`.

+++
steps = 4
cursor = 2
speed = 0.25
[question]
ask = "Which layer?"
pick = "layer"
answer = "most_dead_layer"
+++
Step {{step}}.

---
Layer {{cursor}}.

+++
settings = "{FLAGS} --depth 7"
keys = ["space"]
until = "wave_ended"
+++
Press `space`.
"""

TWO = f"""# Two

+++
settings = "{FLAGS} --depth 3"
[question]
ask = "By how much?"
choices = ["one", "a quarter", "a hundredth"]
values = [1, 0.25, 0.01]
answer = "factor_at_cursor"
+++
Text.

---
After.
"""

THREE = f"""# Three

+++
settings = "{FLAGS}"
steps = 4
view = "training"
keys = ["a", "enter"]
until = ["is activation tanh", "trained 6"]
[question]
ask = "How many layers?"
choices = ["one", "two", "three"]
values = [1, 2, 3]
answer = "stalled"
+++
Press `a`, then `enter`.

---
After.

+++
keys = ["d"]
until = "diagnosed"
+++
Press `d`.

+++
+++
Read.

+++
+++
Read on.
"""

LESSONS: dict[str, Lesson] = {
    "one": lesson_of("01-one.md", ONE),
    "two": lesson_of("02-two.md", TWO),
    "three": lesson_of("03-three.md", THREE),
}


class Led:
    """A session with a guide; `seen` is whether people see it."""

    def __init__(self) -> None:
        self.session, self.controller = started()
        self.seen = True
        self.guide = Guide(
            self.controller,
            tuple(LESSONS),
            LESSONS.__getitem__,
            lambda: self.seen,
            ("one", 0),
        )

    @property
    def tour(self) -> Tour:
        """Where one is."""
        assert self.guide.tour is not None
        return self.guide.tour

    @property
    def place(self) -> tuple[str, int]:
        """Lesson and step."""
        return self.tour.lesson.name, self.tour.index

    @property
    def stage(self) -> str:
        """How far the step has come."""
        return self.tour.stage.value

    def shown(self) -> Tour:
        """After a picture."""
        self.guide.set_out()
        self.guide.notice(scene_of(self.session))
        return self.tour

    def act(self, action: str) -> Tour:
        """A key, and its picture."""
        if not self.guide.holds(action):
            self.controller.act(action)
            self.guide.acted(action)
        return self.shown()

    def wait(self, seconds: float) -> None:
        """Let time pass."""
        self.session.clock.now += seconds  # type: ignore[attr-defined]
        self.session.advance(seconds)
        self.shown()
        self.guide.tick()
