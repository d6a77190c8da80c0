"""The columns of the table of layers: their values, how hot each is, and the rows' order."""

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from engine import Experiment, Trace
from engine.catalogue.wirings import WIRINGS
from engine.numerics.arrays import PerLayer

BY_LAYER, WORST_FIRST = "layer", "worst"


def _from_last(values: PerLayer, trace: Trace) -> PerLayer:
    """Decades above the last layer that has a usable value; infinite where one is 0 or infinite."""
    usable = values[(values > 0) & np.isfinite(values)]
    with np.errstate(all="ignore"):
        return np.log10(values) - (np.log10(usable[-1]) if len(usable) else 0.0)


def _in_all(values: PerLayer, trace: Trace) -> PerLayer:
    """The decades from the last layer to layer 1, if every step had this factor."""
    with np.errstate(all="ignore"):
        decades = np.log10(values) * (len(values) - 1)
    # the step of layer 1 leads to the input
    return np.where(np.arange(len(values)) > 0, decades, 0.0)


def _in_chain(values: PerLayer, trace: Trace) -> PerLayer:
    """The same of a branch's factor; beside a skip the branch is no link of a chain."""
    return np.where(trace.has_skip, 0.0, _in_all(values, trace))


def _always(experiment: Experiment, step: int) -> bool:
    return True


HEATS: dict[str, Callable[[PerLayer, Trace], PerLayer]] = {
    "measured": _from_last,
    "relative": _from_last,
    "total": _in_all,
    "factor": _in_chain,
    "share": lambda values, trace: values,
    "design": lambda values, trace: np.zeros_like(values),
}
"""How hot each value of a column is, by the column's kind: in decades, shares as they are."""


@dataclass(frozen=True)
class LayerColumn:
    """A number a layer, of one of the kinds of HEATS, by the name of a Trace's array.

    A `relative` one is undefined where W is 0, a `design` one a share that harms nobody.

    `suits(experiment, step)` says whether the network, that far trained, has such a number.
    """

    kind: str
    array: str
    suits: Callable[[Experiment, int], bool] = _always

    def values(self, trace: Trace) -> PerLayer:
        """Its numbers in a Trace."""
        return trace.array(self.array)


LAYER_COLUMNS: dict[str, LayerColumn] = {
    "g": LayerColumn("measured", "output_grad_norm"),
    "delta": LayerColumn("measured", "delta_norm"),
    "weight_grad": LayerColumn("measured", "weight_grad_norm"),
    "update": LayerColumn("relative", "update_ratio"),
    "displacement": LayerColumn("relative", "displacement", lambda e, step: step > 0),
    "activation_rms": LayerColumn("measured", "activation_rms"),
    "preactivation": LayerColumn("measured", "preactivation_rms"),
    "saturated": LayerColumn("share", "saturated_fraction"),
    "off": LayerColumn("design", "off_fraction"),
    "dead": LayerColumn("share", "dead_fraction"),
    "total": LayerColumn("total", "factors.total"),
    "activation": LayerColumn("factor", "factors.activation"),
    "norm": LayerColumn("factor", "factors.norm", lambda e, _: e.network.norm != "none"),
    "weight": LayerColumn("factor", "factors.weight"),
    "scale": LayerColumn("factor", "factors.scale", lambda e, _: e.network.residual_scale != "one"),
    "skip": LayerColumn(
        "factor", "factors.skip", lambda e, _: WIRINGS[e.network.residual].has_skip
    ),
}

SORTS = (BY_LAYER, WORST_FIRST, *LAYER_COLUMNS)
"""What the rows can be sorted by: the worst is farthest from the last layer's g."""


def columns_of(experiment: Experiment, step: int) -> tuple[str, ...]:
    """The columns that a network has, that far trained."""
    return tuple(name for name, c in LAYER_COLUMNS.items() if c.suits(experiment, step))


def columns_in(trace: Trace) -> tuple[str, ...]:
    """The columns that its network has, as far as they were measured."""
    ours = trace.experiment
    listed = tuple(LAYER_COLUMNS) if ours is None else columns_of(ours, trace.step)
    return tuple(name for name in listed if LAYER_COLUMNS[name].array not in trace.absent)


def layers_in_order(trace: Trace, sort: str, ascending: bool) -> list[int]:
    """Every layer, from 1, in the order of its rows; what is no number comes last."""
    if sort == BY_LAYER:
        return list(range(1, trace.depth + 1))
    if sort == WORST_FIRST:
        distances = np.abs(_from_last(trace.output_grad_norm, trace))
        keys = -np.where(np.isnan(distances), math.inf, distances)
    else:
        values = LAYER_COLUMNS[sort].values(trace)
        keys = values if ascending else -values
    return [int(i) + 1 for i in np.argsort(keys, kind="stable")]
