"""How many bytes of what was there before may be kept for later: beyond them the oldest goes."""

import ctypes
import dataclasses

import numpy as np

MIB = 2**20

PARKED_RUNS = 40 * MIB
"""Trained networks that undo brings back."""

CHECKPOINTS = 16 * MIB
"""States of one training run that it can go back to."""

TRACES = 4 * MIB
"""Passes that need not be run again."""

INSPECTIONS = 4 * MIB
"""Looks at single layers."""

_OBJECT = 200
"""Bytes that an object takes beside the numbers in it, about."""


def held_bytes(value: object) -> int:
    """About how many bytes a frozen value holds: its arrays' and those of the objects in it."""
    if isinstance(value, np.ndarray):
        return _OBJECT + value.nbytes
    if isinstance(value, tuple | list):
        return sum(map(held_bytes, value))
    if dataclasses.is_dataclass(value):
        return _OBJECT + sum(map(held_bytes, vars(value).values()))
    return 0


def give_back() -> None:
    """Let the system have what was freed, where the C library is glibc, which keeps much of it."""
    trim = getattr(ctypes.pythonapi, "malloc_trim", None)
    if trim is not None:
        trim(0)
