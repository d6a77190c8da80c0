"""The verdict and its cause, in sentences."""

import math

from engine import Trace, Verdict
from tui.words.chain import FAMILY_WORDS
from tui.words.numbers import factor, power

KIND_WORDS: dict[str, str] = {
    "healthy": "HEALTHY",
    "vanishing": "VANISHING",
    "exploding": "EXPLODING",
    "dead": "DEAD",
    "overflow": "OVERFLOW",
}


def verdict_text(trace: Trace, verdict: Verdict) -> str:
    """The verdict's sentence, without its word."""
    depth = trace.depth
    if verdict.kind == "overflow":
        where = f"at layer {verdict.layer}" if verdict.layer else "in the loss"
        return f"values stop being finite {where}: no gradient is left"
    if verdict.kind == "dead":
        return _dead_text(trace, verdict.layer or depth)
    if verdict.decades is None or verdict.factor_per_layer is None:
        return f"too few layers for a slope: depth {depth}, a verdict takes 3"
    step = f"×{factor(verdict.factor_per_layer)} per layer"
    if verdict.kind == "healthy" and abs(verdict.decades) < 0.05:
        return f"{step}: layer 1 gets as much as layer {depth}"
    return f"{step}: layer 1 gets about {power(verdict.decades)} of layer {depth}'s δ"


def verdict_short(trace: Trace, verdict: Verdict) -> str:
    """The verdict's numbers, where there is no room for its sentence."""
    if verdict.decades is not None and verdict.factor_per_layer is not None:
        return f"×{factor(verdict.factor_per_layer)} per layer, {power(verdict.decades)} in all"
    return f"from layer {verdict.layer}" if verdict.layer else verdict_text(trace, verdict)


def _dead_text(trace: Trace, layer: int) -> str:
    if trace.experiment.network.residual_scale == "rezero" and trace.step == 0:
        return "every branch starts at 0: the gradient takes the skips alone"
    if trace.delta_norm[layer - 1] != 0:
        share = trace.dead_fraction[layer - 1]
        return f"{share:.0%} of the units of layer {layer} have φ' = 0 on the whole batch"
    if trace.first_underflow_layer is not None:
        return (
            f"δ is 0 from layer {layer} down: "
            f"{trace.experiment.network.dtype} underflows at {trace.first_underflow_layer}"
        )
    return f"δ is exactly 0 at layer {layer}: nothing below it learns"


WHY = "why"

_EXPLAINED: dict[str, str] = {
    "norm": ", which divides by the spread that the weights made",
    "skip": ": each adds its branch's gradient",
}
"""What is said of a family as a cause, where there is room."""


def cause_short(verdict: Verdict) -> str:
    """Which factor is guilty, in a word or two; empty where nothing is."""
    if not verdict.cause:
        return ""
    article = "" if verdict.cause == "activation" else "the "
    return f"mostly {article}{FAMILY_WORDS[verdict.cause]}"


def _overflow_text(trace: Trace) -> str:
    """How fast the signals grow towards the layer where they overflow."""
    signals = trace.activation_rms
    usable = signals[(signals > 0) & (signals < math.inf)]
    if len(usable) < 3:
        return ""
    step = (usable[-1] / usable[0]) ** (1 / (len(usable) - 1))
    if step <= 1.05:
        return ""
    return f"signals grow ×{factor(float(step))} per layer on their way to the output"


def cause_text(trace: Trace, verdict: Verdict) -> str:
    """Which factor is guilty, in a sentence; empty where nothing is."""
    if verdict.kind == "overflow":
        return _overflow_text(trace)
    if verdict.cause is None or verdict.factor_per_layer is None:
        return ""

    network = trace.experiment.network
    verb = "shrink" if verdict.kind == "vanishing" else "grow"
    text = cause_short(verdict) + _EXPLAINED.get(verdict.cause, "")
    if verdict.cause == "activation" and verb == "shrink":
        bound = network.phi.bound
        if bound < 1:
            return f"{text}: {network.activation}' never exceeds {bound:g}"
        return (
            text if network.norm != "none" else f"{text}, which {network.init} does not make up for"
        )
    if verdict.cause == "weight":
        how = "small" if verb == "shrink" else "large"
        who = network.init if network.gain == 1 else f"{network.init} with gain {network.gain:.3g}"
        return f"{text}: {who} makes them too {how} for this network"
    return text


def divergence_text(trace: Trace) -> str:
    """Where training ended, in a sentence; empty while it has not."""
    end = trace.divergence
    if end is None or end.step == 0:
        # at step 0 the verdict says it already
        return ""
    return divergence_words(end.step, end.layer, trace.step)


def divergence_words(step: int, layer: int | None, shown: int) -> str:
    """At which step and in which layer training ended, and which step is shown."""
    where = f" in layer {layer}" if layer else ""
    return f"diverged at step {step}{where}: this is the last finite pass, of step {shown}"
