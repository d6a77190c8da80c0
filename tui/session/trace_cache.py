"""Traces on demand: remembered, and with a guess of how long a new one takes."""

from functools import partial

from engine import Experiment, Trace, run
from engine.network.cost import expected_seconds
from engine.numerics.recent import Recent
from tui.session import kept
from tui.session.jobs import fits


def is_short(experiment: Experiment) -> bool:
    """Whether a pass of that network, or making it, takes no time worth a word."""
    return fits(expected_seconds(experiment))


class TraceCache:
    """The last Traces by their experiment: experiments are values, so undo costs no pass."""

    def __init__(self) -> None:
        self._known = Recent[Trace](kept.TRACES, kept.held_bytes)

    def is_quick(self, experiment: Experiment) -> bool:
        """Whether `measure` will return at once, or nearly."""
        return experiment in self._known or is_short(experiment)

    def measure(self, experiment: Experiment) -> Trace:
        """The Trace of an experiment; raises SettingError or MemoryError."""
        return self._known.get(experiment, partial(run, experiment))
