"""A training run that was written down, whoever wrote it: what a player and a judge ask of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from engine.logs.schema import BrokenLine, Header, LoggedStep
from engine.numerics.errors import SettingError


@dataclass(frozen=True)
class News:
    """What has come since somebody looked last.

    `steps` are new at the end. `began_anew` is set where the file is another one now, or was cut:
    then `steps` counts those of the new one, and what was read before is gone. `is_there` is unset
    while there is no file under that name. `more` is set where there is more to be read at once.
    """

    steps: int = 0
    began_anew: bool = False
    is_there: bool = True
    more: bool = False


class Log(Protocol):
    """Steps in the order in which they were written, as far as they have been read."""

    @property
    def format(self) -> str:
        """Its name in the table of formats."""

    @property
    def header(self) -> Header:
        """Its layers, and where it is from; may grow with what is read."""

    @property
    def problems(self) -> Sequence[BrokenLine]:
        """What has been left out so far, the first ones."""

    @property
    def left_out(self) -> int:
        """How many lines that are."""

    @property
    def unknown_keys(self) -> Sequence[str]:
        """The first keys of which nobody here knows what they say."""

    def __len__(self) -> int:
        """How many steps there are."""

    def step(self, index: int) -> LoggedStep | BrokenLine:
        """One of them, from 0."""

    def read_on(self) -> News:
        """Read a bounded part of what has been written since, so that a long log is read in slices.

        Raises SettingError where that is no such log.
        """

    def close(self) -> None:
        """Nothing more is asked for."""


def without_steps(log: Log, path: str) -> SettingError:
    """Why nothing can be told of a log: it has no step, or none with a key that is known."""
    if log.unknown_keys:
        return SettingError("log_keys_unknown", path=path, found=log.unknown_keys)
    return SettingError("log_without_steps", path=path)


def read_all(log: Log) -> None:
    """Read a log to its end as it is now; a last line that is not finished is then a problem."""
    while log.read_on().more:
        pass
    log.read_on()
