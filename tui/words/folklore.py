"""Pieces of folklore set right, by the engine's codes and numbers."""

from collections.abc import Callable, Mapping

from engine.diagnosis.folklore import Folklore
from tui.words.numbers import amount, factor, power_of, ratio, share, times

REMARKS: dict[str, Callable[[Mapping[str, float]], str]] = {
    "bound_power": lambda n: (
        f"{power_of(n['bound'], int(n['steps']))} = {amount(n['folklore'])} is the most that φ' "
        f"could leave, not what arrives: φ' does ×{factor(n['phi'])} a layer here, all factors "
        f"×{factor(n['per_layer'])}, which makes {amount(n['measured'])}"
    ),
    "flat_weight_gradients": lambda n: (
        f"|∂L/∂W| is near {amount(n['level'])} in all of layers 2-{n['depth']:.0f} and hides that "
        f"δ at layer 2 is {share(n['delta'])} layer {n['depth']:.0f}'s: the activations change by "
        "as much the other way"
    ),
    "norm_explodes": lambda n: (
        "BatchNorm does not cure depth: without skips the gradient grows "
        f"{ratio(n['per_layer'])} per layer here (Yang et al. 2019)"
    ),
    "block_growth": lambda n: (
        f"h² grows {factor(n['measured'])} per block, not {n['naive']:.3g}: φ's outputs have a "
        "mean, and means add up"
    ),
    "skips_explode": lambda n: (
        f"skips alone do not cure depth: without norm or scale the signal grows "
        f"{times(n['signal'])} forward and the gradient {times(n['gradient'])} back"
    ),
    "critical_weights": lambda n: (
        f"at the edge of chaos σ_w² would be {n['least']:.0f} or more: here it is {n['now']:.3g}, "
        "and inits scaled by fan-in have at most 2"
    ),
}


def remark_text(remark: Folklore) -> str:
    """A piece of folklore set right."""
    return REMARKS[remark.code](remark.numbers)
