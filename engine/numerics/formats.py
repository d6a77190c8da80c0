"""Binary floating-point formats and what they can hold, as a table."""

import math
from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class NumberFormat:
    """A format: its smallest normal number and its largest."""

    name: str
    tiny: float
    huge: float


NUMBER_FORMATS: tuple[NumberFormat, ...] = (
    NumberFormat("fp16", 2.0**-14, 65504.0),
    NumberFormat("bf16", 2.0**-126, 255 * 2.0**120),
    NumberFormat("fp32", 2.0**-126, float(np.finfo(np.float32).max)),
)


def underflow_norm(entry: NumberFormat, batch_size: int, width: int) -> float:
    """The |delta| of a layer whose elements all have the format's smallest normal magnitude."""
    return entry.tiny * math.sqrt(batch_size * width)
