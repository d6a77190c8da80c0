"""What is found out about a run beside its Trace: what other seeds do, and what would repair it.

Both are experiments to be run one after another; somebody with time to spare asks for the next
one and brings its Trace back.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from engine import Experiment, Trace, verdict
from engine.remedies import Candidate, Remedy, candidates, ranked
from tui.metrics import Metric, PerLayer
from tui.overlays import Band

SEEDS = 16
BAND_ENDS = (10.0, 50.0, 90.0)
"""Percentiles of the seeds' values that the band shows."""

LEAST_FOR_BAND = 3
"""With fewer seeds a band says nothing."""

Outcome = Trace | None
"""None where an experiment could not be run."""


class Advice:
    """Seeds and remedies of one run; `is_quick` tells whether an experiment takes no time."""

    def __init__(self, is_quick: Callable[[Experiment], bool]) -> None:
        self._is_quick = is_quick
        self._trace: Trace | None = None
        self._known: dict[Experiment, Outcome] = {}
        self._candidates: tuple[Candidate, ...] = ()
        self._ranked: tuple[Remedy, ...] | None = None
        self.wants_seeds = False
        self.wants_remedies = False

    def attend(self, trace: Trace) -> None:
        """Another run is shown; what it is asked for slow networks is asked anew."""
        old = self._trace
        self._trace = trace
        if old is not None and (old.experiment, old.step) == (trace.experiment, trace.step):
            return
        self._known = {}
        self.wants_seeds = self.wants_remedies = False
        needs_help = trace.step == 0 and verdict(trace).kind != "healthy"
        self._candidates = candidates(trace.experiment) if needs_help else ()
        self._ranked = None if self._candidates else ()

    # what is known

    @property
    def remedies(self) -> tuple[Remedy, ...] | None:
        """What helps, the best first; None as long as candidates are untried."""
        if self._ranked is None and self._trace is not None:
            tried = [
                Remedy(candidate, verdict(trace))
                for candidate in self._candidates
                if (trace := self._known.get(candidate.experiment)) is not None
            ]
            if all(candidate.experiment in self._known for candidate in self._candidates):
                self._ranked = ranked(verdict(self._trace), tried)
        return self._ranked

    def band(self, metric: Metric) -> Band | None:
        """The metric's 10th percentile, median and 90th over the seeds that were run so far."""
        if not self.wants_seeds or self._trace is None:
            return None
        found = [self._known.get(experiment) for experiment in self._seeds]
        values: list[PerLayer] = [metric.values(self._trace)]
        values += [metric.values(trace) for trace in found if trace is not None]
        if len(values) < LEAST_FOR_BAND:
            return None
        # a layer in which a run overflowed has no percentiles
        finite = np.where(np.isfinite(values), values, np.nan)
        low, middle, high = np.percentile(finite, BAND_ENDS, axis=0)
        return low, middle, high

    @property
    def _seeds(self) -> list[Experiment]:
        assert self._trace is not None
        experiment = self._trace.experiment
        seed = experiment.data.seed
        return [experiment.with_settings(seed=seed + i) for i in range(1, SEEDS)]

    @property
    def seeds_done(self) -> int:
        """How many of the seeds were run, the one that is shown included."""
        if self._trace is None:
            return 0
        return 1 + sum(experiment in self._known for experiment in self._seeds)

    # what is to be done

    @property
    def pending(self) -> Experiment | None:
        """The next experiment that is wanted: a seed if there is one, else a candidate."""
        if self._trace is None:
            return None
        if self.wants_seeds:
            for experiment in self._seeds:
                if experiment not in self._known:
                    return experiment
        for candidate in self._candidates:
            # a slow network is tried only for somebody who asked
            if candidate.experiment not in self._known and (
                self.wants_remedies or self._is_quick(candidate.experiment)
            ):
                return candidate.experiment
        return None

    def take(self, experiment: Experiment, outcome: Outcome) -> None:
        """The Trace of an experiment that was pending, or that there is none."""
        if experiment == self.pending:
            self._known[experiment] = outcome
