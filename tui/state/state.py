"""What the screen shows apart from the numbers themselves: one frozen value."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from engine import Experiment, Run, Trace
from tui.state.edits import Edit
from tui.state.metrics import METRICS
from tui.state.pictures import PICTURES
from tui.state.undo import continued, returned
from tui.words.metrics import METRIC_LABELS
from tui.words.notices import AT_STEP_0, RESTARTED, REWOUND

SPEEDS = (0.125, 0.25, 0.5, 1.0, 2.0, 4.0, 8.0)
HISTORY = 200


@dataclass(frozen=True)
class State:
    """The run that is shown, at step 0 until it is trained, its past, and how one looks at it.

    `cursor` is a layer from 1; `past` and `future` are what undo and redo return to, the nearest
    last; `notice` is what there is to say about the last key. `view`, `metric` and `picture` are
    ids of VIEWS, METRICS and PICTURES, `table` shows digits instead of the view, `theory` the
    predicted line over the bars, and `pinned` is the run that others are compared with.
    """

    run: Run
    cursor: int
    speed: float = 1.0
    past: tuple[Run, ...] = ()
    future: tuple[Run, ...] = ()
    notice: str = ""
    view: str = "gradients"
    metric: str = "delta"
    picture: str = "displacement"
    table: bool = False
    theory: bool = True
    # arrays have no single truth value: a Trace takes no part in comparing states
    pinned: Trace | None = field(default=None, compare=False)

    @property
    def experiment(self) -> Experiment:
        """The run's, with the training settings as they are now."""
        return self.run.current

    def edited(self, edit: Edit) -> State:
        """The state after an edit; one that changed nothing leaves the history alone."""
        if edit.experiment == self.experiment:
            return replace(self, notice=edit.notice)
        run = continued(self.run, edit.experiment)
        restarted = RESTARTED if self.run.step and not run.step else ""
        return self._going_to(run, "; ".join(filter(None, (edit.notice, restarted))))

    def rewound(self) -> State:
        """The same network at step 0, with the weights it had there."""
        if not self.run.step:
            return replace(self, notice=AT_STEP_0)
        return self._going_to(Run(self.experiment), REWOUND)

    def _going_to(self, run: Run, notice: str) -> State:
        past = (*self.past, self.run)[-HISTORY:]
        return replace(self._showing(run), past=past, future=(), notice=notice)

    def undone(self) -> State:
        """The state before the last change."""
        if not self.past:
            return replace(self, notice="nothing to undo")
        return replace(
            self._showing(returned(self.run, self.past[-1])),
            past=self.past[:-1],
            future=(*self.future, self.run),
            notice="",
        )

    def redone(self) -> State:
        """The state that undo left."""
        if not self.future:
            return replace(self, notice="nothing to redo")
        return replace(
            self._showing(returned(self.run, self.future[-1])),
            past=(*self.past, self.run),
            future=self.future[:-1],
            notice="",
        )

    def moved(self, layer: int) -> State:
        """The cursor on that layer, or the nearest that there is."""
        depth = self.experiment.network.depth
        return replace(self, cursor=min(max(layer, 1), depth), notice="")

    def faster(self, step: int) -> State:
        """The next speed up or down."""
        index = min(max(SPEEDS.index(self.speed) + step, 0), len(SPEEDS) - 1)
        return replace(self, speed=SPEEDS[index], notice=f"speed ×{SPEEDS[index]:g}")

    def viewing(self, view: str) -> State:
        """Another view, or back to this one from its table."""
        return replace(self, view=view, table=False, notice="")

    def with_table_toggled(self) -> State:
        """Digits instead of the view, or the view again."""
        return replace(self, table=not self.table, notice="")

    def shown_plainly(self) -> State:
        """The view, the metric and the line that one starts with."""
        return replace(self, view="gradients", metric="delta", table=False, theory=True)

    def with_theory_toggled(self) -> State:
        """The predicted line over the bars, or the bars alone."""
        silent = METRICS[self.metric].predicted is None
        on = f"theory says nothing of {self.metric}" if silent else "theory: the dashed line"
        notice = "the theory line is off" if self.theory else on
        return replace(self, theory=not self.theory, notice=notice)

    def with_next_metric(self) -> State:
        """The next metric in the ring."""
        ring = list(METRICS)
        metric = ring[(ring.index(self.metric) + 1) % len(ring)]
        where = "" if self.view == "gradients" and not self.table else " (in view 1)"
        return replace(self, metric=metric, notice=METRIC_LABELS[metric] + where)

    def with_next_picture(self) -> State:
        """The next picture beside the curves, of those that there are for the data."""
        shown = [p for p in PICTURES.values() if p.suits(self.experiment)]
        at = next((i for i, p in enumerate(shown) if p.id == self.picture), -1)
        picture = shown[(at + 1) % len(shown)]
        return replace(self, picture=picture.id, notice=picture.about)

    def _showing(self, run: Run) -> State:
        """Another run; a cursor on the last layer stays on the last."""
        depth = run.experiment.network.depth
        was_last = self.cursor == self.experiment.network.depth
        cursor = depth if was_last and self.cursor > 1 else min(self.cursor, depth)
        return replace(self, run=run, cursor=cursor)


def initial_state(experiment: Experiment) -> State:
    """The state at start: the cursor a third of the way from the input."""
    return State(Run(experiment), cursor=max(1, (experiment.network.depth + 2) // 3))
