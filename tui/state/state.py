"""What the screen shows apart from the numbers themselves: one frozen value."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, fields, replace
from typing import Any

from engine import Experiment, Run, Trace
from engine.experiment.domains import Choice, Domain, Whole
from tui.state.edits import Edit, next_of
from tui.state.layer_columns import BY_LAYER, SORTS, WORST_FIRST, columns_of
from tui.state.metrics import METRICS
from tui.state.notices import Notice, notice
from tui.state.undo import continued, returned
from tui.state.views import PICTURES, VIEWS

SPEEDS = (0.125, 0.25, 0.5, 1.0, 2.0, 4.0, 8.0)
HISTORY = 200


@dataclass(frozen=True)
class Shared:
    """What a command line can say of a field: its domain for an experiment, and all its names."""

    domain: Callable[[Experiment], Domain]
    names: tuple[str, ...] = ()


def _choice(
    default: object,
    names: Iterable[str],
    suits: Callable[[str, Experiment], bool] = lambda name, experiment: True,
) -> Any:
    """A field with one of those names, as far as they suit an experiment."""
    listed = tuple(names)
    shared = Shared(lambda e: Choice(tuple(name for name in listed if suits(name, e))), listed)
    return field(default=default, metadata={"shared": shared})


def _switch(default: bool) -> Any:
    """A field that is on or off, and spelled so."""
    return _choice(default, ("on", "off"))


@dataclass(frozen=True)
class State:
    """The run that is shown, at step 0 until it is trained, its past, and how one looks at it.

    `cursor` is a layer from 1; `past` and `future` are what undo and redo return to, the nearest
    last; `notices` are what there is to say about the last key. `view`, `metric` and `picture` are
    ids of VIEWS, METRICS and PICTURES. `table` shows digits instead of the view, its rows by one
    of SORTS, the smallest first if they are `ascending`. `theory` is the predicted line over the
    bars, `legend` tells beside them what the signs mean, and `pinned` is the run that others are
    compared with. `preview` is an experiment that is looked at but not taken.
    """

    run: Run
    cursor: int = field(metadata={"shared": Shared(lambda e: Whole(1, e.network.depth))})
    speed: float = 1.0
    past: tuple[Run, ...] = ()
    future: tuple[Run, ...] = ()
    notices: tuple[Notice, ...] = ()
    view: str = _choice("gradients", VIEWS)
    metric: str = _choice("g", METRICS)
    theory: bool = _switch(True)
    table: bool = _switch(False)
    sort: str = _choice(BY_LAYER, SORTS)
    ascending: bool = _switch(False)
    legend: bool = _switch(False)
    picture: str = _choice("displacement", PICTURES, lambda name, e: PICTURES[name](e))
    preview: Experiment | None = None
    # arrays have no single truth value: a Trace takes no part in comparing states
    pinned: Trace | None = field(default=None, compare=False)

    @property
    def experiment(self) -> Experiment:
        """The run's, with the training settings as they are now."""
        return self.run.current

    def saying(self, *notices: Notice) -> State:
        """The same state with something else to say."""
        return replace(self, notices=notices)

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

    def moved(self, layer: int) -> State:
        """The cursor on that layer, or the nearest that there is."""
        depth = self.experiment.network.depth
        return replace(self, cursor=min(max(layer, 1), depth), notices=())

    def faster(self, step: int) -> State:
        """The next speed up or down."""
        index = min(max(SPEEDS.index(self.speed) + step, 0), len(SPEEDS) - 1)
        return replace(self, speed=SPEEDS[index], notices=(notice("speed", speed=SPEEDS[index]),))

    def viewing(self, view: str) -> State:
        """Another view, or back to this one from its table."""
        return replace(self, view=view, table=False, notices=())

    def shown_plainly(self) -> State:
        """The view, the metric and the line that one starts with."""
        return replace(self, view="gradients", metric="g", table=False, theory=True)

    def with_theory_toggled(self) -> State:
        """The predicted line over the bars, or the bars alone."""
        silent = METRICS[self.metric].predicted is None
        on = notice("theory_silent", metric=self.metric) if silent else notice("theory_on")
        said = notice("theory_off") if self.theory else on
        return replace(self, theory=not self.theory, notices=(said,))

    def with_next_metric(self) -> State:
        """The next metric in the ring."""
        metric = next_of(list(METRICS), self.metric)
        seen = self.view == "gradients" and not self.table
        said = notice("metric" if seen else "metric_elsewhere", metric=metric)
        return replace(self, metric=metric, notices=(said,))

    def sorted_by(self, sort: str) -> State:
        """The table by that column: the largest first, then the smallest, then layer by layer."""
        again = self.table and self.sort == sort
        if sort == BY_LAYER or (again and (self.ascending or sort == WORST_FIRST)):
            said = notice("by_layer")
            return replace(self, table=True, sort=BY_LAYER, ascending=False, notices=(said,))
        said = notice("sorted", sort=sort, ascending=again)
        return replace(self, table=True, sort=sort, ascending=again, notices=(said,))

    def sorted_by_next(self) -> State:
        """The table by the next of its columns, and in the end layer by layer."""
        ring = [BY_LAYER, *columns_of(self.experiment, self.run.step)]
        following = next_of(ring, self.sort)
        return replace(self, sort=BY_LAYER).sorted_by(following)

    def with_next_picture(self) -> State:
        """The next picture beside the curves, of those that there are for the data."""
        ring = [name for name, suits in PICTURES.items() if suits(self.experiment)]
        picture = next_of(ring, self.picture)
        return replace(self, picture=picture, notices=(notice("picture", picture=picture),))

    def _showing(self, run: Run) -> State:
        """Another run, its pictures; a cursor on the last layer stays on the last."""
        depth = run.experiment.network.depth
        was_last = self.cursor == self.experiment.network.depth
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
