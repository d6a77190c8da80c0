"""What is too expensive to measure in every pass: one layer's distributions, taken on demand."""

import math
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from engine.catalogue.saturation import saturation_edges
from engine.network.network import NetworkState
from engine.network.observer import Observer
from engine.numerics.arrays import Array, Doubles, Labels, frozen

BINS = 120
MAX_SPECTRUM_WIDTH = 512
"""Up to this width the singular values of a layer's weights are worth their time."""

LEAST_REACH = 6.0
"""Histograms of phi's argument span at least -6 to 6, where every activation has its bends."""

LOG_REACH = 12
"""Log histograms end so many decades below the largest value."""


@dataclass(frozen=True)
class Histogram:
    """Counts of values in equal bins between consecutive edges; arrays are read-only.

    In a logarithmic one the edges are powers of ten of |value|, `below` counts what is smaller
    than the first edge but not 0, and `zeros` what is exactly 0. `not_finite` counts inf and nan.
    All counts together are batch x units.
    """

    edges: Doubles
    counts: Labels
    below: int = 0
    zeros: int = 0
    not_finite: int = 0

    @property
    def total(self) -> int:
        """All values that were counted."""
        return int(self.counts.sum()) + self.below + self.zeros + self.not_finite


@dataclass(frozen=True)
class Inspection:
    """One layer at one step, on the batch of that step.

    Histograms of z, of what is fed to phi (after the norm where that comes first), of h and of
    log10 |delta|. `saturated_low` and `saturated_high` are the shares of phi's arguments on
    its left and right tail where |phi'| is below 5 % of its bound, `off` that of those where phi'
    is 0 by design. On the whole batch, `dead_units` have phi' = 0 by design and `saturated_units`
    are on a tail. `singular_values` are least, median and
    largest of W; None above width 512 and where W is not finite.
    """

    layer: int
    preactivation: Histogram
    activation_input: Histogram
    output: Histogram
    delta: Histogram
    saturated_low: float
    saturated_high: float
    off: float
    units: int
    dead_units: int
    saturated_units: int
    singular_values: tuple[float, float, float] | None


class InspectionMeter(Observer):
    """An observer that looks closely at the layers it was asked for."""

    def __init__(self, state: NetworkState, layers: Iterable[int]) -> None:
        self._state = state
        self._wanted = {layer - 1 for layer in layers}
        self._found: dict[int, dict[str, object]] = {i: {} for i in self._wanted}
        self._inputs: dict[int, Array] = {}

    def linear_output(self, i: int, z: Array) -> None:
        if i in self._wanted:
            self._found[i]["preactivation"] = linear_histogram(z)

    def activation_input(self, i: int, u: Array) -> None:
        if i in self._wanted:
            self._inputs[i] = u.copy()
            self._found[i]["activation_input"] = linear_histogram(u, LEAST_REACH)

    def layer_output(self, i: int, h: Array) -> None:
        if i in self._wanted:
            self._found[i]["output"] = linear_histogram(h)

    def output_gradient(self, i: int, gradient: Array) -> None:
        # where the branch begins with its scale, a scale of 1 has no cotangent of its own
        if self._state.delta_stage == 0:
            self.cotangent(i, 0, gradient)

    def slope(self, i: int, slope: Array) -> None:
        if i not in self._wanted:
            return
        phi, u = self._state.activation, self._inputs.pop(i)
        low, high = saturation_edges(phi)
        flat = (slope == 0) & phi.has_flat
        self._found[i] |= {
            "units": slope.shape[1],
            "saturated_low": float(np.mean(u < low)),
            "saturated_high": float(np.mean(u > high)),
            "off": float(np.mean(flat)) if phi.is_off_where_flat else 0.0,
            "dead_units": int(flat.all(axis=0).sum()),
            "saturated_units": int(((u < low) | (u > high)).all(axis=0).sum()),
        }

    def cotangent(self, i: int, stage: int, cotangent: Array) -> None:
        if i in self._wanted and stage == self._state.delta_stage:
            self._found[i]["delta"] = log_histogram(cotangent)

    def inspections(self) -> dict[int, Inspection]:
        """What the pass showed, by layer from 1."""
        return {
            i + 1: Inspection(
                layer=i + 1,
                singular_values=spectrum(self._state.parameters.weights[i]),
                **found,  # type: ignore[arg-type]
            )
            for i, found in sorted(self._found.items())
        }


def linear_histogram(values: Array, least_reach: float = 0.0) -> Histogram:
    """Equal bins symmetric about 0 that hold every finite value, and reach so far at least."""
    flat = values.ravel().astype(np.float64)
    finite = flat[np.isfinite(flat)]
    reach = max(float(np.abs(finite).max(initial=0.0)), least_reach) or 1.0
    # the width of the range must be a number too
    reach = min(reach, float(np.finfo(np.float64).max) / 4)
    counts, edges = np.histogram(np.clip(finite, -reach, reach), BINS, (-reach, reach))
    return Histogram(frozen(edges), frozen(counts), not_finite=len(flat) - len(finite))


def log_histogram(values: Array) -> Histogram:
    """Equal bins of log10 |value|, a tenth of a decade each, down from the largest value."""
    flat = np.abs(values.ravel().astype(np.float64))
    finite = flat[np.isfinite(flat)]
    logs = np.log10(finite[finite > 0])
    top = math.ceil(float(logs.max(initial=-np.inf))) if len(logs) else 0
    bottom = top - LOG_REACH
    counts, edges = np.histogram(logs, BINS, (bottom, top))
    return Histogram(
        frozen(edges),
        frozen(counts),
        below=int((logs < bottom).sum()),
        zeros=len(finite) - len(logs),
        not_finite=len(flat) - len(finite),
    )


def spectrum(weight: Array) -> tuple[float, float, float] | None:
    """The least, the median and the largest singular value of a matrix."""
    if max(weight.shape) > MAX_SPECTRUM_WIDTH or not np.isfinite(weight).all():
        return None
    values = np.linalg.svd(weight, compute_uv=False)
    return float(values[-1]), float(np.median(values)), float(values[0])
