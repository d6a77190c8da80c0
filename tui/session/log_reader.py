"""Reads steps of a log as they are shown: with the gradients of the last step that has them."""

import math
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

import numpy as np

from engine import Trace, Verdict
from engine.logs.findings import UNKNOWN
from engine.logs.log import Log
from engine.logs.logged_trace import trace_of
from engine.logs.schema import BrokenLine, LoggedStep
from engine.logs.signs import G, judged
from tui.session.history import decades_from_last
from tui.session.log_samples import Sample

LOOKED_BACK = 200
"""Logged steps before one without g that are looked at for one that has it."""

LOOKING_SECONDS = 0.03

LEARNT = 4
"""So many steps with g tell how far apart they are."""


@dataclass(frozen=True)
class Read:
    """A logged step as a Trace, with its verdict; the arrays in its line, and its time.

    `measured` is the step that its gradients are from, where that is an earlier one; `is_last` is
    where the writer says that its run ended.
    """

    trace: Trace
    verdict: Verdict
    arrays: frozenset[str]
    seconds: float | None
    measured: int | None
    is_last: bool


class LogReader:
    """Reads single steps of a log; for one thread at a time."""

    def __init__(self, log: Log, clock: Callable[[], float] = time.monotonic) -> None:
        self._log, self._clock = log, clock
        # where g was last found, how often, and what all distances between are a multiple of
        self._with_g: tuple[int, LoggedStep] | None = None
        self._times, self._every = 0, 0

    def read(self, position: int) -> Read | BrokenLine:
        """That step."""
        if position >= len(self._log):
            # the file was cut while somebody waited for that step
            return BrokenLine(1, "log_line_changed", {})
        step = self._log.step(position)
        if isinstance(step, BrokenLine):
            return step
        is_last = step.last
        if not (step.numbers or step.arrays):
            position, step = self._with_numbers(position, step)
        earlier = self._earlier(position, step) if G not in step.arrays else None
        whole = step
        if earlier is not None:
            whole = replace(step, arrays={**earlier.arrays, **step.arrays})
        header = self._log.header
        trace = trace_of(header, whole)
        found = judged(header, step if earlier is None else earlier)
        arrays = {
            *whole.arrays,
            *(["weight_grad_rms"] if trace.weight_grad_rms is not None else []),
        }
        return Read(
            trace,
            found or UNKNOWN,
            frozenset(arrays),
            step.numbers.get("time"),
            None if earlier is None else earlier.step,
            is_last,
        )

    def sample(self, position: int) -> Sample | None:
        """What an overview keeps of that step; None for a line that is left out."""
        read = self.read(position)
        if isinstance(read, BrokenLine):
            return None
        trace, metric = read.trace, "g"
        norms, field = trace.output_grad_norm, G
        if G in trace.absent:
            by_element, field = trace.weight_grad_rms, "weight_grad_norm"
            metric = "weight_grad" if by_element is None else "weight_grad_rms"
            norms = trace.weight_grad_norm if by_element is None else by_element
        return Sample(
            trace.step,
            trace.loss,
            trace.accuracy,
            decades_from_last(norms) if field in read.arrays else norms[:0].astype(np.float32),
            trace.learning_rate,
            trace.gradient_norm,
            None if read.verdict is UNKNOWN else read.verdict.kind,
            metric,
        )

    def _with_numbers(self, position: int, step: LoggedStep) -> tuple[int, LoggedStep]:
        """The step before a line that has only its number, such as a recorder's last one."""
        before = self._log.step(position - 1) if position else step
        if isinstance(before, BrokenLine) or before.segment != step.segment:
            return position, step
        return max(position - 1, 0), before

    def _earlier(self, position: int, step: LoggedStep) -> LoggedStep | None:
        """The last step before one that has g, if it is near and of the same run."""
        end = self._clock() + LOOKING_SECONDS
        known = self._with_g
        places: Iterable[int] = range(position - 1, max(position - LOOKED_BACK, 0) - 1, -1)
        if known is not None and self._times > LEARNT and self._every:
            # where it should be, if it is logged every so manyth step
            likely = position - (position - known[0]) % self._every
            places = (likely, *places) if 0 <= likely < position else places
        for place in places:
            found = known[1] if known is not None and known[0] == place else self._log.step(place)
            if isinstance(found, BrokenLine):
                continue
            if found.segment != step.segment or self._clock() > end:
                return None
            if G in found.arrays:
                self._learn(place, found)
                return found
        return None

    def _learn(self, place: int, found: LoggedStep) -> None:
        if self._with_g is not None and place != self._with_g[0]:
            self._every = math.gcd(self._every, place - self._with_g[0])
            self._times += 1
        self._with_g = place, found
