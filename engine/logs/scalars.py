"""What other tools write down of a training run: single numbers under names of their own."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple, Protocol

from engine.logs.schema import BrokenLine


class Scalar(NamedTuple):
    """A number that was logged under a key at a step, perhaps with seconds since the epoch."""

    step: int
    key: str
    value: float
    time: float | None = None


@dataclass(frozen=True)
class Resumed:
    """Training went on from that step: what was logged before of it and later ones is undone."""

    step: int


@dataclass(frozen=True)
class BeganAnew:
    """The file is another one now, or was cut: what was read of it before is gone."""


@dataclass(frozen=True)
class About:
    """What the writer says of the run, all that it has said so far: for the header."""

    what: Mapping[str, object]


Found = Scalar | BrokenLine | Resumed | BeganAnew | About


class ScalarReader(Protocol):
    """Reads one foreign format; what is cut off at the end of a file is kept for the next time."""

    def read_on(self) -> Iterable[Found]:
        """What has been written since the last time, the whole file at first.

        Raises SettingError where that is no such file.
        """

    def close(self) -> None:
        """Nothing more is asked for."""
