"""Experiments tried beside the run that is shown: other seeds, removals, possible remedies.

They are run one after another: `pending` is the next, and `take` brings its Trace back.
"""

from collections.abc import Callable
from functools import cached_property

import numpy as np

from engine import Experiment, Trace, Verdict, verdict
from engine.diagnosis.remedies import Candidate, Remedy, candidates, ranked
from engine.diagnosis.removal import Removal, confirmed, removals_for
from engine.numerics.arrays import frozen
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


class _Subject:
    """The run that is asked about, and the experiments to try, listed when they are needed."""

    def __init__(self, trace: Trace) -> None:
        self.trace = trace

    @cached_property
    def candidates(self) -> tuple[Candidate, ...]:
        return candidates(self.trace.ours)

    @cached_property
    def removals(self) -> tuple[Removal, ...]:
        return removals_for(self.trace)

    @cached_property
    def untried(self) -> Verdict:
        return confirmed(self.trace, ())

    @cached_property
    def seeds(self) -> tuple[Experiment, ...]:
        experiment, seed = self.trace.ours, self.trace.ours.data.seed
        return tuple(
            experiment.with_settings(seed=(seed + i) % MOST_SEEDS) for i in range(1, SEEDS)
        )


class Trials:
    """Seeds, removals and remedies of one run; `is_quick` tells what takes no time."""

    def __init__(self, is_quick: Callable[[Experiment], bool]) -> None:
        self._is_quick = is_quick
        self._subject: _Subject | None = None
        self._known: dict[Experiment, Outcome] = {}
        self._ranked: tuple[Remedy, ...] | None = None
        self._confirmed: Verdict | None = None
        self._band: tuple[object, Band | None] = (None, None)
        self.wants_seeds = False
        self.wants_remedies = False

    def attend(self, trace: Trace) -> None:
        """Another run is shown; what is tried of slow networks is asked for anew."""
        old = self._subject.trace if self._subject else None
        self._subject = _Subject(trace)
        if old is not None and (old.experiment, old.step) == (trace.experiment, trace.step):
            return
        self._known = {}
        self.wants_seeds = self.wants_seeds and self._is_quick(trace.ours)
        self.wants_remedies = False
        self._confirmed = None
        self._ranked = None if trace.step == 0 and verdict(trace).kind != "healthy" else ()

    def is_about(self, trace: Trace) -> bool:
        """Whether seeds and remedies are those of that run."""
        return self._subject is not None and self._subject.trace is trace

    @property
    def remedies(self) -> tuple[Remedy, ...] | None:
        """What helps, the best first; None as long as candidates are untried."""
        return self._ranked

    def verdict_on(self, trace: Trace | None) -> Verdict | None:
        """The verdict with its cause confirmed, once the removals were run for that Trace."""
        subject = self._subject
        if trace is None or subject is None or subject.trace is not trace:
            return None
        return self._confirmed or (None if subject.removals else subject.untried)

    def band(self, metric: Metric) -> Band | None:
        """The metric's 10th percentile, median and 90th over the seeds that were run so far."""
        subject = self._subject
        if not self.wants_seeds or subject is None or subject.trace.step > 0:
            return None
        key = (metric.id, self.seeds_done)
        if key != self._band[0]:
            self._band = key, self._new_band(metric, subject)
        return self._band[1]

    def _new_band(self, metric: Metric, subject: _Subject) -> Band | None:
        found = [self._known.get(experiment) for experiment in subject.seeds]
        values: list[PerLayer] = [metric.values(subject.trace)]
        values += [metric.values(trace) for trace in found if trace is not None]
        if len(values) < LEAST_FOR_BAND:
            return None
        # a layer in which a run overflowed has no percentiles
        finite = np.where(np.isfinite(values), values, np.nan)
        low, middle, high = frozen(np.percentile(finite, BAND_ENDS, axis=0))
        return low, middle, high

    @property
    def seeds_done(self) -> int:
        """How many of the seeds were run, the one that is shown included."""
        seeds = self._subject.seeds if self._subject else ()
        return 1 + sum(experiment in self._known for experiment in seeds)

    @property
    def has_work(self) -> bool:
        """Whether something is pending."""
        return self._wants_more_seeds or self.wants_removals or self._wants_more_remedies

    @property
    def wants_removals(self) -> bool:
        """Whether the cause is still to be confirmed."""
        subject = self._subject
        return subject is not None and self._confirmed is None and bool(subject.removals)

    @property
    def _wants_more_seeds(self) -> bool:
        # theirs are fresh networks: nothing to compare a trained one with
        fresh = self._subject is not None and self._subject.trace.step == 0
        return self.wants_seeds and fresh and self.seeds_done < SEEDS

    @property
    def _wants_more_remedies(self) -> bool:
        # for a slow network they are tried only if somebody asks
        return (
            self._subject is not None
            and self._ranked is None
            and (self.wants_remedies or self._is_quick(self._subject.trace.ours))
        )

    @property
    def pending(self) -> Experiment | None:
        """The next experiment that is wanted: a seed, else a removal, else a candidate."""
        if self._subject is None:
            return None
        wanted: list[Experiment] = list(self._subject.seeds) if self._wants_more_seeds else []
        if self.wants_removals:
            wanted += [removal.experiment for removal in self._subject.removals]
        if self._wants_more_remedies:
            wanted += [candidate.experiment for candidate in self._subject.candidates]
        return next((e for e in wanted if e not in self._known), None)

    def take(self, experiment: Experiment, outcome: Outcome) -> None:
        """The Trace of an experiment that was pending, or that there is none."""
        if self._subject is None or experiment != self.pending:
            return
        self._known[experiment] = outcome
        self._band = None, None
        subject, known = self._subject, self._known
        if self.wants_removals and all(r.experiment in known for r in subject.removals):
            without = [(r, known[r.experiment]) for r in subject.removals]
            ran = [(removal, trace) for removal, trace in without if trace is not None]
            self._confirmed = confirmed(subject.trace, ran)
        if self._wants_more_remedies and all(c.experiment in known for c in subject.candidates):
            outcomes = [(c, known[c.experiment]) for c in subject.candidates]
            found = [Remedy(c, verdict(trace)) for c, trace in outcomes if trace is not None]
            self._ranked = ranked(verdict(subject.trace), found)
