"""Inspections of a network in training: of every step where it stands still, else now and then."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from engine import Inspection, Trace, inspect
from tui.session.inspections import Inspections
from tui.session.training_run import Live

INSPECTION_SECONDS = 0.25
"""The least time between two looks at a network in training."""

Look = Callable[[Trace, frozenset[int]], Mapping[int, Inspection] | None]


class LiveLookout:
    """Looks at the run at hand; `otherwise` looks at what is not trained, at step 0."""

    def __init__(
        self, live: Callable[[], Live | None], otherwise: Look, inspections: Inspections
    ) -> None:
        self._live, self._otherwise = live, otherwise
        self._is_quick = inspections.is_quick
        self._trace: Trace | None = None
        self._known: dict[int, Inspection] = {}
        self._at = -1e9

    def __call__(self, trace: Trace, layers: frozenset[int]) -> Mapping[int, Inspection] | None:
        """What is known of those layers; None where there will be no more."""
        live = self._live()
        if live is None or trace is not live.trace:
            return self._otherwise(trace, layers) if trace.step == 0 else None
        if trace.divergence is not None:
            # the network has gone on to where no number is left
            return None
        if self._is_due(live, layers) and not live.busy:
            self._look(live, layers)
        return {layer: self._known[layer] for layer in layers if layer in self._known}

    def _is_due(self, live: Live, layers: frozenset[int]) -> bool:
        if self._trace is live.trace:
            return not layers <= self._known.keys()
        if self._trace is not None and self._trace.depth != live.trace.depth:
            self._known = {}
        if not live.playing:
            return True
        # with the keys in mind: a slow look waits for a pause
        return self._is_quick(live.trace) and live.clock() - self._at >= INSPECTION_SECONDS

    def _look(self, live: Live, layers: frozenset[int]) -> None:
        trace = live.trace
        missing = layers - self._known.keys() if self._trace is trace else layers

        def work() -> None:
            found = inspect(live.trainer, missing)
            self._known = {**self._known, **found} if self._trace is trace else found
            self._trace, self._at = trace, live.clock()

        live.borrow(work, slow=not self._is_quick(trace))
