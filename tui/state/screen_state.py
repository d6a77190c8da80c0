"""How one looks at what is shown, whatever that is: the part of the state that views know."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from typing import Any, Self

from engine import Experiment, Trace
from engine.experiment.domains import Choice, Domain, Whole
from tui.state.edits import next_of
from tui.state.layer_columns import BY_LAYER, SORTS, WORST_FIRST
from tui.state.metrics import EVERY_METRIC, METRICS
from tui.state.notices import Notice, notice
from tui.state.views import PICTURES, VIEWS

SPEEDS = (0.125, 0.25, 0.5, 1.0, 2.0, 4.0, 8.0)


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


@dataclass(frozen=True, kw_only=True)
class ScreenState(ABC):
    """The cursor, the speed, what there is to say, and what of a Trace is shown how.

    `cursor` is a layer from 1; `notices` are what there is to say about the last key. `view`,
    `metric` and `picture` are ids of VIEWS, METRICS and PICTURES. `table` shows digits instead of
    the view, its rows by one of SORTS, the smallest first if they are `ascending`. `theory` is the
    predicted line over the bars, `legend` tells beside them what the signs mean, and `pinned` is
    the run that others are compared with.
    """

    cursor: int = field(metadata={"shared": Shared(lambda e: Whole(1, e.network.depth))})
    speed: float = 1.0
    notices: tuple[Notice, ...] = ()
    view: str = _choice("gradients", VIEWS)
    metric: str = _choice("g", METRICS)
    theory: bool = _switch(True)
    table: bool = _switch(False)
    sort: str = _choice(BY_LAYER, SORTS)
    ascending: bool = _switch(False)
    legend: bool = _switch(False)
    picture: str = _choice("displacement", PICTURES, lambda name, e: PICTURES[name](e))
    # arrays have no single truth value: a Trace takes no part in comparing states
    pinned: Trace | None = field(default=None, compare=False)

    @property
    @abstractmethod
    def depth(self) -> int:
        """How many layers the cursor can be on."""

    @property
    @abstractmethod
    def metrics(self) -> tuple[str, ...]:
        """What the bars can show."""

    @property
    @abstractmethod
    def columns(self) -> tuple[str, ...]:
        """Those of the table."""

    def saying(self, *notices: Notice) -> Self:
        """The same state with something else to say."""
        return replace(self, notices=notices)

    def moved(self, layer: int) -> Self:
        """The cursor on that layer, or the nearest that there is."""
        return replace(self, cursor=min(max(layer, 1), self.depth), notices=())

    def faster(self, step: int) -> Self:
        """The next speed up or down."""
        index = min(max(SPEEDS.index(self.speed) + step, 0), len(SPEEDS) - 1)
        return replace(self, speed=SPEEDS[index], notices=(notice("speed", speed=SPEEDS[index]),))

    def viewing(self, view: str) -> Self:
        """Another view, or back to this one from its table."""
        return replace(self, view=view, table=False, notices=())

    def with_theory_toggled(self) -> Self:
        """The predicted line over the bars, or the bars alone."""
        silent = EVERY_METRIC[self.metric].predicted is None
        on = notice("theory_silent", metric=self.metric) if silent else notice("theory_on")
        said = notice("theory_off") if self.theory else on
        return replace(self, theory=not self.theory, notices=(said,))

    def with_next_metric(self) -> Self:
        """The next metric in the ring."""
        metric = next_of(list(self.metrics), self.metric)
        seen = self.view == "gradients" and not self.table
        said = notice("metric" if seen else "metric_elsewhere", metric=metric)
        return replace(self, metric=metric, notices=(said,))

    def sorted_by(self, sort: str) -> Self:
        """The table by that column: the largest first, then the smallest, then layer by layer."""
        again = self.table and self.sort == sort
        if sort == BY_LAYER or (again and (self.ascending or sort == WORST_FIRST)):
            said = notice("by_layer")
            return replace(self, table=True, sort=BY_LAYER, ascending=False, notices=(said,))
        said = notice("sorted", sort=sort, ascending=again)
        return replace(self, table=True, sort=sort, ascending=again, notices=(said,))

    def sorted_by_next(self) -> Self:
        """The table by the next of its columns, and in the end layer by layer."""
        following = next_of([BY_LAYER, *self.columns], self.sort)
        return replace(self, sort=BY_LAYER).sorted_by(following)
