"""The verdict in sentences."""

import math

from engine import Trace, Verdict
from engine.measure.meter import DEAD_ABOVE
from tui.words.labels import titled
from tui.words.language import Translated, _, each, later, n_
from tui.words.log_player import NO_LAYERS, NO_VERDICT, RECORD_G
from tui.words.numbers import amount, ratio, share_in_words, share_of

KIND_WORDS = Translated(
    {
        "healthy": later("HEALTHY"),
        "vanishing": later("VANISHING"),
        "exploding": later("EXPLODING"),
        "dead": later("DEAD"),
        "overflow": later("OVERFLOW"),
        "unknown": NO_VERDICT,
    }
)


def badge(trace: Trace, verdict: Verdict) -> str:
    """The verdict in a word or two."""
    if verdict.kind == "healthy" and trace.depth == 1:
        return _("ONE LAYER")
    return KIND_WORDS[verdict.kind]


def judged_text(trace: Trace, verdict: Verdict) -> str:
    """The verdict's word and its sentence."""
    return titled(badge(trace, verdict), verdict_text(trace, verdict))


def verdict_text(trace: Trace, verdict: Verdict) -> str:
    """The verdict's sentence, without its word."""
    return verdict_texts(trace, verdict)[0]


def verdict_texts(trace: Trace, verdict: Verdict) -> tuple[str, ...]:
    """The verdict's sentence, the longest wording first."""
    depth, closed = trace.depth, int(trace.closed.sum())
    if verdict.kind == "unknown":
        return each(NO_LAYERS if "weight_grad_norm" in trace.absent else RECORD_G)
    if verdict.kind == "overflow":
        # a log may hold a loss that overflowed by itself
        has_gradient = all(map(math.isfinite, trace.output_grad_norm))
        return _overflow_texts(verdict.layer)[has_gradient:]
    if verdict.kind == "dead":
        return _dead_texts(trace, verdict)
    if verdict.decades is None or verdict.factor_per_layer is None:
        if depth > 1:
            return _lost(trace, verdict)
        return (
            _("nothing lies between the first layer and the last"),
            _("it is first and last"),
        )
    decades, step = (
        verdict.decades,
        _("{ratio} a layer").format(ratio=ratio(verdict.factor_per_layer)),
    )
    share = share_of(_("layer {layer}'s gradient").format(layer=depth), decades)
    plain = _("layer 1 gets {share}").format(share=share)
    inner = ""
    if verdict.inner is not None:
        inner = _("; layer {layer} even {share}").format(
            layer=verdict.inner.layer, share=share_of(_("it"), verdict.inner.decades)
        )
    texts = [f"{plain}{inner} · {step}", plain, _("layer 1: {share}").format(share=share)]
    texts += [_("{step}, {amount} in all").format(step=step, amount=amount(decades)), step]
    if verdict.kind == "healthy" and not inner:
        texts.insert(0, _("{verdict}: it reaches every layer").format(verdict=plain))
    spoken = share_in_words(decades)
    if closed:
        with_closed = _("{verdict}; {closed}")
        texts.insert(0, with_closed.format(verdict=plain, closed=closed_text(closed, depth)))
    elif spoken and not inner:
        in_words = _("layer 1 gets {words} ({amount}) of layer {layer}'s gradient").format(
            words=spoken, amount=amount(decades), layer=depth
        )
        texts.insert(0, f"{in_words} · {step}")
    return tuple(texts)


def _overflow_texts(layer: int | None) -> tuple[str, ...]:
    if not layer:
        return (
            _("values stop being finite in the loss: no gradient is left"),
            _("not finite in the loss"),
        )
    return (
        _("values stop being finite at layer {layer}: no gradient is left").format(layer=layer),
        _("not finite at layer {layer}").format(layer=layer),
    )


def closed_text(closed: int, depth: int) -> str:
    """How many branches are multiplied by a learned 0."""
    if closed >= depth - 1:
        return _("every branch still closed by a learned 0, which training opens")
    template = _("{count} branches still closed by a learned 0, which training opens")
    return template.format(count=closed)


