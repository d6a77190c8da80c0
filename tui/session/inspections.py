"""Inspections on demand: remembered by run and layer, with a guess of how long one takes."""

from __future__ import annotations

import contextlib
import threading
from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping

from engine import Experiment, Inspection, SettingError, Trace, Trainer, inspect
from engine.measure.inspection import MAX_SPECTRUM_WIDTH
from engine.network.cost import expected_seconds
from tui.session.background import GONE

REMEMBERED = 500

ON_LOOP_SECONDS = 0.04
"""Less than for a pass that a key asks for: the cursor moves faster than settings change."""

Deliver = Callable[[Callable[[], None]], object]
"""Runs a function on the app's loop from another thread; RuntimeError where the app is gone."""

_SECONDS_PER_CUBED_WIDTH = 2e-9


class Inspections:
    """The last Inspections, and the network that they were taken from."""

    def __init__(self) -> None:
        self._known: OrderedDict[tuple[Experiment, int, int], Inspection] = OrderedDict()
        self._trainer: Trainer | None = None
        self._failed: set[tuple[Experiment, int]] = set()

    def use(self, trainer: Trainer) -> None:
        """Take that network's state for the Traces of its step."""
        self._trainer = trainer

    def known(self, trace: Trace, layers: Iterable[int]) -> dict[int, Inspection]:
        """Those of a run's layers that were inspected already."""
        run = trace.experiment, trace.step
        return {i: self._known[*run, i] for i in layers if (*run, i) in self._known}

    def is_possible(self, trace: Trace) -> bool:
        """Whether the network of that Trace is at hand: at step 0 it can be made again."""
        if (trace.experiment, trace.step) in self._failed:
            return False
        return trace.step == 0 or self._holds(trace)

    def is_quick(self, trace: Trace) -> bool:
        """Whether `inspect` will return at once, or nearly."""
        width = trace.experiment.network.width
        spectrum = width**3 if width <= MAX_SPECTRUM_WIDTH else 0
        seconds = expected_seconds(trace.experiment) + 3 * spectrum * _SECONDS_PER_CUBED_WIDTH
        return seconds <= ON_LOOP_SECONDS

    def inspect(self, trace: Trace, layers: Iterable[int]) -> None:
        """Get to know those layers; a run for which memory does not suffice is not tried again."""
        try:
            trainer = self._trainer if self._holds(trace) else None
            if trainer is None:
                trainer = self._trainer = Trainer(trace.experiment)
            for layer, inspection in inspect(trainer, layers).items():
                self._known[trace.experiment, trace.step, layer] = inspection
        except (SettingError, MemoryError):
            self._failed.add((trace.experiment, trace.step))
        while len(self._known) > REMEMBERED:
            self._known.popitem(last=False)

    def _holds(self, trace: Trace) -> bool:
        trainer = self._trainer
        return (
            trainer is not None
            and trainer.experiment == trace.experiment
            and trainer.step_number == trace.step
        )


class Lookout:
    """Says at once what is known of a run's layers, and finds out the rest.

    At once if that is quick, else in a thread, and `changed` is called when it is there. One
    thread at most, and nothing on the loop beside it: they would share a network.
    """

    def __init__(
        self, inspections: Inspections, deliver: Deliver, changed: Callable[[], None]
    ) -> None:
        self._inspections, self._deliver, self._changed = inspections, deliver, changed
        self._busy = False

    def __call__(self, trace: Trace, layers: frozenset[int]) -> Mapping[int, Inspection] | None:
        """The Inspections that there are by now; None where there will be no more."""
        known = self._inspections.known(trace, layers)
        missing = layers - known.keys()
        if not missing:
            return known
        if not self._inspections.is_possible(trace):
            return known or None
        if self._busy:
            return known
        if self._inspections.is_quick(trace):
            self._inspections.inspect(trace, missing)
            return self._inspections.known(trace, layers)
        self._busy = True
        # not a Textual worker: those are waited for at exit, and a pass cannot be interrupted
        threading.Thread(target=self._work, args=(trace, missing), daemon=True).start()
        return known

    def _work(self, trace: Trace, layers: frozenset[int]) -> None:
        self._inspections.inspect(trace, layers)
        # the app may be gone by now
        with contextlib.suppress(*GONE):
            self._deliver(self._done)

    def _done(self) -> None:
        self._busy = False
        self._changed()
