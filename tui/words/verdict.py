"""The verdict in sentences."""

from engine import Trace, Verdict
from engine.measure.meter import DEAD_ABOVE
from tui.words.numbers import amount, ratio, share, share_in_words

KIND_WORDS: dict[str, str] = {
    "healthy": "HEALTHY",
    "vanishing": "VANISHING",
    "exploding": "EXPLODING",
    "dead": "DEAD",
    "overflow": "OVERFLOW",
}

ONE_LAYER = "ONE LAYER"


def badge(trace: Trace, verdict: Verdict) -> str:
    """The verdict in a word or two."""
    if verdict.kind == "healthy" and trace.depth == 1:
        return ONE_LAYER
    return KIND_WORDS[verdict.kind]


def verdict_text(trace: Trace, verdict: Verdict) -> str:
    """The verdict's sentence, without its word."""
    return verdict_texts(trace, verdict)[0]


def verdict_texts(trace: Trace, verdict: Verdict) -> tuple[str, ...]:
    """The verdict's sentence, the longest wording first."""
    depth, closed = trace.depth, int(trace.closed.sum())
    if verdict.kind == "overflow":
        where = f"at layer {verdict.layer}" if verdict.layer else "in the loss"
        return (f"values stop being finite {where}: no gradient is left", f"not finite {where}")
    if verdict.kind == "dead":
        return _dead_texts(trace, verdict)
    if verdict.decades is None or verdict.factor_per_layer is None:
        if depth > 1:
            return _lost(trace, verdict)
        return "nothing lies between the first layer and the last", "it is first and last"
    step = f"{ratio(verdict.factor_per_layer)} a layer"
    whole = f"layer 1 gets {{}} layer {depth}'s gradient"
    plain = whole.format(share(verdict.decades))
    inner = ""
    if verdict.inner is not None:
        inner = f"; layer {verdict.inner.layer} even {share(verdict.inner.decades)} it"
    spoken = share_in_words(verdict.decades)
    brief = plain.replace(" gets ", ": ")
    texts = [f"{plain}{inner} · {step}", plain, brief]
    texts += [f"{step}, {amount(verdict.decades)} in all", step]
    if verdict.kind == "healthy" and not inner:
        texts.insert(0, f"{plain}: it reaches every layer")
    if closed:
        texts.insert(0, f"{plain}; {closed_text(closed, depth)}")
    elif spoken and not inner:
        texts.insert(0, f"{whole.format(f'{spoken} ({amount(verdict.decades)}) of')} · {step}")
    return tuple(texts)


def closed_text(closed: int, depth: int) -> str:
    """How many branches are multiplied by a learned 0."""
    which = "every branch" if closed >= depth - 1 else f"{closed} branches"
    return f"{which} still closed by a learned 0, which training opens"


def _lost(trace: Trace, verdict: Verdict) -> tuple[str, ...]:
    """Where the number format made a gradient 0."""
    dtype, depth, layer = trace.experiment.network.dtype, trace.depth, verdict.layer
    if trace.lost_signal.any():
        text = f"the signal falls below what {dtype} holds at layer {layer}"
        short = f"{dtype} loses the signal"
        return (
            f"{text}: no gradient comes back to layer 1",
            text,
            f"{short} at layer {layer}",
            short,
        )
    if verdict.bound is None:
        return (f"the loss leaves no gradient that {dtype} could hold",)
    below = f"layer 1 gets less than {amount(verdict.bound)} of layer {depth}'s gradient"
    short = f"less than {amount(verdict.bound)} of the gradient arrives"
    shortest = f"under {amount(verdict.bound)} arrives"
    whole = f"{below}: {dtype} holds nothing smaller from layer {layer} down"
    return whole, below, short, shortest


def _dead_texts(trace: Trace, verdict: Verdict) -> tuple[str, ...]:
    layer, count = verdict.layer or trace.depth, int(trace.dead.sum())
    share_dead = trace.dead_fraction[layer - 1]
    # a few units may be left that pass a gradient
    some_left = bool(((trace.dead_fraction > DEAD_ABOVE) & (trace.dead_fraction < 1)).any())
    what = "hardly anything" if some_left else "nothing"
    which = f"{count} layers learn {what}" if count > 1 else f"layer {layer} learns {what}"
    if count == trace.depth and count > 1 and not some_left:
        which = "no hidden layer learns anything"
    why = (
        f"{share_dead:.0%} of layer {layer}'s units have φ' = 0 on the whole batch"
        if share_dead > DEAD_ABOVE
        else "every gradient of its parameters is exactly 0"
        if count == 1
        else "every gradient of their parameters is exactly 0"
    )
    texts = [f"{which}: {why}", which]
    if trace.has_skip.any() and verdict.decades is not None:
        carried = f"the skips still carry {share(verdict.decades)} layer {trace.depth}'s gradient"
        texts.insert(0, f"{texts[0]}; {carried} to layer 1")
    return tuple(texts)


NOT_YET_LEARNING = "trains: a gradient that arrives is not yet learning"


def divergence_texts(trace: Trace) -> tuple[str, ...]:
    """Where training ended, the longest wording first; none while it has not."""
    end = trace.divergence
    if end is None or end.step == 0:
        # at step 0 the verdict says it already
        return ()
    return divergence_words(end.step, end.layer, trace.step)


def divergence_words(step: int, layer: int | None, shown: int) -> tuple[str, ...]:
    """At which step and in which layer training ended, and which step is shown."""
    ended = f"diverged at step {step}{f' in layer {layer}' if layer else ''}"
    return f"{ended}: step {shown} is shown", ended
