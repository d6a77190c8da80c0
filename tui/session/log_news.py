"""What reading on in a log comes to, as far as a slice of time goes."""

from collections.abc import Callable
from dataclasses import dataclass

from engine.logs.findings import Finding
from engine.logs.log import Log
from engine.logs.schema import Header
from engine.logs.watched import Watched
from tui.session.log_judge import SLICE_SECONDS, LogJudge
from tui.state.notices import Notice, notice


@dataclass(frozen=True)
class LogNews:
    """How much of a log has been read, how many `steps` of it just now, and whether there is more.

    `left_out` is how many lines are; `findings` what was found in the steps that came;
    `path` which log it is of those in a folder.
    """

    length: int
    header: Header
    left_out: int
    steps: int
    began_anew: bool
    is_there: bool
    more: bool
    findings: tuple[Finding, ...] = ()
    path: str | None = None

    def anew(self, before: str) -> Notice:
        """What is said of a log that began anew, or of another one than that at the path before."""
        if self.path in (None, before):
            return notice("log_began_anew")
        return notice("log_other", path=self.path)

    def shows_other(self, before: "LogNews | None") -> bool:
        """Whether there is something to be seen of it."""
        if before is None or self.began_anew:
            return True
        seen = (self.length, self.left_out, self.is_there)
        return seen != (before.length, before.left_out, before.is_there)


def read_on(log: Log, clock: Callable[[], float], judge: LogJudge | None) -> LogNews:
    """What was written since, judged once it is all there; raises SettingError for no such log."""
    end, steps, began_anew = clock() + SLICE_SECONDS, 0, False
    while True:
        news = log.read_on()
        steps, began_anew = steps + news.steps, began_anew or news.began_anew
        if not news.more or clock() > end:
            break
    return LogNews(
        len(log),
        log.header,
        log.left_out,
        steps,
        began_anew,
        news.is_there,
        news.more,
        judge.hear(clock) if judge is not None and not news.more else (),
        str(log.shown) if isinstance(log, Watched) and log.shown else None,
    )
