"""Traces on demand: remembered, and with a guess of how long a new one takes."""

from __future__ import annotations

from collections import OrderedDict

from engine import Experiment, Trace, run
from engine.network.cost import expected_seconds

ON_LOOP_SECONDS = 0.1
"""A pass that should take longer than this does not belong on the event loop."""

REMEMBERED = 64


class Memory:
    """The last Traces by their experiment: experiments are values, so undo costs no pass."""

    def __init__(self) -> None:
        self._known: OrderedDict[Experiment, Trace] = OrderedDict()

    def is_quick(self, experiment: Experiment) -> bool:
        """Whether `measure` will return at once, or nearly."""
        return experiment in self._known or expected_seconds(experiment) <= ON_LOOP_SECONDS

    def measure(self, experiment: Experiment) -> Trace:
        """The Trace of an experiment; raises SettingError or MemoryError."""
        trace = self._known.pop(experiment, None) or run(experiment)
        self._known[experiment] = trace
        while len(self._known) > REMEMBERED:
            self._known.popitem(last=False)
        return trace
