"""What is found out about a run beside its Trace: what other seeds do, and what would repair it.

Both are experiments to be run one after another; somebody with time to spare asks for the next
one and brings its Trace back.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property

import numpy as np

from engine import Experiment, Trace, verdict
from engine.diagnosis.remedies import Candidate, Remedy, candidates, ranked
from tui.state.metrics import Metric, PerLayer
from tui.state.scene import Band

SEEDS = 16
MOST_SEEDS = 2**63
"""After the largest seed comes 0."""

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
        self._ranked: tuple[Remedy, ...] | None = None
        self._band: tuple[object, Band | None] = (None, None)
        self.wants_seeds = False
        self.wants_remedies = False

    def attend(self, trace: Trace) -> None:
        """Another run is shown; what it is asked for slow networks is asked anew."""
        old = self._trace
        self._trace = trace
        if old is not None and (old.experiment, old.step) == (trace.experiment, trace.step):
            return
        self._known = {}
        self.wants_seeds = self.wants_seeds and self._is_quick(trace.experiment)
        self.wants_remedies = False
        # made when there is time: many experiments take a while to check
        for made in ("_candidates", "_seeds"):
            self.__dict__.pop(made, None)
        self._ranked = None if trace.step == 0 and verdict(trace).kind != "healthy" else ()

    # what is known

    @cached_property
    def _candidates(self) -> tuple[Candidate, ...]:
        return candidates(self._trace.experiment) if self._trace else ()

    @cached_property
    def _seeds(self) -> tuple[Experiment, ...]:
        if self._trace is None:
            return ()
        experiment, seed = self._trace.experiment, self._trace.experiment.data.seed
        return tuple(
            experiment.with_settings(seed=(seed + i) % MOST_SEEDS) for i in range(1, SEEDS)
        )

    @property
    def remedies(self) -> tuple[Remedy, ...] | None:
        """What helps, the best first; None as long as candidates are untried."""
        return self._ranked

    def _rank(self, before: Trace) -> None:
        outcomes = [(c, self._known[c.experiment]) for c in self._candidates]
        tried = [Remedy(c, verdict(trace)) for c, trace in outcomes if trace is not None]
        self._ranked = ranked(verdict(before), tried)

    def band(self, metric: Metric) -> Band | None:
        """The metric's 10th percentile, median and 90th over the seeds that were run so far."""
        if not self.wants_seeds or self._trace is None or self._trace.step > 0:
            return None
        key = (metric.id, self.seeds_done)
        if key != self._band[0]:
            self._band = key, self._new_band(metric, self._trace)
        return self._band[1]

    def _new_band(self, metric: Metric, trace: Trace) -> Band | None:
        found = [self._known.get(experiment) for experiment in self._seeds]
        values: list[PerLayer] = [metric.values(trace)]
        values += [metric.values(seed) for seed in found if seed is not None]
        if len(values) < LEAST_FOR_BAND:
            return None
        # a layer in which a run overflowed has no percentiles
        finite = np.where(np.isfinite(values), values, np.nan)
        low, middle, high = np.percentile(finite, BAND_ENDS, axis=0)
        return low, middle, high

    @property
    def seeds_done(self) -> int:
        """How many of the seeds were run, the one that is shown included."""
        return 1 + sum(experiment in self._known for experiment in self._seeds)

    # what is to be done

    @property
    def has_work(self) -> bool:
        """Whether something is pending."""
        return self._wants_more_seeds or self._wants_remedies

    @property
    def _wants_more_seeds(self) -> bool:
        # theirs are fresh networks: nothing to compare a trained one with
        fresh = self._trace is not None and self._trace.step == 0
        return self.wants_seeds and fresh and self.seeds_done < SEEDS

    @property
    def _wants_remedies(self) -> bool:
        # for a slow network they are tried only if somebody asks
        return (
            self._trace is not None
            and self._ranked is None
            and (self.wants_remedies or self._is_quick(self._trace.experiment))
        )

    @property
    def pending(self) -> Experiment | None:
        """The next experiment that is wanted: a seed if there is one, else a candidate."""
        wanted: list[Experiment] = list(self._seeds) if self._wants_more_seeds else []
        if self._wants_remedies:
            wanted += [candidate.experiment for candidate in self._candidates]
        return next((e for e in wanted if e not in self._known), None)

    def take(self, experiment: Experiment, outcome: Outcome) -> None:
        """The Trace of an experiment that was pending, or that there is none."""
        if experiment == self.pending:
            self._known[experiment] = outcome
            self._band = None, None
            candidates_done = all(c.experiment in self._known for c in self._candidates)
            if self._trace is not None and self._ranked is None and candidates_done:
                self._rank(self._trace)
