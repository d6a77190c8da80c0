"""What other tools write down of a training run: single numbers under names of their own."""

from collections.abc import Iterable
from typing import NamedTuple, Protocol

from engine.logs.schema import BrokenLine


class Scalar(NamedTuple):
    """A number that was logged under a key at a step, perhaps with seconds since the epoch."""

    step: int
    key: str
    value: float
    time: float | None = None


class ScalarReader(Protocol):
    """Reads one foreign format; what is cut off at the end of a file is kept for the next time."""

    def read_on(self) -> Iterable[Scalar | BrokenLine]:
        """What has been written since the last time."""

    def close(self) -> None:
        """Nothing more is asked for."""
