"""A reader of scalars that stand in the test, and the log of them."""

from collections.abc import Iterable
from pathlib import Path

from engine.logs.log import read_all
from engine.logs.scalar_log import ScalarLog
from engine.logs.scalars import Found, Scalar
from engine.logs.schema import LoggedStep


class Listed:
    """Finds what is put into `coming`."""

    def __init__(self, *found: Found) -> None:
        self.coming = [*found]
        self.is_closed = False

    def read_on(self) -> Iterable[Found]:
        """What has been put there since."""
        while self.coming:
            yield self.coming.pop(0)

    def close(self) -> None:
        """Remember that."""
        self.is_closed = True


def row(step: int, **values: float) -> list[Scalar]:
    """The scalars of a step; __ in a name is a slash."""
    return [Scalar(step, key.replace("__", "/"), value) for key, value in values.items()]


def log_of(
    *found: Found, order: tuple[str, ...] | None = None, patterns: tuple[str, ...] = ()
) -> ScalarLog:
    """Those scalars as a log that has been read to its end."""
    log = ScalarLog("listed", Path(), Listed(*found), order, patterns)
    read_all(log)
    return log


def steps_in(log: ScalarLog) -> list[LoggedStep]:
    """All its steps."""
    return [each for i in range(len(log)) if isinstance(each := log.step(i), LoggedStep)]
