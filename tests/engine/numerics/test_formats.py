"""Rounding to number formats, against the formats themselves."""

import math
from collections.abc import Callable

import numpy as np
import pytest

from engine.numerics.formats import NUMBER_FORMATS

FORMATS = {entry.name: entry for entry in NUMBER_FORMATS}


def bfloat16(values: np.ndarray) -> np.ndarray:
    """By the bits of a float32, whose low half is rounded away, ties to even."""
    bits = values.astype(np.float32).view(np.uint32).astype(np.uint64)
    kept = (bits + 0x7FFF + ((bits >> 16) & 1)) >> 16 << 16
    rounded = kept.astype(np.uint32).view(np.float32).astype(np.float64)
    return np.where(np.isnan(values), np.nan, rounded)


THEMSELVES: dict[str, Callable[[np.ndarray], np.ndarray]] = {
    "fp16": lambda values: values.astype(np.float16).astype(np.float64),
    "bf16": bfloat16,
    "fp32": lambda values: values.astype(np.float32).astype(np.float64),
}


@pytest.mark.filterwarnings("ignore:overflow")
@pytest.mark.parametrize("name", FORMATS)
def test_rounding_is_the_format_s_own(name: str) -> None:
    """Normal and subnormal numbers, ties, what becomes 0, what becomes infinite, inf and nan."""
    entry, themselves = FORMATS[name], THEMSELVES[name]
    random = np.random.default_rng(0)
    signs = random.choice([-1.0, 1.0], 4000)
    # as float32 numbers: bfloat16's own rounding starts there
    spread = signs * 2.0 ** random.uniform(-155, 129, 4000)
    near = signs * entry.tiny * 2.0 ** random.uniform(-entry.bits - 3, 3, 4000)
    held = themselves(np.concatenate([spread, near]))
    held = held[np.isfinite(held)]
    ties = held[:-1] / 2 + held[1:] / 2
    neighbours = np.sort(held)
    halves = (neighbours[:-1] + np.diff(neighbours) / 2)[np.diff(neighbours) > 0]
    edges = [entry.huge, entry.flushed, entry.tiny, 0.0, math.inf, math.nan, 5e-324, 1e300]
    edges += [entry.huge * (1 + 2.0**-entry.bits), entry.huge * (1 + 2.0 ** -(entry.bits + 2))]
    for values in (spread, near, held, ties, halves, np.array(edges), -np.array(edges)):
        single = values.astype(np.float32).astype(np.float64)
        np.testing.assert_array_equal(entry.round(single.copy()), themselves(single))


def test_what_is_flushed_lies_below_half_the_smallest_number() -> None:
    """2^-25 for fp16; |delta| of 128 x 64 elements of that size."""
    entry = FORMATS["fp16"]
    assert entry.flushed == 2.0**-25
    around = np.array([entry.flushed, np.nextafter(entry.flushed, 1.0)])
    assert entry.round(around.copy()).tolist() == [0.0, 2.0**-24]
    assert entry.flushed_norm(128 * 64) == pytest.approx(2.0**-25 * math.sqrt(128 * 64))
