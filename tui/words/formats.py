"""Number formats in words: where one runs out."""

import math

from engine.diagnosis.format_limits import IMPRECISE_ABOVE, Limit
from engine.diagnosis.stretches import Stretch
from engine.numerics.formats import NUMBER_FORMATS
from tui.words.language import Translated, _, later
from tui.words.layers import layer_name
from tui.words.numbers import amount

UNTRIED = Translated(
    {
        "trained": later("number formats are tried at step 0 only"),
        "too_large": later("not tried: too large to run in every number format here"),
    }
)
"""Why nothing is known of them, by its code."""

_FORMATS = {entry.name: entry for entry in NUMBER_FORMATS}


def limit_text(limit: Limit, depth: int) -> str:
    """What a format does to the pass of a network of that depth, in a sentence."""
    parts, back, forward = [], limit.overflow_backward, limit.overflow_forward
    leaves_none = forward is not None and back == depth
    if forward is not None:
        template = (
            _("signals overflow at {layer}, which leaves no gradient")
            if leaves_none
            else _("signals overflow at {layer}")
        )
        parts.append(template.format(layer=layer_name(forward)))
    if limit.imprecise is not None:
        parts.append(_imprecise(limit, limit.imprecise))
    if limit.flushed:
        text = _("more than half of δ is 0 in {layers}")
        parts.append(text.format(layers=_layers(limit.flushed)))
    if back is not None and not leaves_none:
        text = _("δ overflows on its way back at {layer}")
        parts.append(text.format(layer=layer_name(back)))
    joint = _("; ")
    return _("{format}: {what}").format(format=_name(limit), what=joint.join(parts))


def _imprecise(limit: Limit, first: int) -> str:
    """In which layer rounding shows first, and what it comes to in layer 1."""
    least = f"{IMPRECISE_ABOVE:.0%}"
    if limit.flushed or first == 1 or not math.isfinite(limit.error):
        text = _("rounding first moves δ by more than {least} at {layer}")
        return text.format(least=least, layer=layer_name(first))
    error = f"{limit.error:.{0 if limit.error >= 0.1 else 1}%}"
    text = _("rounding first moves δ by more than {least} at {layer}, by {error} at {first}")
    return text.format(least=least, layer=layer_name(first), error=error, first=layer_name(1))


def _name(limit: Limit) -> str:
    """The format, with its range where that was left."""
    entry = _FORMATS[limit.format]
    if not (limit.flushed or limit.overflow_forward or limit.overflow_backward):
        return limit.format
    low, high = amount(math.log10(2 * entry.flushed)), amount(math.log10(entry.huge))
    return _("{format} ({low} to {high})").format(format=limit.format, low=low, high=high)


def _layers(runs: tuple[Stretch, ...]) -> str:
    texts = [f"{run.first}-{run.last}" if run.last > run.first else str(run.first) for run in runs]
    is_one = len(runs) == 1 and runs[0].first == runs[0].last
    template = _("layer {layers}") if is_one else _("layers {layers}")
    return template.format(layers=_(" and ").join(texts))
