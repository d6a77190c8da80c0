"""How a layer is put together: the order of its operations, and what its skip connection adds.

A layer's branch applies its operations in order, and h_l = skip h_{l-1} + branch B(h_{l-1}), where
the two coefficients come from the residual scale. A layer whose input width differs from its
output has no skip: there h_l = B(h_{l-1}).
"""

import math
from collections.abc import Callable
from dataclasses import dataclass

from engine.catalogue.table import table


@dataclass(frozen=True)
class Wiring:
    """One residual kind: the formula, whether there is a skip, and the order of operations."""

    name: str
    formula: str
    has_skip: bool
    orders: dict[str, tuple[str, ...]]
    """For each norm position that this wiring allows, the branch's operations in order."""


WIRINGS = table(
    Wiring(
        "none",
        "h = phi(N(W h + b))",
        False,
        {
            "pre": ("linear", "norm", "activation"),
            "post": ("linear", "activation", "norm"),
        },
    ),
    Wiring(
        "post_activation",
        "h + phi(N(W h + b))",
        True,
        {"pre": ("linear", "norm", "activation")},
    ),
    # He et al. 2016, identity mappings
    Wiring(
        "pre_activation", "h + W phi(N(h)) + b", True, {"pre": ("norm", "activation", "linear")}
    ),
)


@dataclass(frozen=True)
class ResidualScale:
    """The coefficients of skip and branch as functions of the depth.

    Where `learned`, the branch's coefficient is a parameter of each layer that starts there.
    """

    name: str
    formula: str
    skip: Callable[[int], float]
    branch: Callable[[int], float]
    learned: bool = False


RESIDUAL_SCALES = table(
    ResidualScale("one", "h + B", lambda depth: 1.0, lambda depth: 1.0),
    ResidualScale(
        "sqrt_depth", "h + B / sqrt(L)", lambda depth: 1.0, lambda depth: 1 / math.sqrt(depth)
    ),
    ResidualScale(
        "sqrt_two",
        "(h + B) / sqrt(2)",
        lambda depth: 1 / math.sqrt(2),
        lambda depth: 1 / math.sqrt(2),
    ),
    # Bachlechner et al. 2020
    ResidualScale("rezero", "h + alpha B", lambda depth: 1.0, lambda depth: 0.0, learned=True),
)
