"""What is found in a log while it is followed, step by step as they come."""

from collections.abc import Callable

from engine.logs.findings import Finding, Judge
from engine.logs.log import Log
from engine.logs.schema import LoggedStep

SLICE_SECONDS = 0.02
"""A job that reads gives way after so long: a step that is asked for comes within 50 ms."""

BEFORE = 500
"""Logged steps before the newest ones from which on it is judged: histories need some."""


class LogJudge:
    """Judges the newest steps of a log; for one thread at a time."""

    def __init__(self, log: Log) -> None:
        self._log = log
        self._judge: Judge | None = None
        self._next = self._live_from = 0

    def hear(self, clock: Callable[[], float]) -> tuple[Finding, ...]:
        """What is new, as far as a slice of time goes; of what came before, what is wrong."""
        log, end = self._log, clock() + SLICE_SECONDS
        length = len(log)
        if not length:
            return ()
        if self._judge is None or self._judge.header.layers != log.header.layers:
            self._judge = Judge(log.header)
            self._next, self._live_from = max(length - BEFORE, 0), length
        found: list[Finding] = []
        while self._next < length:
            step = log.step(self._next)
            self._next += 1
            if isinstance(step, LoggedStep):
                found += self._judge.read(step)
            if clock() > end:
                break
        is_live = self._next > self._live_from
        return tuple(finding for finding in found if is_live or _is_news(finding))


def _is_news(finding: Finding) -> bool:
    """Whether it is worth telling who has just come."""
    return not finding.is_over and finding.kind not in ("healthy", "no_g")
