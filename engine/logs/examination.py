"""A whole log looked through: what was found, what holds at its end, and what it cannot tell."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from engine.diagnosis.verdict import Verdict
from engine.logs.findings import Finding, Judge
from engine.logs.log import Log, read_all
from engine.logs.logged_trace import trace_of
from engine.logs.schema import Header, LoggedStep
from engine.logs.signs import G
from engine.measure.trace import Trace

MOST_STEPS = 20_000
"""Of a longer log so many steps are read, evenly spread, the first and the last among them."""


@dataclass(frozen=True)
class Examination:
    """What a log of `steps` steps, of which `read` were read, has shown.

    `trace` is of the last step with g, whose verdict it is; None where there is none. `missing` are
    codes of what it lacks: steps, layers, keys, g, factors, experiment, order. `left_out` lines say
    nothing.
    """

    format: str
    header: Header
    steps: int
    read: int
    first: int
    last: int
    left_out: int
    unknown_keys: tuple[str, ...]
    findings: tuple[Finding, ...]
    verdict: Verdict
    first_bad_layer: int | None
    trace: Trace | None
    missing: tuple[str, ...]

    @property
    def is_healthy(self) -> bool | None:
        """Whether nothing is wrong; None where that cannot be known."""
        if self.verdict.kind != "unknown":
            is_finite = "nonfinite" not in {each.kind for each in self.findings}
            return self.verdict.kind == "healthy" and is_finite
        bad = {"nonfinite", "dead"} & {each.kind for each in self.findings}
        return False if bad else None


def examine(log: Log) -> Examination:
    """Look through a log; raises SettingError where it is none any more."""
    read_all(log)
    judge, found, steps = Judge(log.header), list[Finding](), list[int]()
    judged: LoggedStep | None = None
    indices = _sample(len(log))
    for index in indices:
        step = log.step(index)
        if isinstance(step, LoggedStep):
            found += judge.read(step)
            steps.append(step.step)
            if judge.judged_step == step.step and G in step.arrays:
                judged = step
    trace = trace_of(log.header, judged) if judged is not None else None
    missing = tuple(_missing(log, trace, len(indices) < len(log)))
    return Examination(
        log.format,
        log.header,
        len(log),
        len(steps),
        steps[0] if steps else 0,
        steps[-1] if steps else 0,
        log.left_out,
        tuple(log.unknown_keys),
        tuple(found),
        judge.verdict,
        judge.first_bad_layer,
        trace,
        missing,
    )


def _sample(count: int) -> list[int]:
    """All places of so many steps, or MOST_STEPS of them."""
    if count <= MOST_STEPS:
        return [*range(count)]
    return [int(place) for place in np.linspace(0, count - 1, MOST_STEPS).round()]


def _missing(log: Log, trace: Trace | None, is_sample: bool) -> Iterator[str]:
    header = log.header
    if is_sample:
        yield "steps"
    if not header.layers:
        yield "layers"
        if log.unknown_keys:
            yield "keys"
    elif trace is None:
        yield "g"
    elif "factors.total" in trace.absent:
        yield "factors"
    if header.ours is None:
        yield "experiment"
    if header.layers and header.order == "natural":
        yield "order"
