"""What the training view shows of a run, each made no oftener than a person can take in.

While a run stands still everything is of its very step.
"""

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from functools import partial
from typing import Any

from engine import Trace
from engine.measure.evaluation import predict_grid, predict_samples
from engine.measure.probes import MOST_SAMPLES, probe
from tui.session.jobs import Failed, Job, fits
from tui.session.training_run import TrainingRun
from tui.state.scene import TrainingScene, Wants

CURVES_SECONDS = 0.25
HEAT_SECONDS = 0.125
ANSWERS_SECONDS = 0.5
PROBE_SECONDS = 2.0
"""The least time between two pictures of a running training."""

SHARE = 0.05
"""The share of the time that making a picture may take."""

_SECONDS_PER_PROBE = 5e-4
_SECONDS_PER_MULTIPLICATION = 1e-10


@dataclass(frozen=True)
class _Kept:
    """A picture, what was asked for, the Trace that it goes with, and when and how long it took."""

    value: Any
    wish: Hashable
    trace: Trace
    at: float
    cost: float


class TrainingPictures:
    """The pictures of one run; those that nobody wants are not made."""

    def __init__(self, run: TrainingRun) -> None:
        self.run = run
        self._kept: dict[str, _Kept] = {}

    def scene(self, wants: Wants) -> TrainingScene:
        """All that is known by now of what is wanted; the rest is asked for."""
        run, history = self.run, self.run.history
        trace, state, split = run.trace, run.trainer.state, run.trainer.split
        if wants.curves:
            self._make("displacement", None, HEAT_SECONDS, lambda: trace.displacement)
            self._make("curves", None, CURVES_SECONDS, history.curves)
        if wants.heat_columns is not None:
            heat = partial(history.heat, wants.heat_columns)
            self._make("heat", wants.heat_columns, HEAT_SECONDS, heat)
        if wants.grid is not None:
            rows, columns = wants.grid
            grid = partial(predict_grid, state, split, trace.step, rows, columns)
            self._make("grid", wants.grid, ANSWERS_SECONDS, grid, self._forward(rows * columns))
        if wants.samples is not None:
            samples = partial(predict_samples, state, split, trace.step, wants.samples)
            seconds = self._forward(wants.samples)
            self._make("samples", wants.samples, ANSWERS_SECONDS, samples, seconds)
        if wants.probe:
            made = partial(probe, state, split, trace.step)
            self._make("probe", None, PROBE_SECONDS, made, self._probing())
        return TrainingScene(
            step=trace.step,
            playing=run.playing,
            steps_per_second=run.steps_per_second,
            curves=self._value("curves", None),
            heat=self._value("heat", wants.heat_columns),
            displacement=self._value("displacement", None),
            grid=self._value("grid", wants.grid),
            samples=self._value("samples", wants.samples),
            probe=self._value("probe", None),
            boundary_samples=split.test if len(split.test.x) else split.train,
        )

    def _value(self, name: str, wish: Hashable) -> Any:
        kept = self._kept.get(name)
        return kept.value if kept is not None and kept.wish == wish else None

    def _make(
        self,
        name: str,
        wish: Hashable,
        period: float,
        make: Callable[[], object],
        seconds: float | None = None,
    ) -> None:
        """Make a picture if it is due; one that takes `seconds` of the network by a job."""
        run = self.run
        if not self._is_due(name, wish, period):
            return
        start, trace = run.clock(), run.trace

        def take(value: object) -> None:
            end = run.clock()
            shown = None if isinstance(value, Failed) else value
            self._kept[name] = _Kept(shown, wish, trace, end, end - start)

        if seconds is None:
            take(make())
        elif not run.is_busy:
            run.jobs.start(run.lane, Job(make, take, on_loop=fits(seconds, repeated=True)))

    def _is_due(self, name: str, wish: Hashable, period: float) -> bool:
        kept = self._kept.get(name)
        if kept is None or kept.wish != wish:
            return True
        if kept.trace is self.run.trace:
            return False
        waits = max(period, kept.cost / SHARE)
        return not self.run.playing or self.run.clock() - kept.at >= waits

    def _forward(self, samples: int) -> float:
        return self.run.step_seconds * samples / self.run.run.experiment.data.batch_size / 3

    def _probing(self) -> float:
        network = self.run.run.experiment.network
        each = 2 * MOST_SAMPLES * network.width**2 + network.width**3
        layers = network.depth + 1
        return layers * (_SECONDS_PER_PROBE + each * _SECONDS_PER_MULTIPLICATION)
