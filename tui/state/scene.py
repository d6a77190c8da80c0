"""What a view is given to draw, and what it asks for: frozen values through and through."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar, NamedTuple

import numpy as np
from numpy.typing import NDArray

from engine import Inspection, Trace, Verdict
from engine.data.datasets import Part
from engine.diagnosis.remedies import Remedy
from engine.measure.evaluation import Grid, Predictions
from engine.measure.probes import Probe
from tui.state.animations import Transition, Wave
from tui.state.axis import Axis
from tui.state.metrics import EVERY_METRIC, Metric, PerLayer
from tui.state.screen_state import ScreenState
from tui.state.state import State

if TYPE_CHECKING:
    # made when it is asked for, and imported then
    from engine.diagnosis.diagnosis import Diagnosis

Band = tuple[PerLayer, PerLayer, PerLayer]
"""The low end, the median and the high end over seeds."""


class Room(NamedTuple):
    """Cells across and rows down."""

    width: int
    height: int


@dataclass(frozen=True)
class Wants:
    """What a view needs beside the Trace.

    `layers` are to be inspected, `pinned_layers` in the pinned run; of the training run, `curves`
    over steps, gradients in `heat_columns`, answers on a `grid` (rows, columns) and to so many
    `samples`, and a `probe`.
    """

    layers: frozenset[int] = frozenset()
    pinned_layers: frozenset[int] = frozenset()
    curves: bool = False
    heat_columns: int | None = None
    grid: tuple[int, int] | None = None
    samples: int | None = None
    probe: bool = False

    def __or__(self, other: Wants) -> Wants:
        """What either needs; of two sizes the first one's."""
        return Wants(
            self.layers | other.layers,
            self.pinned_layers | other.pinned_layers,
            self.curves or other.curves,
            self.heat_columns or other.heat_columns,
            self.grid or other.grid,
            self.samples or other.samples,
            self.probe or other.probe,
        )


@dataclass(frozen=True)
class TrainingScene:
    """What is known of the run that is trained, as wanted; None for what is not known yet.

    `boundary_samples` are the standardised samples that go with the grid.
    """

    step: int
    playing: bool
    steps_per_second: float
    curves: Curves | None = None
    heat: Heat | None = None
    displacement: PerLayer | None = None
    grid: Grid | None = None
    samples: Predictions | None = None
    probe: Probe | None = None
    boundary_samples: Part | None = None


@dataclass(frozen=True)
class LogScene:
    """Where in a log one is, and what is known of the rest.

    `kinds` are verdicts by position, each up to the next, as far as they were looked at. `broken`
    are lines that are left out, as shares of the way. `seconds` are since the run's start,
    `silent` since the last new step, in few steps, None while it is not worth a word; `measured`
    is an earlier step that gradients were taken from, None for the one that is shown.
    """

    position: int
    length: int
    step: int
    last_step: int
    seconds: float | None = None
    kinds: tuple[tuple[int, str], ...] = ()
    broken: tuple[float, ...] = ()
    left_out: int = 0
    playing: bool = False
    is_live: bool = False
    follows: bool = False
    is_there: bool = True
    silent: float | None = None
    measured: int | None = None


@dataclass(frozen=True)
class Waiting:
    """Nothing is measured yet, or nothing can be unless it is `computing`."""

    state: ScreenState
    computing: bool = True
    trace: ClassVar[None] = None


@dataclass(frozen=True)
class Scene:
    """All that is shown: the state, the Trace on the screen, and what is known of it.

    In the metric's values a layer: `line` is what theory expects, `band` where most seeds are;
    `axis` is None where none of them can be measured, and loose where it is held far longer than
    they need.
    `inspections` are None where there will be none; `training` is None unless `trace` is the
    newest of a training run, or of a log, whose place `log` tells; `remedies` and `diagnosis` None
    while they are not known.
    `is_led` is whether it is the tour's or the welcome's.
    """

    state: ScreenState
    trace: Trace
    verdict: Verdict
    axis: Axis | None
    wave: Wave
    transition: Transition | None = None
    line: PerLayer | None = None
    band: Band | None = None
    inspections: Mapping[int, Inspection] | None = None
    pinned_inspections: Mapping[int, Inspection] = field(default_factory=dict)
    training: TrainingScene | None = None
    log: LogScene | None = None
    remedies: tuple[Remedy, ...] | None = None
    diagnosis: Diagnosis | None = None
    computing: bool = False
    axis_is_loose: bool = False
    is_led: bool = False

    @property
    def ours(self) -> State:
        """The state, where what is shown is one of our own networks."""
        assert isinstance(self.state, State), "a log"
        return self.state

    @property
    def metric(self) -> Metric:
        """What the bars show."""
        return EVERY_METRIC[self.state.metric]

    @property
    def has_limits(self) -> bool:
        """Whether it is said what number formats make 0."""
        return self.state.theory or not self.is_led

    @property
    def cursor(self) -> int:
        """The layer that is told of, from 1: where the wave is, else the cursor's."""
        if self.wave.leads:
            return self.wave.layer
        return min(self.state.cursor, self.trace.depth)

    def inspection(self, layer: int) -> Inspection | None:
        """What is known of a layer."""
        return (self.inspections or {}).get(layer)


Values = NDArray[np.float64]
Decades = NDArray[np.float32]


@dataclass(frozen=True)
class Curves:
    """The batch's loss and accuracy over steps, an entry a record; nan where there is none.

    The learning rate is None where it is a setting, the norm of the whole gradient where those of
    the layers are known.
    """

    steps: NDArray[np.int64]
    loss: Values
    accuracy: Values
    learning_rate: Values | None = None
    gradient_norm: Values | None = None


STRIDES = tuple(round(s * 10**k) for k in range(9) for s in (1, 1.5, 2, 3, 5, 7) if k or s != 1.5)
"""Steps a column may stand for: few, so that the picture rarely changes its scale."""


@dataclass(frozen=True)
class Heat:
    """A picture of gradients over time: `decades` (columns, layers), `stride` steps a column.

    Column 0 begins at step 0; a record stands until the next one. `metric` is what is shown.
    """

    stride: int
    decades: Decades
    metric: str = "g"
