"""The tour's guide: steps begin as they are set, go on once they are done, and come back."""

import numpy as np
import pytest

from engine import run
from tests.support.session import Later, scene_of, started
from tui.config.lessons import lesson_of
from tui.session.guide import DONE_SECONDS, Guide
from tui.state.animations import Phase
from tui.state.lessons import Lesson
from tui.state.motion import MOTIONS
from tui.state.tour import Stage, Tour

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
answer = "smallest_gradient_layer"
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

LESSONS: dict[str, Lesson] = {
    "one": lesson_of("01-one.md", ONE),
    "two": lesson_of("02-two.md", TWO),
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
        self.controller.act(action)
        self.guide.acted(action)
        return self.shown()

    def wait(self, seconds: float) -> None:
        """Let time pass."""
        self.session.clock.now += seconds  # type: ignore[attr-defined]
        self.session.advance(seconds)
        self.shown()
        self.guide.tick()


@pytest.fixture
def led() -> Led:
    """At the first step."""
    made = Led()
    made.guide.open("one")
    made.shown()
    return made


def test_a_step_sets_what_it_is_about(led: Led) -> None:
    """Experiment, view, cursor and the wave's speed; what was pinned or listed before is gone."""
    state = led.session.state
    assert (state.view, state.cursor, state.metric, state.table) == ("chain", 3, "g", False)
    assert state.experiment.network.depth == 5
    assert state.speed == 0.5
    assert len(state.past) == 1


def test_it_goes_on_by_itself_once_the_condition_holds_and_was_seen(led: Led) -> None:
    """A sign first; not behind another screen."""
    assert led.stage == "reading"
    assert led.act("next_activation").stage is Stage.DONE
    led.wait(DONE_SECONDS / 2)
    assert led.place == ("one", 0)
    led.seen = False
    led.wait(DONE_SECONDS)
    assert not led.guide.is_waiting
    led.seen = True
    led.guide.tick()
    assert led.place == ("one", 1)


def test_before_an_audience_nothing_goes_on_by_itself() -> None:
    """The speaker's key does."""
    led = Led()
    led.guide.open("one", presents=True)
    led.shown()
    assert led.act("next_activation").stage is Stage.DONE
    led.wait(10 * DONE_SECONDS)
    assert led.place == ("one", 0)
    led.guide.go_on()
    assert (led.place, led.tour.presents) == (("one", 1), True)


def test_a_question_holds_the_wave_and_is_compared_after_it(led: Led) -> None:
    """The cursor picks, enter takes; time alone leads nowhere."""
    led.guide.go_on()
    tour = led.shown()
    wave = led.session.animation.wave
    assert tour.stage is Stage.ASKING
    assert (wave.held, wave.phase) == (True, Phase.BACKWARD)
    assert scene_of(led.session).cursor == 2
    led.wait(100.0)
    assert led.stage == "asking"
    for key in ("left", "up", "right", "left", "left", "down"):
        assert led.guide.takes(key)
        led.guide.answer(key)
    assert led.session.state.cursor == 1
    led.guide.answer("enter")
    assert led.stage == "answered"
    assert not led.guide.takes("left")
    led.wait(0.1)
    assert led.stage == "answered"
    led.wait(100.0)
    assert (led.stage, led.tour.expected, led.tour.right) == ("compared", 1, 1)
    led.wait(10 * DONE_SECONDS)
    assert led.place == ("one", 1)
    led.guide.answer("enter")
    assert led.place == ("one", 2)


@pytest.mark.parametrize(("key", "expected"), [("1", 1), ("3", 3), ("enter", 2)])
def test_the_choice_whose_value_is_nearest_is_right(key: str, expected: int) -> None:
    """A digit answers at once, enter takes the one that is lit."""
    led = Led()
    led.guide.open("two")
    led.shown()
    assert not led.guide.takes("4")
    led.guide.answer("right")
    assert led.tour.lit == 1
    led.guide.answer(key)
    led.wait(100.0)
    assert (led.tour.expected, led.tour.right) == (expected, 2)


def test_going_back_restores_a_step_as_it_began_with_its_training_run(led: Led) -> None:
    """Whatever was done since, and undo comes back from there."""
    led.guide.go_on()
    led.shown()
    begun = led.session.state
    trace = led.session.trace
    assert trace is not None
    assert trace.step == 4
    assert np.array_equal(trace.delta_norm, run(begun.experiment, 4).delta_norm)
    for action in ("faster_learning", "step_forward", "next_metric", "view_gradients", "deeper"):
        led.act(action)
    led.guide.go_on()
    led.act("next_init")
    led.guide.go_back()
    led.shown()
    now = led.session.state
    for field in ("run", "cursor", "view", "metric", "table", "speed", "pinned", "picture"):
        assert getattr(now, field) == getattr(begun, field), field
    assert led.session.trace is not None
    assert np.array_equal(led.session.trace.delta_norm, trace.delta_norm)
    assert led.stage == "asking"
    led.act("undo")
    assert led.session.state.experiment.network.init == "he_normal"


def test_skipping_leads_where_the_keys_lead(led: Led) -> None:
    """A step sets what it needs; the first step of a lesson needs nothing from before it."""
    led.guide.go_on()
    led.guide.go_on()
    led.shown()
    assert led.session.state.experiment.network.depth == 7
    led.guide.go_on()
    assert led.place == ("two", 0)
    led.guide.go_back()
    assert led.place == ("one", 2)
    assert led.session.state.experiment.network.depth == 7
    led.guide.go_on()
    led.guide.go_on()
    assert led.guide.tour is None
    assert [said.code for said in led.session.state.notices] == ["tour_ended"]


def test_the_tour_has_a_beginning(led: Led) -> None:
    """Nothing is before it."""
    led.guide.go_back()
    assert led.place == ("one", 0)
    assert [said.code for said in led.session.state.notices] == ["tour_begins"]


def test_leaving_keeps_what_is_set_and_gives_the_speed_back(led: Led) -> None:
    """No wave is left waiting."""
    led.guide.go_on()
    led.shown()
    experiment = led.session.state.experiment
    led.guide.close()
    assert led.guide.tour is None
    assert (led.session.state.speed, led.session.state.experiment) == (1.0, experiment)
    assert led.session.animation.wave.phase is Phase.DONE
    assert led.guide.last == ("one", 1)


def test_where_nothing_moves_a_wave_is_over_as_soon_as_it_is_asked_for(led: Led) -> None:
    """Reduced motion has no wave to wait for."""
    led.session.motion = MOTIONS["reduced"]
    led.guide.go_on()
    led.shown()
    led.guide.answer("enter")
    assert led.shown().stage is Stage.COMPARED
    led.guide.go_on()
    led.shown()
    assert led.act("play").stage is Stage.DONE


def test_a_condition_waits_for_what_is_still_computed() -> None:
    """What is on the screen until then is the step's before."""
    led = Led()
    later = Later()
    led.guide.open("one")
    led.session.jobs._spawn = later
    led.guide.go_on()
    assert scene_of(led.session).computing
    assert led.shown().begun is None
    assert not led.session.animation.wave.held
    while later.jobs:
        later.run()
    assert led.shown().begun is led.session.trace
    assert led.session.animation.wave.held
