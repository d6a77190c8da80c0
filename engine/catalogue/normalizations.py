"""The normalisations, as a table: over which axis of a (batch, units) array, and centred or not."""

from __future__ import annotations

from dataclasses import dataclass

EPSILON = 1e-5


@dataclass(frozen=True)
class Normalization:
    """x_hat = (x - mean) / sqrt(var + 1e-5), y = gamma x_hat + beta.

    Mean and biased variance are taken over `axis` (0: the batch, 1: the units); an entry that is
    not centred takes the mean as 0.
    """

    name: str
    formula: str
    axis: int
    centred: bool


_ENTRIES = (
    # Ioffe & Szegedy 2015, batch statistics
    Normalization("batch", "(x - mean_batch) / std_batch", axis=0, centred=True),
    # Ba, Kiros & Hinton 2016
    Normalization("layer", "(x - mean_units) / std_units", axis=1, centred=True),
    # Zhang & Sennrich 2019
    Normalization("rms", "x / rms_units", axis=1, centred=False),
)

NORMALIZATIONS: dict[str, Normalization] = {entry.name: entry for entry in _ENTRIES}
NORM_NAMES = ("none", *NORMALIZATIONS)
NORM_POSITIONS = ("pre", "post")
