"""Class numbers for labels of any kind, in the labels' own order."""

from collections.abc import Hashable
from typing import Any

import numpy as np

from engine.numerics.arrays import Labels


class ClassNumbers:
    """Numbers the labels as they come; `in_order` numbers them as they are sorted."""

    def __init__(self) -> None:
        self._numbers: dict[Any, int] = {}

    def __len__(self) -> int:
        return len(self._numbers)

    def of(self, label: Hashable) -> int:
        """A label's number; that of a new one is the next."""
        return self._numbers.setdefault(label, len(self._numbers))

    def in_order(self, numbers: Labels) -> Labels:
        """Those numbers, once all labels are known, by the labels' order."""
        ranks = np.empty(len(self), np.int64)
        for rank, label in enumerate(sorted(self._numbers)):
            ranks[self._numbers[label]] = rank
        return ranks[numbers]
