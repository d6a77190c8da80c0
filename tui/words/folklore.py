"""Pieces of folklore set right, by the engine's codes and numbers."""

from collections.abc import Callable, Mapping

from engine.diagnosis.folklore import Folklore
from tui.words.numbers import factor, power, ratio

REMARKS: dict[str, Callable[[Mapping[str, float]], str]] = {
    "bound_power": lambda n: (
        f"{n['bound']:.3g}^{n['steps']:.0f} = {power(n['folklore'])} is the bound on φ' alone; "
        f"φ' does {factor(n['phi'])} here, all factors {factor(n['per_layer'])} per layer: "
        f"{power(n['measured'])}"
    ),
    "flat_weight_gradients": lambda n: (
        f"|dL/dW| is near {power(n['level'])} in all of layers 2-{n['depth']:.0f} and hides that δ "
        f"changes by {power(n['delta'])}, the activations by as much the other way"
    ),
    "norm_explodes": lambda n: (
        f"BatchNorm does not cure depth: without skips the gradient grows {ratio(n['per_layer'])} "
        f"per layer here, {ratio(10 ** n['measured'])} over {n['steps']:.0f} (Yang et al. 2019)"
    ),
    "block_growth": lambda n: (
        f"h² grows {factor(n['measured'])} per block, not {n['naive']:.3g}: φ's outputs have a "
        "mean, and means add up"
    ),
    "skips_explode": lambda n: (
        f"skips alone do not cure depth: without norm or scale the signal grows by "
        f"{power(n['signal'])} forward and the gradient by {power(n['gradient'])} back"
    ),
    "critical_weights": lambda n: (
        f"at the edge of chaos σ_w² would be {n['least']:.0f} or more: here it is {n['now']:.3g}, "
        "and inits scaled by fan-in have at most 2"
    ),
}


def remark_text(remark: Folklore) -> str:
    """A piece of folklore set right."""
    return REMARKS[remark.code](remark.numbers)