def _lost(trace: Trace, verdict: Verdict) -> tuple[str, ...]:
    """Where a gradient is 0, as the number format made it if that is known."""
    depth, layer, ours = trace.depth, verdict.layer, trace.experiment
    dtype = _("the number format") if ours is None else ours.network.dtype
    if trace.lost_signal.any():
        texts = [
            _(
                "the signal falls below what {format} holds at layer {layer}: "
                "no gradient comes back to layer 1"
            ),
            _("the signal falls below what {format} holds at layer {layer}"),
            _("{format} loses the signal at layer {layer}"),
            _("{format} loses the signal"),
        ]
        return tuple(text.format(format=dtype, layer=layer) for text in texts)
    if "lost_gradient" in trace.absent:
        # of a log: a dead layer's looks the same
        texts = [
            _("the gradient is exactly 0 at layer {layer}; the log does not say why"),
            _("the gradient is exactly 0 at layer {layer}"),
            _("exactly 0 at layer {layer}"),
        ]
        return tuple(text.format(layer=layer) for text in texts)
    if verdict.bound is None:
        return (_("the loss leaves no gradient that {format} could hold").format(format=dtype),)
    bound = amount(verdict.bound)
    texts = [
        _(
            "layer 1 gets less than {bound} of layer {depth}'s gradient: "
            "{format} holds nothing smaller from layer {layer} down"
        ),
        _("layer 1 gets less than {bound} of layer {depth}'s gradient"),
        _("less than {bound} of the gradient arrives"),
        _("under {bound} arrives"),
    ]
    return tuple(t.format(bound=bound, depth=depth, format=dtype, layer=layer) for t in texts)


def _dead_texts(trace: Trace, verdict: Verdict) -> tuple[str, ...]:
    layer, count = verdict.layer or trace.depth, int(trace.dead.sum())
    share_dead = trace.dead_fraction[layer - 1]
    # a few units may be left that pass a gradient
    some_left = bool(((trace.dead_fraction > DEAD_ABOVE) & (trace.dead_fraction < 1)).any())
    if count == trace.depth and count > 1 and not some_left:
        which = _("no hidden layer learns anything")
    elif some_left:
        one, several = (
            _("layer {layer} learns hardly anything"),
            _("{count} layers learn hardly anything"),
        )
        which = several if count > 1 else one
    else:
        one, several = _("layer {layer} learns nothing"), _("{count} layers learn nothing")
        which = several if count > 1 else one
    which = which.format(layer=layer, count=count)
    why = (
        _("{share:.0%} of layer {layer}'s units have φ' = 0 on the whole batch")
        if share_dead > DEAD_ABOVE
        else n_(
            "every gradient of its parameters is exactly 0",
            "every gradient of their parameters is exactly 0",
            count,
        )
    ).format(share=share_dead, layer=layer)
    texts = [_("{which}: {why}").format(which=which, why=why), which]
    if trace.has_skip.any() and verdict.decades is not None:
        share = share_of(_("layer {layer}'s gradient").format(layer=trace.depth), verdict.decades)
        carried = _("{dead}; the skips still carry {share} to layer 1")
        texts.insert(0, carried.format(dead=texts[0], share=share))
    return tuple(texts)


NOT_YET_LEARNING = later("trains: a gradient that arrives is not yet learning")


def divergence_texts(trace: Trace) -> tuple[str, ...]:
    """Where training ended, the longest wording first; none while it has not."""
    end = trace.divergence
    if end is None or end.step == 0:
        # at step 0 the verdict says it already
        return ()
    return divergence_words(end.step, end.layer, trace.step)


def divergence_words(step: int, layer: int | None, shown: int) -> tuple[str, ...]:
    """At which step and in which layer training ended, and which step is shown."""
    ended = _("diverged at step {step} in layer {layer}") if layer else _("diverged at step {step}")
    ended = ended.format(step=step, layer=layer)
    return _("{ended}: step {shown} is shown").format(ended=ended, shown=shown), ended
