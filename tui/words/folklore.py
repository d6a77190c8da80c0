"""Pieces of folklore set right, by the engine's codes and numbers."""

from collections.abc import Callable, Mapping

from engine.diagnosis.folklore import Folklore
from tui.words.language import _
from tui.words.numbers import amount, factor, power_of, ratio, share_of, times

REMARKS: dict[str, Callable[[Mapping[str, float]], str]] = {
    "bound_power": lambda n: _(
        "{power} = {folklore} is the most that φ' could leave, not what arrives: φ' does "
        "×{phi} a layer here, all factors ×{per_layer}, which makes {measured}"
    ).format(
        power=power_of(n["bound"], int(n["steps"])),
        folklore=amount(n["folklore"]),
        phi=factor(n["phi"]),
        per_layer=factor(n["per_layer"]),
        measured=amount(n["measured"]),
    ),
    "flat_weight_gradients": lambda n: _(
        "|∂L/∂W| is near {level} in all of layers 2-{depth} and hides that δ at layer 2 is "
        "{share}: the activations change by as much the other way"
    ).format(
        level=amount(n["level"]),
        depth=f"{n['depth']:.0f}",
        share=share_of(_("layer {layer}'s").format(layer=f"{n['depth']:.0f}"), n["delta"]),
    ),
    "norm_explodes": lambda n: _(
        "BatchNorm does not cure depth: without skips the gradient grows {ratio} per layer here "
        "(Yang et al. 2019)"
    ).format(ratio=ratio(n["per_layer"])),
    "block_growth": lambda n: _(
        "h² grows {measured} per block, not {naive}: φ's outputs have a mean, and means add up"
    ).format(measured=factor(n["measured"]), naive=f"{n['naive']:.3g}"),
    "skips_explode": lambda n: _(
        "skips alone do not cure depth: without norm or scale the signal grows {signal} forward "
        "and the gradient {gradient} back"
    ).format(signal=times(n["signal"]), gradient=times(n["gradient"])),
    "critical_weights": lambda n: _(
        "at the edge of chaos σ_w² would be {least} or more: here it is {now}, and inits scaled "
        "by fan-in have at most 2"
    ).format(least=f"{n['least']:.0f}", now=f"{n['now']:.3g}"),
}


def remark_text(remark: Folklore) -> str:
    """A piece of folklore set right."""
    return REMARKS[remark.code](remark.numbers)
