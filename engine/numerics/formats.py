"""Binary floating-point formats and what they can hold, as a table."""

import math
from dataclasses import dataclass

import numpy as np

from engine.numerics.arrays import Array

_EXPONENT = np.int64(0x7FF0000000000000)


@dataclass(frozen=True)
class NumberFormat:
    """A format: the bits of its significand, its smallest normal number and its largest."""

    name: str
    bits: int
    tiny: float
    huge: float

    @property
    def flushed(self) -> float:
        """Half the smallest subnormal number: what is not above it in magnitude becomes 0."""
        return math.ldexp(self.tiny, -self.bits)

    def round(self, values: Array) -> Array:
        """The very float64 array, each value made this format's nearest number (ties to even)."""
        np.clip(values, -2 * self.huge, 2 * self.huge, out=values)
        # adding 1.5 * 2^52 units in the last place leaves no bits below that place
        power = (values.view(np.int64) & _EXPONENT).view(np.float64)
        shift = np.maximum(power, self.tiny, out=power)
        shift *= 1.5 * 2.0 ** (53 - self.bits)
        values += shift
        values -= shift
        too_large = np.abs(values) > self.huge
        np.copysign(math.inf, values, out=values, where=too_large)
        return values

    def flushed_norm(self, elements: int) -> float:
        """The norm of so many elements of the size at which this format makes them 0.

        That of one element is their root mean square, whatever their number.
        """
        return self.flushed * math.sqrt(elements)


NUMBER_FORMATS: tuple[NumberFormat, ...] = (
    NumberFormat("fp16", 11, 2.0**-14, 65504.0),
    NumberFormat("bf16", 8, 2.0**-126, 255 * 2.0**120),
    NumberFormat("fp32", 24, 2.0**-126, float(np.finfo(np.float32).max)),
)
