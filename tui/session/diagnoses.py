"""The diagnosis of the run that is shown, made when somebody asks for it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from engine import Trace, Verdict
from engine.network.cost import expected_seconds
from tui.session.jobs import Failed, Job, Jobs, fits

if TYPE_CHECKING:
    from engine.diagnosis.diagnosis import Diagnosis

LANE = "diagnosis"


class Diagnoses:
    """The last diagnosis, and the Trace that it is of."""

    def __init__(self, jobs: Jobs) -> None:
        self._jobs = jobs
        self._known: tuple[Trace, Diagnosis] | None = None

    def ask(self, trace: Trace, failed: Callable[[Failed], None]) -> None:
        """Have a run diagnosed; `failed` is told if that cannot be done."""
        if self._known is not None and self._known[0] is trace:
            return
        # not needed for the first picture
        from engine.diagnosis.diagnosis import diagnose
        from engine.diagnosis.format_limits import PASSES

        def take(result: Diagnosis | Failed) -> None:
            if isinstance(result, Failed):
                failed(result)
            else:
                self._known = trace, result

        on_loop = fits(PASSES * expected_seconds(trace.ours))
        self._jobs.start(LANE, Job(partial(diagnose, trace), take, on_loop, wish=LANE))

    def cancel(self) -> None:
        """Nobody waits for it any more."""
        self._jobs.cancel(LANE)

    def of(self, trace: Trace, verdict: Verdict) -> Diagnosis | None:
        """What is known of a run, with the verdict that is shown."""
        if self._known is None or self._known[0] is not trace:
            return None
        return replace(self._known[1], verdict=verdict)
