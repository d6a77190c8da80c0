"""What makes the gradient vanish or explode, in sentences."""

import math
from collections.abc import Callable

from engine import Trace, Verdict
from engine.catalogue.wirings import RESIDUAL_SCALES
from engine.diagnosis.causes import Share, per_layer, shares
from tui.words.numbers import amount, ratio, share

WHY = "because"

_SUBJECTS: dict[str, str] = {
    "scale": "the residual scale",
    "activation": "φ'",
    "norm": "the norm",
    "weight": "W",
    "skip": "the skip",
}

_WITHOUT: dict[str, str] = {
    "activation": "with {value} instead",
    "init": "with {value}",
    "norm": "without it",
    "residual": "without it",
    "residual_scale": "with scale {value}",
}
"""How a family is taken out, by the setting that does it."""

_UNTRIED: dict[str, str] = {
    "trained": "a trained network is not taken apart",
    "too_large": "too large to try without it",
}
"""Why a family was not taken out, by the engine's code."""

NOTHING_TO_BLAME = "no factor can be blamed where the gradient is 0"

WORTH_ITS_FACTOR = 1 / 3
"""A family's factor is told if it alone makes so much of the verdict."""

_SATURATED_FROM = 0.05
"""From this share on saturation is worth a word, and the bound of phi' explains nothing."""


def cause_texts(trace: Trace, verdict: Verdict) -> tuple[str, ...]:
    """Which factor is guilty, the longest wording first; () where nothing is."""
    if verdict.kind == "overflow":
        return _overflow_texts(trace)
    found, cause = verdict.confirmation, verdict.cause
    shrinks = verdict.kind == "vanishing"
    if cause is None:
        if shrinks and verdict.decades is None:
            return (NOTHING_TO_BLAME,)
        return () if found is None else _opposing_texts(found.opposing, shrinks)
    who, (size, detail) = _SUBJECTS[cause], _detail(trace, verdict, cause)
    short = f"of {who}"
    untried = "trained" if trace.step > 0 else None if found is None else found.untried
    if found is None and untried is None:
        return tuple(dict.fromkeys((f"{short}{detail}", short)))
    if found is None or found.left is None:
        short = f"mostly {short}, by the factors' shares"
        why = f" ({_UNTRIED[str(untried)]})"
        told = f"{short}{why}"
        return tuple(dict.fromkeys((f"{told}{size}{detail}", told, short, f"mostly of {who}")))
    out = _WITHOUT[str(found.setting)].format(value=found.value)
    left = f"{out}, layer 1 gets {share(found.left)} layer {trace.depth}'s"
    told = f"{short}{size}{detail}"
    texts = f"{told}; {left}", told, f"{short}{detail}", f"{short}{size}", short
    return tuple(dict.fromkeys(texts))


def _detail(trace: Trace, verdict: Verdict, family: str) -> tuple[str, str]:
    """The family's factor on average where it explains the verdict, and what goes with it."""
    typical, has_skip = per_layer(trace, family), bool(trace.has_skip[1:].any())
    own_share, shrinks = shares(trace).get(family, 0.0), verdict.kind == "vanishing"
    if not verdict.decades or not own_share / verdict.decades >= WORTH_ITS_FACTOR:
        return "", ""
    network = trace.experiment.network
    kept = RESIDUAL_SCALES[network.residual_scale].skip(trace.depth)
    scaled = f"{_KEPT.get(network.residual_scale, ratio(kept))} on the skip" if kept != 1 else ""
    if family == "skip":
        by = f"{scaled}, {ratio(typical / kept)} by adding the branch" if scaled else _ADDS[shrinks]
        return f": {ratio(typical)} on average", f", {by}"
    own = _OWN[family](trace, shrinks) if family in _OWN else ""
    also = f", {scaled}" if scaled and shrinks else ""
    return f": {ratio(typical)} on average{' in a branch' if has_skip else ''}", own + also


_KEPT: dict[str, str] = {"sqrt_two": "1/sqrt 2"}
"""A residual scale's factor of the skip, where people write it better than as a number."""

_ADDS = {True: "the branch takes from what it carries", False: "the branch adds to what it carries"}
"""What a branch does whose skip has no scale, by whether the gradient shrinks."""


def _activation(trace: Trace, shrinks: bool) -> str:
    """Saturated units, or else the bound of phi'."""
    saturated, network = float(trace.saturated_fraction[1:].mean()), trace.experiment.network
    bound = network.phi.bound
    if saturated >= _SATURATED_FROM:
        return f", {saturated:.0%} of it saturated"
    return f" ({network.activation}' ≤ {bound:.3g})" if shrinks and bound < 1 else ""


def _weight(trace: Trace, shrinks: bool) -> str:
    """The init that made the weights, unless they have been trained since."""
    if trace.step > 0:
        return ""
    network = trace.experiment.network
    gain = "" if network.gain == 1 else f", gain {network.gain:.3g}"
    return f" ({network.init}{gain})"


_OWN: dict[str, Callable[[Trace, bool], str]] = {"activation": _activation, "weight": _weight}
"""What is told of a family beside its factor."""


def _opposing_texts(pair: tuple[Share, Share] | None, shrinks: bool) -> tuple[str, ...]:
    """That no factor is the cause, and which two are at odds."""
    short = "of no factor alone"
    if pair is None:
        return f"{short}: whichever is taken out, more than half of it is left", short
    (first, most), (second, back) = pair
    does, undoes = ("shrinks", "gives") if shrinks else ("grows", "takes")
    text = (
        f"{short}: {_SUBJECTS[first]} {does} it by {amount(most)}, "
        f"{_SUBJECTS[second]} {undoes} {amount(back)} back"
    )
    return text, short


def _overflow_texts(trace: Trace) -> tuple[str, ...]:
    """How fast the signals grow towards the layer where they overflow."""
    signals = trace.activation_rms
    usable = signals[(signals > 0) & (signals < math.inf)]
    if len(usable) < 3:
        return ()
    step = float((usable[-1] / usable[0]) ** (1 / (len(usable) - 1)))
    if step <= 1.05:
        return ()
    return (f"signals grow {ratio(step)} a layer on their way to the output",)
