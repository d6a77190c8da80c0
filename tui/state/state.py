"""What is shown of our own networks apart from the numbers themselves: one frozen value."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace

from engine import Experiment, Run
from tui.state.edits import Edit, next_of
from tui.state.layer_columns import columns_of
from tui.state.metrics import METRICS
from tui.state.notices import Notice, notice
from tui.state.screen_state import ScreenState, Shared
from tui.state.undo import continued, returned
from tui.state.views import PICTURES

HISTORY = 200


@dataclass(frozen=True)
class State(ScreenState):
    """The run that is shown, at step 0 until it is trained, and its past.

    `past` and `future` are what undo and redo return to, the nearest last. `preview` is an
    experiment that is looked at but not taken.
    """

    run: Run
    past: tuple[Run, ...] = ()
    future: tuple[Run, ...] = ()
    preview: Experiment | None = None

    @property
    def experiment(self) -> Experiment:
        """The run's, with the training settings as they are now."""
        return self.run.current

    @property
    def depth(self) -> int:
        """How many layers the cursor can be on."""
        return self.experiment.network.depth

    @property
    def metrics(self) -> tuple[str, ...]:
        """What the bars can show."""
        return tuple(METRICS)

    @property
    def columns(self) -> tuple[str, ...]:
        """Those of the table."""
        return columns_of(self.experiment, self.run.step)

    @property
    def shown_experiment(self) -> Experiment:
        """What is to be seen: the preview, if there is one."""
        return self.preview or self.experiment

    def edited(self, edit: Edit) -> State:
        """The state after an edit; one that changed nothing leaves the history alone."""
        if edit.experiment == self.experiment:
            return self.saying(*edit.notices)
        run = continued(self.run, edit.experiment)
        restarted = [notice("restarted")] if self.run.step and not run.step else []
        return self._going_to(run, *edit.notices, *restarted)

    def running(self, run: Run) -> State:
        """Another run, to which undo comes back."""
        return self if run == self.run else self._going_to(run)

    def rewound(self) -> State:
        """The same network at step 0, with the weights it had there."""
        if not self.run.step:
            return self.saying(notice("at_step_0"))
        return self._going_to(Run(self.experiment), notice("rewound"))

    def _going_to(self, run: Run, *notices: Notice) -> State:
        past = (*self.past, self.run)[-HISTORY:]
        return replace(self._showing(run), past=past, future=(), notices=notices)

    def undone(self) -> State:
        """The state before the last change."""
        if not self.past:
            return self.saying(notice("nothing_to_undo"))
        shown = self._showing(returned(self.run, self.past[-1])).saying()
        return replace(shown, past=self.past[:-1], future=(*self.future, self.run))

    def redone(self) -> State:
        """The state that undo left."""
        if not self.future:
            return self.saying(notice("nothing_to_redo"))
        shown = self._showing(returned(self.run, self.future[-1])).saying()
        return replace(shown, past=(*self.past, self.run), future=self.future[:-1])

    def shown_plainly(self) -> State:
        """The view, the metric and the line that one starts with."""
        return replace(self, view="gradients", metric="g", table=False, theory=True)

    def with_next_picture(self) -> State:
        """The next picture beside the curves, of those that there are for the data."""
        ring = [name for name, suits in PICTURES.items() if suits(self.experiment)]
        picture = next_of(ring, self.picture)
        return replace(self, picture=picture, notices=(notice("picture", picture=picture),))

    def _showing(self, run: Run) -> State:
        """Another run, its pictures; a cursor on the last layer stays on the last."""
        depth = run.experiment.network.depth
        was_last = self.cursor == self.depth
        cursor = depth if was_last and self.cursor > 1 else min(self.cursor, depth)
        suits = PICTURES[self.picture](run.experiment)
        picture = self.picture if suits else next(iter(PICTURES))
        return replace(self, run=run, cursor=cursor, picture=picture)


SHARED: dict[str, Shared] = {
    item.name: item.metadata["shared"] for item in fields(State) if "shared" in item.metadata
}
"""The fields that have a flag, stand in the copied command and can be set by a preset."""


def initial_state(experiment: Experiment) -> State:
    """The state at start: the cursor a third of the way from the input."""
    return State(Run(experiment), cursor=max(1, (experiment.network.depth + 2) // 3))
