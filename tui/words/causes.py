"""What makes the gradient vanish or explode, in sentences."""

import math
from collections.abc import Callable

from engine import Trace, Verdict
from engine.catalogue.wirings import RESIDUAL_SCALES
from engine.diagnosis.causes import Share, per_layer, shares
from tui.words.language import Translated, _, later
from tui.words.numbers import amount, ratio, share_of

WHY = later("because")
"""The label of a cause."""

_SUBJECTS = Translated(
    {
        "scale": later("the residual scale"),
        "activation": "φ'",
        "norm": later("the norm"),
        "weight": "W",
        "skip": later("the skip"),
    }
)

_WITHOUT = Translated(
    {
        "activation": later("with {value} instead"),
        "init": later("with {value}"),
        "norm": later("without it"),
        "residual": later("without it"),
        "residual_scale": later("with scale {value}"),
    }
)
"""How a family is taken out, by the setting that does it."""

_UNTRIED = Translated(
    {
        "trained": later("a trained network is not taken apart"),
        "too_large": later("too large to try without it"),
    }
)
"""Why a family was not taken out, by the engine's code."""

NOTHING_TO_BLAME = later("no factor can be blamed where the gradient is 0")

WORTH_ITS_FACTOR = 1 / 3
"""A family's factor is told if it alone makes so much of the verdict."""

_SATURATED_FROM = 0.05
"""From this share on saturation is worth a word, and the bound of phi' explains nothing."""


def because(cause: str) -> str:
    """A cause in a line of its own."""
    return because_part() + cause


def because_part() -> str:
    """What a cause is introduced with."""
    return _("because ")


def cause_texts(trace: Trace, verdict: Verdict) -> tuple[str, ...]:
    """Which factor is guilty, the longest wording first; () where nothing is."""
    if verdict.kind == "overflow":
        return _overflow_texts(trace)
    found, cause = verdict.confirmation, verdict.cause
    shrinks = verdict.kind == "vanishing"
    if cause is None:
        if shrinks and verdict.decades is None:
            return (_(NOTHING_TO_BLAME),)
        return () if found is None else _opposing_texts(found.opposing, shrinks)
    who, (size, detail) = _SUBJECTS[cause], _detail(trace, verdict, cause)
    short = _("of {cause}").format(cause=who)
    untried = "trained" if trace.step > 0 else None if found is None else found.untried
    if found is None and untried is None:
        return tuple(dict.fromkeys((f"{short}{detail}", short)))
    if found is None or found.left is None:
        short = _("mostly of {cause}, by the factors' shares").format(cause=who)
        told = _("{cause} ({why})").format(cause=short, why=_UNTRIED[str(untried)])
        shortest = _("mostly of {cause}").format(cause=who)
        return tuple(dict.fromkeys((f"{told}{size}{detail}", told, short, shortest)))
    told = f"{short}{size}{detail}"
    whole = _("{cause}; {without}, layer 1 gets {share}").format(
        cause=told,
        without=_WITHOUT[str(found.setting)].format(value=found.value),
        share=share_of(_("layer {layer}'s").format(layer=trace.depth), found.left),
    )
    return tuple(dict.fromkeys((whole, told, f"{short}{detail}", f"{short}{size}", short)))


def _detail(trace: Trace, verdict: Verdict, family: str) -> tuple[str, str]:
    """The family's factor on average where it explains the verdict, and what goes with it."""
    typical, has_skip = per_layer(trace, family), bool(trace.has_skip[1:].any())
    own_share, shrinks = shares(trace).get(family, 0.0), verdict.kind == "vanishing"
    if not verdict.decades or not own_share / verdict.decades >= WORTH_ITS_FACTOR:
        return "", ""
    on_average = _(": {ratio} on average").format(ratio=ratio(typical))
    if trace.experiment is None:
        return on_average, ""
    network = trace.experiment.network
    kept = RESIDUAL_SCALES[network.residual_scale].skip(trace.depth)
    scale = _KEPT.get(network.residual_scale, ratio(kept))
    if family == "skip" and kept != 1:
        template = _(", {scale} on the skip, {ratio} by adding the branch")
        return on_average, template.format(scale=scale, ratio=ratio(typical / kept))
    if family == "skip":
        return on_average, _ADDS[shrinks]
    if has_skip:
        on_average = _(": {ratio} on average in a branch").format(ratio=ratio(typical))
    own = _OWN[family](trace, shrinks) if family in _OWN else ""
    also = _(", {scale} on the skip").format(scale=scale) if kept != 1 and shrinks else ""
    return on_average, own + also


_KEPT: dict[str, str] = {"sqrt_two": "1/sqrt 2"}
"""A residual scale's factor of the skip, where people write it better than as a number."""

_ADDS = Translated(
    {
        True: later(", the branch takes from what it carries"),
        False: later(", the branch adds to what it carries"),
    }
)
"""What a branch does whose skip has no scale, by whether the gradient shrinks."""


def _activation(trace: Trace, shrinks: bool) -> str:
    """Saturated units, or else the bound of phi'."""
    saturated, network = float(trace.saturated_fraction[1:].mean()), trace.ours.network
    bound = network.phi.bound
    if saturated >= _SATURATED_FROM:
        return _(", {share} of it saturated").format(share=f"{saturated:.0%}")
    if not shrinks or bound >= 1:
        return ""
    return _(" ({activation}' ≤ {bound})").format(
        activation=network.activation, bound=f"{bound:.3g}"
    )


def _weight(trace: Trace, shrinks: bool) -> str:
    """The init that made the weights, unless they have been trained since."""
    if trace.step > 0:
        return ""
    network = trace.ours.network
    if network.gain == 1:
        return _(" ({init})").format(init=network.init)
    return _(" ({init}, gain {gain})").format(init=network.init, gain=f"{network.gain:.3g}")


_OWN: dict[str, Callable[[Trace, bool], str]] = {"activation": _activation, "weight": _weight}
"""What is told of a family beside its factor."""


def _opposing_texts(pair: tuple[Share, Share] | None, shrinks: bool) -> tuple[str, ...]:
    """That no factor is the cause, and which two are at odds."""
    short = _("of no factor alone")
    if pair is None:
        return _("{cause}: whichever is taken out, more than half of it is left").format(
            cause=short
        ), short
    (first, most), (second, back) = pair
    template = (
        _("{cause}: {first} shrinks it by {most}, {second} gives {back} back")
        if shrinks
        else _("{cause}: {first} grows it by {most}, {second} takes {back} back")
    )
    text = template.format(
        cause=short,
        first=_SUBJECTS[first],
        most=amount(most),
        second=_SUBJECTS[second],
        back=amount(back),
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
    template = _("signals grow {ratio} a layer on their way to the output")
    return (template.format(ratio=ratio(step)),)
