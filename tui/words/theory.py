"""What theory says of a network, and how far it is from what was measured."""

import math

from engine import Trace
from engine.diagnosis.depth_scale import DepthScale
from engine.diagnosis.theory_gap import NOTABLE_GAP, Gap
from tui.words.language import Translated, _, later, n_
from tui.words.numbers import ratio

SILENCE_WORDS = Translated(
    {
        "no_theory": later("theory does not cover this network"),
        "narrow": later("theory is about wide networks: nothing to say below 16 units"),
        "zeros": later("all weights are 0: theory has nothing to say"),
        "zero_branch": later("every branch starts at 0: theory has nothing to say"),
        "small_batch": later(
            "below 8 samples BatchNorm's gradients vary too much for an average to say much"
        ),
        "unlike_samples": later(
            "BatchNorm drives the samples' norms apart with this activation, and theory "
            "takes them for alike"
        ),
        "low_rank": later(
            "data of so few features keep samples alike, which BatchNorm's theory rules out"
        ),
        "norm_after_bias": later("theory does not cover BatchNorm after φ with biases"),
        "stream_mean": later(
            "theory does not cover BatchNorm where post-activation skips gather φ's mean"
        ),
        "deep_for_batch_init": later(
            "deeper than wide: theory does not follow an init scaled by its batch so far"
        ),
        "deep_for_norm": later(
            "theory does not follow post-activation skips with a norm through nets so "
            "deep for their width where φ has no mean"
        ),
        "saturated": later(
            "so few units pass a gradient that averages mean nothing: theory is silent"
        ),
        "unknown_network": later("theory is about networks whose settings are known"),
        "trained": later("theory is about fresh weights: nothing to say of a trained network"),
    }
)
"""Why there is no prediction, by the engine's code."""

GAP_WORDS = Translated(
    {
        "underflow": later("{format} holds no smaller numbers"),
        "narrow": later(
            "at this width and depth single draws scatter by {spread:.2g} (one standard "
            "deviation){typical}; B shows 16"
        ),
        "few_outputs": later(
            "with {outputs} outputs the loss's gradient may by chance hardly lie along the "
            "signal, and then grows little; B shows 16"
        ),
        "unknown_scatter": later(
            "how far single draws of this network scatter is not known; B shows 16"
        ),
        "large_batch": later(
            "the batch is not small against the width, which BatchNorm's theory assumes"
        ),
    }
)

BASIS_WORDS = Translated(
    {
        "mean_field": later("mean field"),
        "finite_batch": later("BatchNorm's mean field at this batch size"),
        "closure": later("mean field with the stream's mean, at this width"),
    }
)


SCALE_WORDS = Translated(
    {
        "ordered": later(
            "two inputs become alike, by a factor e over ξ = {xi} layers; Schoenholz et al. "
            "2017's rule of thumb for signals is a depth of 6 ξ = {reach}"
        ),
        "chaotic": later(
            "like inputs become unlike, by a factor e over ξ = {xi} layers; Schoenholz et al. "
            "2017's rule of thumb for signals is a depth of 6 ξ = {reach}"
        ),
        "edge": later(
            "at the edge of chaos no depth is too deep for the gradient's average over draws"
        ),
        "batch_norm": later(
            "|δ|² grows by a factor e over ξ = {xi} layers; Yang et al. 2019's rule of thumb "
            "for plain nets with BatchNorm is a depth of 16 ξ = {reach}"
        ),
    }
)
"""What a depth scale is, by its basis."""


def scale_text(scale: DepthScale, factor_per_layer: float | None) -> str:
    """What theory and a rule of thumb say of depth, beside what was measured of the gradient."""
    said = SCALE_WORDS[scale.basis].format(
        xi=f"{scale.xi:.2g}" if scale.xi < 100 else f"{scale.xi:.0f}",
        reach=_("thousands of layers") if scale.reach > MANY_LAYERS else _layers(scale.reach),
    )
    if factor_per_layer is None:
        return said
    template = _("{said}; measured here: the gradient changes {ratio} per layer")
    return template.format(said=said, ratio=ratio(factor_per_layer))


def _layers(count: float) -> str:
    whole = round(count)
    return n_("{count} layer", "{count} layers", whole).format(count=whole)


MANY_LAYERS = 1000


def theory_text(trace: Trace, gap: Gap | None) -> str:
    """How far theory and measurement part, and why where that is known."""
    prediction = trace.prediction
    if prediction.reason is not None:
        return SILENCE_WORDS[prediction.reason]
    if gap is None:
        return _("no number to compare theory with")
    basis = BASIS_WORDS[prediction.basis]
    if abs(gap.decades) < NOTABLE_GAP:
        is_whole = (trace.output_grad_norm > 0).all()
        everywhere, somewhere = (
            _("{basis}: right to {decades:.2f} decades in every layer"),
            _("{basis}: right to {decades:.2f} decades where there is a gradient"),
        )
        template = everywhere if is_whole else somewhere
        told = template.format(basis=basis, decades=max(abs(gap.decades), 0.01))
        if not gap.spread > 0:
            return told
        template = _("{told}; single draws scatter by {spread:.2f} (one standard deviation)")
        return template.format(told=told, spread=max(gap.spread, 0.01))
    apart = _apart(basis, gap)
    if not gap.reason:
        return apart
    # theory gives the mean of squares, which few large draws make
    below = math.log(10) * gap.spread**2
    typical = _(" round a typical one, {below:.1f} below theory's average").format(below=below)
    why = GAP_WORDS[gap.reason].format(
        spread=gap.spread,
        typical=typical if below >= 0.1 else "",
        format=trace.ours.network.dtype,
        outputs=trace.ours.outputs,
    )
    return _("{apart}: {why}").format(apart=apart, why=why)


def _apart(basis: str, gap: Gap) -> str:
    above, below = (
        _("{basis}: measured {decades:.1f} decades above at layer {layer}"),
        _("{basis}: measured {decades:.1f} decades below at layer {layer}"),
    )
    template = above if gap.decades > 0 else below
    return template.format(basis=basis, decades=abs(gap.decades), layer=gap.layer)
