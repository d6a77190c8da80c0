"""Inspections on demand: of a run at step 0, and of the training run that is current.

What is not known yet is found out by a job; a network in training is inspected now and then.
"""

from collections import OrderedDict
from collections.abc import Mapping
from functools import partial

from engine import Experiment, Inspection, Trace, Trainer, inspect
from engine.measure.inspection import MAX_SPECTRUM_WIDTH
from engine.network.cost import expected_seconds
from tui.session import kept
from tui.session.jobs import Failed, Job, Jobs, fits
from tui.session.training_run import TrainingRun

TRAINING_SECONDS = 0.25
"""The least time between two looks at a network in training."""

AT_ONCE = 8
"""Layers of which all are inspected with one: the pass costs more than a few looks."""

LANE = "inspection"

_SECONDS_PER_CUBED_WIDTH = 2e-9

Known = Mapping[int, Inspection] | None
"""Inspections by layer; None where there will be no more."""


class Inspections:
    """The last Inspections, and the network that they were taken from."""

    def __init__(self, jobs: Jobs) -> None:
        self._jobs = jobs
        self._known: OrderedDict[tuple[Experiment, int], Inspection] = OrderedDict()
        self._failed: set[Experiment] = set()
        self._trainer: Trainer | None = None
        self._of_training = _OfTraining(jobs)

    def of(self, trace: Trace, layers: frozenset[int], training: TrainingRun | None) -> Known:
        """What is known of those layers by now; the rest is asked for."""
        if self._trainer is not None and self._trainer.experiment != trace.experiment:
            # a network that nobody looks at
            self._trainer = None
        if not layers:
            return {}
        if training is not None and trace is training.trace:
            return self._of_training.of(training, layers)
        return self._at_start(trace, layers) if trace.step == 0 else None

    def _at_start(self, trace: Trace, layers: frozenset[int]) -> Known:
        experiment = trace.ours
        missing = layers - self._found(experiment, layers).keys()
        if experiment in self._failed:
            return self._found(experiment, layers) or None
        if missing and not self._jobs.is_busy(LANE):
            quick = is_quick(experiment)
            wanted = _with_others(missing, trace.depth) if quick else missing
            work = partial(self._inspect, experiment, wanted)
            self._jobs.start(LANE, Job(work, partial(self._take, experiment), on_loop=quick))
        found = self._found(experiment, layers)
        return None if experiment in self._failed and not found else found

    def _found(self, experiment: Experiment, layers: frozenset[int]) -> dict[int, Inspection]:
        known = self._known
        return {i: known[experiment, i] for i in layers if (experiment, i) in known}

    def _inspect(self, experiment: Experiment, layers: frozenset[int]) -> dict[int, Inspection]:
        # in a thread perhaps, while the next one is let go
        trainer = self._trainer
        if trainer is None or trainer.experiment != experiment:
            self._trainer = trainer = Trainer(experiment)
        return inspect(trainer, layers)

    def _take(self, experiment: Experiment, found: dict[int, Inspection] | Failed) -> None:
        if isinstance(found, Failed):
            # not tried again at every frame
            self._failed.add(experiment)
            return
        for layer, inspection in found.items():
            self._known[experiment, layer] = inspection
            # they are all of one size
            while len(self._known) * kept.held_bytes(inspection) > kept.INSPECTIONS:
                self._known.popitem(last=False)


class _OfTraining:
    """Inspections of the current training run: of its very step where it stands still."""

    def __init__(self, jobs: Jobs) -> None:
        self._jobs = jobs
        self._trace: Trace | None = None
        self._failed: Trace | None = None
        self._known: dict[int, Inspection] = {}
        self._at = -1e9

    def of(self, training: TrainingRun, layers: frozenset[int]) -> Known:
        if training.trace.divergence is not None or training.trace is self._failed:
            # diverged, the network has gone on to where no number is left
            return None
        if self._is_due(training, layers) and not training.is_busy:
            self._ask(training, layers)
        return {layer: self._known[layer] for layer in layers if layer in self._known}

    def _is_due(self, training: TrainingRun, layers: frozenset[int]) -> bool:
        if self._trace is training.trace:
            return not layers <= self._known.keys()
        if self._trace is not None and self._trace.ours.network != _network(training):
            self._known = {}
        if not training.playing:
            return True
        # with the keys in mind: a slow one waits for a pause
        waited = training.clock() - self._at >= TRAINING_SECONDS
        return waited and is_quick(training.run.experiment)

    def _ask(self, training: TrainingRun, layers: frozenset[int]) -> None:
        trace = training.trace
        missing = layers - self._known.keys() if self._trace is trace else layers

        def take(found: dict[int, Inspection] | Failed) -> None:
            if isinstance(found, Failed):
                self._failed = trace
                return
            self._known = {**self._known, **found} if self._trace is trace else found
            self._trace, self._at = trace, training.clock()

        work = partial(inspect, training.trainer, missing)
        self._jobs.start(training, Job(work, take, on_loop=is_quick(trace.ours)))


def _with_others(layers: frozenset[int], depth: int) -> frozenset[int]:
    """All of the groups that these layers are in: a wave or a cursor comes to them, too."""
    firsts = {(layer - 1) // AT_ONCE * AT_ONCE + 1 for layer in layers}
    return frozenset(
        layer for first in firsts for layer in range(first, min(first + AT_ONCE, depth + 1))
    )


def is_quick(experiment: Experiment) -> bool:
    """Whether layers of that network are inspected while nobody notices."""
    width = experiment.network.width
    spectrum = width**3 if width <= MAX_SPECTRUM_WIDTH else 0
    seconds = expected_seconds(experiment) + 3 * spectrum * _SECONDS_PER_CUBED_WIDTH
    return fits(seconds, repeated=True)


def _network(training: TrainingRun) -> object:
    return training.run.experiment.network
