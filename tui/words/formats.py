"""Number formats in words: where one runs out."""

import math

from engine.diagnosis.format_limits import IMPRECISE_ABOVE, Limit
from engine.diagnosis.stretches import Stretch
from engine.numerics.formats import NUMBER_FORMATS
from tui.words.layers import layer_name
from tui.words.numbers import amount

UNTRIED: dict[str, str] = {
    "trained": "number formats are tried at step 0 only",
    "too_large": "not tried: too large to run in every number format here",
}
"""Why nothing is known of them, by its code."""

_FORMATS = {entry.name: entry for entry in NUMBER_FORMATS}


def limit_text(limit: Limit, depth: int) -> str:
    """What a format does to the pass of a network of that depth, in a sentence."""
    parts, back, forward = [], limit.overflow_backward, limit.overflow_forward
    leaves_none = forward is not None and back == depth
    if forward is not None:
        text = f"signals overflow at {layer_name(forward)}"
        parts.append(f"{text}, which leaves no gradient" if leaves_none else text)
    if limit.imprecise is not None:
        text = f"rounding first moves δ by more than {IMPRECISE_ABOVE:.0%} at "
        text += layer_name(limit.imprecise)
        if not limit.flushed and limit.imprecise > 1 and math.isfinite(limit.error):
            digits = 0 if limit.error >= 0.1 else 1
            text += f", by {limit.error:.{digits}%} at {layer_name(1)}"
        parts.append(text)
    if limit.flushed:
        parts.append(f"more than half of δ is 0 in {_layers(limit.flushed)}")
    if back is not None and not leaves_none:
        parts.append(f"δ overflows on its way back at {layer_name(back)}")
    return f"{_name(limit)}: {'; '.join(parts)}"


def _name(limit: Limit) -> str:
    """The format, with its range where that was left."""
    entry = _FORMATS[limit.format]
    if not (limit.flushed or limit.overflow_forward or limit.overflow_backward):
        return limit.format
    low, high = amount(math.log10(2 * entry.flushed)), amount(math.log10(entry.huge))
    return f"{limit.format} ({low} to {high})"


def _layers(runs: tuple[Stretch, ...]) -> str:
    texts = [f"{run.first}-{run.last}" if run.last > run.first else str(run.first) for run in runs]
    kind = "layer" if len(runs) == 1 and runs[0].first == runs[0].last else "layers"
    return f"{kind} {' and '.join(texts)}"
