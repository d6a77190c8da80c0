"""Asks the questions of the quiz, keeps the answers, and shows the run that speaks about one."""

from collections.abc import Callable
from dataclasses import replace

from engine import Run, Trace
from tui.config.command_line import on_screen
from tui.config.quiz_answers import keep_answers, read_answers
from tui.session.axis_ranges import AxisRanges
from tui.session.controller import Controller
from tui.state.quiz import AFTER, Asked, Item, RunNote, opened
from tui.state.scene import Scene, Waiting
from tui.state.state import State
from tui.words.lesson_numbers import Known


class Quiz:
    """The quiz over the session; `items` gives its questions in the language that is spoken now."""

    def __init__(
        self,
        controller: Controller,
        items: Callable[[], tuple[Item, ...]],
    ) -> None:
        self._controller, self._session = controller, controller.session
        self._items = items
        self._asked = opened(items(), read_answers(), has_toured=False)
        self._left: tuple[State, AxisRanges] | None = None
        self._shown: tuple[int, str] | None = None
        self._start: Trace | None = None
        self._note: RunNote | None = None

    def open(self, has_toured: bool) -> None:
        """Back from the run that is shown, or else at the first question that is open."""
        if not self.leave():
            is_after = has_toured or self._asked.taking == AFTER
            self._asked = opened(self._items(), self._asked.answered, is_after)

    @property
    def asked(self) -> Asked:
        """The quiz as it stands."""
        return replace(self._asked, items=self._items())

    def do(self, change: Callable[[Asked], Asked]) -> str | None:
        """Change where one is or what is answered; why that cannot be kept, if it cannot."""
        before, self._asked = self._asked, change(self.asked)
        is_new = before.answered != self._asked.answered
        return keep_answers(self._asked.answered) if is_new else None

    # the run about an answer

    @property
    def note(self) -> RunNote | None:
        """What the run says that is shown, if one is."""
        if self._note is None or self._shown is None:
            return None
        index, id = self._shown
        answer = next(a for a in self._items()[index].answers if a.id == id)
        return replace(self._note, answer=answer)

    def show(self) -> bool:
        """The run about the lit answer, once all is answered; whether there is one."""
        asked, session = self.asked, self._session
        index = asked.place.index
        if index is None or not asked.is_complete:
            return False
        answer = asked.answers[asked.place.lit]
        self._controller.pause_training()
        session.animation.finish()
        self._left = session.state, session.axes
        self._shown, self._note = (index, answer.id), RunNote(answer)
        shown, state = answer.run, session.state
        # networks of the quiz that are compared or trained are small
        pinned = None if shown.pinned is None else session.traces.measure(shown.pinned)
        begins = shown.steps and pinned is None
        self._start = session.traces.measure(shown.experiment) if begins else pinned
        state = replace(state.shown_plainly(), pinned=pinned, preview=None, notices=())
        state = state.running(Run(shown.experiment))
        session.set_state(on_screen(state, shown.screen))
        session.refit_axis()
        if shown.steps:
            self._controller.train_to(shown.steps)
        return True

    def leave(self) -> bool:
        """Back to what was there before the run; whether one was shown."""
        if self._left is None:
            return False
        session, (state, axes) = self._session, self._left
        self._left = self._shown = self._note = self._start = None
        self._controller.pause_training()
        session.animation.finish()
        # nothing leads back to it: it takes no room from runs that undo brings back
        session.training.use(None)
        session.set_state(replace(state, notices=()))
        session.axes = axes
        return True

    def notice(self, scene: Scene | Waiting) -> None:
        """Something is shown: the run may be what it is to be."""
        note = self._note
        if note is None or isinstance(scene, Waiting) or scene.computing or note.is_measured:
            return
        shown, trace = note.answer.run, scene.trace
        if trace.experiment != shown.experiment:
            self._note = replace(note, is_other=True)
            return
        note = replace(note, step=trace.step, is_other=False)
        if trace.step == shown.steps and (not shown.steps or trace.test_accuracy is not None):
            known = Known(trace, self._start or trace, scene.verdict, scene.cursor)
            note = replace(note, is_measured=True, known=known)
        self._note = note
