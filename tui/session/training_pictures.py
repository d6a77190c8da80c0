"""What the training view shows of a run, each looked up no oftener than a person can take in.

While a run stands still everything is of its very step.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any, Generic, TypeVar

from engine import Trace
from engine.measure.evaluation import Grid, Predictions, predict_grid, predict_samples
from engine.measure.probes import MOST_SAMPLES, Probe, probe
from tui.session.training_run import Live
from tui.state.metrics import PerLayer
from tui.state.training_values import Curves, Heat

T = TypeVar("T")

CURVES_SECONDS = 0.25
HEAT_SECONDS = 0.125
ANSWERS_SECONDS = 0.5
PROBE_SECONDS = 2.0
"""The least time between two pictures of a running training."""

SHARE = 0.05
"""The share of the time that looking up a picture may take."""

ON_LOOP_SECONDS = 0.05
"""What should take longer is looked up in a thread."""

_SECONDS_PER_PROBE = 5e-4
_SECONDS_PER_MULTIPLICATION = 1e-10


@dataclass
class _Kept(Generic[T]):
    """A picture, what was asked for, the Trace that it goes with, and when and how long it took."""

    value: T | None
    key: object
    trace: Trace
    at: float
    cost: float = 0.0


class Glimpses:
    """The pictures of one run; None where there is none yet."""

    def __init__(self, live: Live) -> None:
        self.live = live
        self._kept: dict[str, _Kept[Any]] = {}

    def curves(self) -> Curves:
        """Loss and accuracies from the start."""
        return self._from_history("curves", None, CURVES_SECONDS, self.live.history.curves)

    def heat(self, columns: int) -> Heat:
        """The gradients of the last steps, in so many columns at most."""
        make = partial(self.live.history.heat, columns)
        return self._from_history("heat", columns, HEAT_SECONDS, make)

    def displacement(self) -> PerLayer:
        """How far each layer's weights have moved."""
        trace = self.live.trace
        return self._from_history("displacement", None, HEAT_SECONDS, lambda: trace.displacement)

    def grid(self, rows: int, columns: int) -> Grid | None:
        """What the network answers over the plane."""
        make = partial(self._ask, predict_grid, rows, columns)
        seconds = self._forward_seconds(rows * columns)
        return self._from_trainer("grid", (rows, columns), ANSWERS_SECONDS, make, seconds)

    def samples(self, count: int) -> Predictions | None:
        """What the network takes some test samples for."""
        make = partial(self._ask, predict_samples, count)
        seconds = self._forward_seconds(count)
        return self._from_trainer("samples", count, ANSWERS_SECONDS, make, seconds)

    def probe(self) -> Probe | None:
        """How well each layer alone tells the classes."""
        make = partial(self._ask, probe)
        return self._from_trainer("probe", None, PROBE_SECONDS, make, self._probe_seconds())

    def _ask(self, question: Callable[..., T], *details: int) -> T:
        """What the network at hand answers at this moment."""
        trainer = self.live.trainer
        return question(trainer.state, trainer.split, trainer.trace.step, *details)

    def _from_history(self, name: str, key: object, period: float, make: Callable[[], T]) -> T:
        if self._is_due(name, key, period):
            live = self.live
            self._kept[name] = _Kept(make(), key, live.trace, live.clock())
        kept: _Kept[T] = self._kept[name]
        assert kept.value is not None
        return kept.value

    def _from_trainer(
        self, name: str, key: object, period: float, make: Callable[[], T], seconds: float
    ) -> T | None:
        """Looked up at once, or in a thread where it should take so many seconds that keys wait."""
        live, trace = self.live, self.live.trace

        def work() -> None:
            start = live.clock()
            try:
                value: T | None = make()
            except MemoryError:
                value = None
            end = live.clock()
            self._kept[name] = _Kept(value, key, trace, end, end - start)

        if self._is_due(name, key, period) and not live.busy:
            live.borrow(work, slow=seconds > ON_LOOP_SECONDS)
        kept = self._kept.get(name)
        return kept.value if kept is not None and kept.key == key else None

    def _is_due(self, name: str, key: object, period: float) -> bool:
        kept = self._kept.get(name)
        if kept is None or kept.key != key:
            return True
        if kept.trace is self.live.trace:
            return False
        waits = max(period, kept.cost / SHARE)
        return not self.live.playing or self.live.clock() - kept.at >= waits

    def _forward_seconds(self, samples: int) -> float:
        return self.live.step_seconds * samples / self.live.run.experiment.data.batch_size / 3

    def _probe_seconds(self) -> float:
        network = self.live.run.experiment.network
        each = 2 * MOST_SAMPLES * network.width**2 + network.width**3
        layers = network.depth + 1
        return layers * (_SECONDS_PER_PROBE + each * _SECONDS_PER_MULTIPLICATION)
