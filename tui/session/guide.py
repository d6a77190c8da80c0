"""Leads through the tour: opens steps as they are to begin, notices what is done, and goes on."""

from collections.abc import Callable
from dataclasses import replace

from engine import Run
from tui.session.controller import Controller
from tui.session.steps import arranged, set_up, show, train_again
from tui.state.animations import Phase
from tui.state.lessons import Lesson
from tui.state.notices import notice
from tui.state.scene import Scene, Waiting
from tui.state.state import State
from tui.state.tour import Stage, Tour, opened
from tui.state.tour_keys import TOWARDS, held, is_over, rethought, takes, trained_to

DONE_SECONDS = 2.0
"""How long a step that is done says so before the next one begins."""

Place = tuple[str, int]
"""A lesson's name and a step's index."""


class Guide:
    """The tour over the session: `lesson_of` reads a lesson by its name, `names` has all of them.

    `is_seen` tells whether people see the steps, which else do not go on; `last` is where one is,
    or was.
    """

    def __init__(
        self,
        controller: Controller,
        names: tuple[str, ...],
        lesson_of: Callable[[str], Lesson],
        is_seen: Callable[[], bool],
        last: Place,
    ) -> None:
        self._controller, self._session = controller, controller.session
        self._names, self._lesson_of, self._is_seen = names, lesson_of, is_seen
        self._tour: Tour | None = None
        self._begun_with: dict[Place, State] = {}
        self._goes_on_at: float | None = None
        self._before = controller.session.state
        self._is_set = False
        self.last = last

    @property
    def tour(self) -> Tour | None:
        """Where one is, in the words of the language that is spoken now."""
        tour = self._tour
        if tour is None:
            return None
        return replace(tour, lesson=self._lesson_of(tour.lesson.name), is_last=self.is_at_end)

    @property
    def is_at_end(self) -> bool:
        """Whether one has come to the last step of the last lesson, now or before."""
        name, index = self.last
        return name == self._names[-1] and index + 1 >= len(self._lesson_of(name).steps)

    @property
    def is_waiting(self) -> bool:
        """Whether it goes on by itself in a moment."""
        return self._goes_on_at is not None and self._is_seen()

    # from step to step

    def open(self, name: str, index: int = 0, presents: bool = False) -> None:
        """That step of that lesson."""
        if self._tour is None:
            self._before, self._session.is_led = self._session.state, True
        lesson = self._lesson_of(name)
        index = min(index, len(lesson.steps) - 1)
        self._begin(lesson, index, arranged(lesson, index, self._session.state), presents)

    def close(self) -> None:
        """Leave; what is set stays."""
        self._tour, self._goes_on_at = None, None
        animation = self._session.animation
        if animation.wave.held:
            animation.finish()
        self._session.is_led = False
        before = self._before
        state = replace(self._session.state, speed=before.speed, theory=before.theory)
        self._session.set_state(state)

    def go_on(self) -> None:
        """The next step, or the next lesson; after the last one it is over."""
        tour = self._tour
        if tour is None:
            return
        if tour.index + 1 < len(tour.lesson.steps):
            begun = self._as_begun(tour.lesson.name, tour.index) if self._has_strayed else None
            state = set_up(tour.lesson.steps[tour.index + 1], begun or self._session.state)
            self._begin(tour.lesson, tour.index + 1, state, tour.presents)
            return
        following = self._names[self._names.index(tour.lesson.name) + 1 :]
        if following:
            self.open(following[0], presents=tour.presents)
        else:
            self.close()
            self._session.say(notice("tour_ended"))

    def go_back(self) -> None:
        """The step before, as it was when it began; from another network first this step."""
        tour = self._tour
        if tour is None:
            return
        lesson, index = tour.lesson, tour.index - (not self._has_strayed)
        if index < 0:
            before = self._names[: self._names.index(lesson.name)]
            if not before:
                self._session.say(notice("tour_begins"))
                return
            lesson = self._lesson_of(before[-1])
            index = len(lesson.steps) - 1
        state = self._as_begun(lesson.name, index) or arranged(lesson, index, self._session.state)
        self._begin(lesson, index, state, tour.presents)

    @property
    def _has_strayed(self) -> bool:
        """Whether another network is shown than the step is about."""
        run = self._session.state.run
        return self._tour is not None and self._tour.has_strayed(run.current, run.step)

    def _as_begun(self, name: str, index: int) -> State | None:
        """As a step began; undo leads from there to what is now."""
        begun = self._begun_with.get((name, index))
        if begun is None:
            return None
        went = self._session.state.running(begun.run)
        return replace(begun, past=went.past, future=went.future)

    def _begin(self, lesson: Lesson, index: int, state: State, presents: bool) -> None:
        session = self._session
        self._controller.pause_training()
        hints = self._tour is not None and self._tour.hints
        self._goes_on_at, self._is_set = None, False
        self.last = lesson.name, index
        self._begun_with[self.last] = state
        self._tour = replace(opened(lesson, index, state, presents), hints=hints)
        show(session, state)
        if session.state.run != state.run:
            # they come back: nothing is lost
            session.say()
            train_again(session, state.run, lambda: self._is_at(state.run))

    def _is_at(self, run: Run) -> bool:
        """Whether the step that one is at begins with that training."""
        return self._tour is not None and self._tour.since.state.run == run

    # what is done in a step

    def notice(self, scene: Scene | Waiting) -> None:
        """Something is shown: the step may be done by that."""
        tour, session = self._tour, self._session
        if tour is None or isinstance(scene, Waiting) or scene.computing or session.has_panel:
            return
        run, stop = session.training.run, trained_to(tour.step)
        if run is not None and run.playing and run.run.step < stop:
            # there the training ends, however fast it goes
            run.until = stop
        self._tour = noticed = tour.noticed(scene)
        if noticed.stage is tour.stage:
            return
        if self._controller.is_training:
            self._controller.pause_training()
        if scene.axis_is_loose:
            session.refit_axis()
        if noticed.stage is Stage.DONE and not noticed.presents:
            self._goes_on_at = session.clock() + DONE_SECONDS

    def set_out(self) -> None:
        """Once a step's picture is there: the wave waits, or plays."""
        tour, session = self._tour, self._session
        if tour is None or self._is_set or session.trace is None or session.is_computing:
            return
        self._is_set = True
        if tour.hides:
            session.animation.hold()
        elif tour.step.plays:
            self._play()

    def _play(self) -> None:
        """The wave, or where nothing moves its end."""
        session = self._session
        wave = session.animation.wave
        if not session.motion.decorates:
            session.animation.finish()
        elif not wave.playing or wave.phase is Phase.DONE:
            # one that somebody has let set out goes on
            session.animation.play()
        if self._tour is not None:
            self._tour = self._tour.having_waved()

    def holds(self, action: str) -> bool:
        """Whether an action has to wait, which is said."""
        tour, session = self._tour, self._session
        why = None if tour is None else held(tour, action, session.state)
        if tour is None or why is None:
            return False
        session.say(notice(why, **self._keys(tour)))
        return True

    def _keys(self, tour: Tour) -> dict[str, object]:
        """What a step asks to press, and what goes on without, as they stand on this keyboard."""
        key_of = self._controller.key_of
        keys = tuple(key_of(action.id) for action in tour.asks_for)
        return {"keys": keys, "next": key_of("next_step")}

    def acted(self, action: str) -> None:
        """A key did something: where no wave plays, it is over as soon as it is asked for."""
        session, tour = self._session, self._tour
        if tour is None:
            return
        if action == "play" and not session.motion.decorates:
            self._play()
            session.say()
        elif tour.stage is Stage.ANSWERED and action in {asked.id for asked in tour.asks_for}:
            # what is about to be measured is not told before
            session.say()

    def tick(self) -> None:
        """Go on once a step has said long enough that it is done."""
        if self.is_waiting and self._session.clock() >= (self._goes_on_at or 0.0):
            self._goes_on_at = None
            self.go_on()

    # the question

    def takes(self, key: str) -> bool:
        """Whether a key answers the question that is open, or enter goes on after it."""
        tour = self._tour
        if tour is None:
            return False
        return tour.presents if key in CLICKER else takes(tour, key, self._session.state.table)

    def answer(self, key: str) -> None:
        """An arrow moves, a digit or enter answers."""
        tour, session = self._tour, self._session
        if tour is None:
            return
        if key in CLICKER:
            CLICKER[key](self)
            return
        if tour.question is None:
            self._answered_before(tour, key)
            return
        choices = tour.question.choices
        if key.isdigit():
            self._take(int(key))
        elif key == "enter" and choices and tour.lit is None:
            session.say(notice("choose_first"))
        elif key == "enter":
            self._take(session.state.cursor if tour.lit is None else tour.lit + 1)
        elif choices:
            self._tour = tour.lighting(-1 if key in ("left", "up") else 1)
            session.changed(True)
        else:
            session.set_state(session.state.moved(session.state.cursor + TOWARDS[key]))

    def _answered_before(self, tour: Tour, key: str) -> None:
        """A row of the table, a second thought, or enter, which goes on where that is next."""
        session = self._session
        if key in TOWARDS:
            session.set_state(session.state.moved(session.state.cursor - TOWARDS[key]))
        elif key.isdigit():
            self._tour = rethought(tour, int(key), session.state)
            session.changed(True)
        elif is_over(tour):
            self.go_on()
        elif tour.step.keys:
            session.say(notice("press_first", **self._keys(tour)))
        else:
            # an impatient person never waits
            session.animation.finish()
            session.changed(True)

    def _take(self, answer: int) -> None:
        if self._tour is None:
            return
        hidden = self._tour.hides
        self._tour = self._tour.answered(answer)
        if hidden:
            self._play()
        self._session.changed(True)

    def show_hints(self) -> None:
        """The speaker's own line, or not."""
        if self._tour is not None:
            self._tour = replace(self._tour, hints=not self._tour.hints)
            self._session.changed(True)


CLICKER: dict[str, Callable[[Guide], None]] = {
    "pagedown": Guide.go_on,
    "pageup": Guide.go_back,
}
"""What a speaker has in the hand."""
