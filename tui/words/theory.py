"""What theory says of a network, and how far it is from what was measured."""

import math

from engine import Trace
from engine.diagnosis.depth_scale import DepthScale
from engine.diagnosis.theory_gap import NOTABLE_GAP, Gap
from tui.words.numbers import ratio

SILENCE_WORDS: dict[str, str] = {
    "no_theory": "theory does not cover this network",
    "narrow": "theory is about wide networks: nothing to say below 16 units",
    "zeros": "all weights are 0: theory has nothing to say",
    "zero_branch": "every branch starts at 0: theory has nothing to say",
    "small_batch": "below 8 samples BatchNorm's gradients vary too much for an average to say much",
    "unlike_samples": "BatchNorm drives the samples' norms apart with this activation, and theory "
    "takes them for alike",
    "low_rank": "data of so few features keep samples alike, which BatchNorm's theory rules out",
    "norm_after_bias": "theory does not cover BatchNorm after φ with biases",
    "stream_mean": "theory does not cover BatchNorm where post-activation skips gather φ's mean",
    "deep_for_batch_init": "deeper than wide: theory does not follow an init scaled by its batch "
    "so far",
    "deep_for_norm": "theory does not follow post-activation skips with a norm through nets so "
    "deep for their width where φ has no mean",
    "saturated": "so few units pass a gradient that averages mean nothing: theory is silent",
    "trained": "theory is about fresh weights: nothing to say of a trained network",
}
"""Why there is no prediction, by the engine's code."""

GAP_WORDS: dict[str, str] = {
    "underflow": "{format} holds no smaller numbers",
    "narrow": "at this width and depth single draws scatter by {spread:.2g} (one standard "
    "deviation){typical}; B shows 16",
    "few_outputs": "with {outputs} outputs the loss's gradient may by chance hardly lie along the "
    "signal, and then grows little; B shows 16",
    "unknown_scatter": "how far single draws of this network scatter is not known; B shows 16",
    "large_batch": "the batch is not small against the width, which BatchNorm's theory assumes",
}

BASIS_WORDS: dict[str, str] = {
    "mean_field": "mean field",
    "finite_batch": "BatchNorm's mean field at this batch size",
    "closure": "mean field with the stream's mean, at this width",
}


SCALE_WORDS: dict[str, str] = {
    "ordered": "two inputs become alike, by a factor e over ξ = {xi} layers; Schoenholz et al. "
    "2017's rule of thumb for signals is a depth of 6 ξ = {reach}",
    "chaotic": "like inputs become unlike, by a factor e over ξ = {xi} layers; Schoenholz et al. "
    "2017's rule of thumb for signals is a depth of 6 ξ = {reach}",
    "edge": "at the edge of chaos no depth is too deep for the gradient's average over draws",
    "batch_norm": "|δ|² grows by a factor e over ξ = {xi} layers; Yang et al. 2019's rule of thumb "
    "for plain nets with BatchNorm is a depth of 16 ξ = {reach}",
}
"""What a depth scale is, by its basis."""


def scale_text(scale: DepthScale, factor_per_layer: float | None) -> str:
    """What theory and a rule of thumb say of depth, beside what was measured of the gradient."""
    said = SCALE_WORDS[scale.basis].format(
        xi=f"{scale.xi:.2g}" if scale.xi < 100 else f"{scale.xi:.0f}",
        reach="thousands of layers" if scale.reach > MANY_LAYERS else _layers(scale.reach),
    )
    if factor_per_layer is None:
        return said
    return f"{said}; measured here: the gradient changes {ratio(factor_per_layer)} per layer"


def _layers(count: float) -> str:
    return f"{count:.0f} layer{'' if round(count) == 1 else 's'}"


MANY_LAYERS = 1000


def theory_text(trace: Trace, gap: Gap | None) -> str:
    """How far theory and measurement part, and why where that is known."""
    prediction = trace.prediction
    if prediction.reason is not None:
        return SILENCE_WORDS[prediction.reason]
    if gap is None:
        return "no number to compare theory with"
    basis = BASIS_WORDS[prediction.basis]
    if abs(gap.decades) < NOTABLE_GAP:
        is_whole = (trace.output_grad_norm > 0).all()
        where = "in every layer" if is_whole else "where there is a gradient"
        told = f"{basis}: right to {max(abs(gap.decades), 0.01):.2f} decades {where}"
        scatter = f"{max(gap.spread, 0.01):.2f} (one standard deviation)"
        return f"{told}; single draws scatter by {scatter}" if gap.spread > 0 else told
    words = GAP_WORDS[gap.reason] if gap.reason else ""
    # theory gives the mean of squares, which few large draws make
    below = math.log(10) * gap.spread**2
    typical = f" round a typical one, {below:.1f} below theory's average" if below >= 0.1 else ""
    why = ": " * bool(words) + words.format(
        spread=gap.spread,
        typical=typical,
        format=trace.experiment.network.dtype,
        outputs=trace.experiment.outputs,
    )
    side = "above" if gap.decades > 0 else "below"
    apart = f"{abs(gap.decades):.1f} decades {side} at layer {gap.layer}"
    return f"{basis}: measured {apart}{why}"
