"""What the doctor says of a log."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.words.causes import cause_texts
from tui.words.findings import layer_name
from tui.words.foreign import filled
from tui.words.language import _, later
from tui.words.log_player import format_name
from tui.words.run_log import LEFT_OUT
from tui.words.verdict import judged_text

if TYPE_CHECKING:
    from engine.logs.examination import Examination

MISSING = {
    "steps": later(
        "read were {read:,} steps, evenly spread: what began and ended between two of them is not"
        " seen, and a warning is one over these steps"
    ),
    "g": later(
        "no step has g = dL/dh for all layers: weight gradients cannot show vanishing: record g"
    ),
    "layers": later("no gradients of layers are in the log, so nothing is told of them"),
    "keys": later(
        "of other keys, among them {keys!s}, nobody here knows what they say: if they hold gradient"
        " norms of layers, say it with --pattern KEY"
    ),
    "factors": later(
        "the layers' factors are not in the log: it cannot tell why a gradient vanishes or explodes"
    ),
    "experiment": later(
        "nothing is known of the network itself: no theory, and no remedy that was tried"
    ),
    "order": later("the order of the layers is guessed from their names: say it with --order FILE"),
}
"""What a log lacks, and so cannot tell."""

MORE = later("and {count:,} findings more")


def heading(found: Examination, name: str) -> str:
    """What was read."""
    template = _(
        "{name!s} ({format}): layers: {layers:,}; logged steps: {steps:,}, from {first:,} to"
        " {last:,}"
    )
    details = {
        "name": name,
        "format": format_name(found.format),
        "layers": len(found.header.layers),
    }
    numbers = {"steps": found.steps, "first": found.first, "last": found.last}
    text = filled(template, {**details, **numbers})
    if found.left_out:
        text += _(LEFT_OUT).format(count=found.left_out)
    return text


def verdict_line(found: Examination) -> str:
    """The last verdict, how old it is, where it begins and why."""
    trace, verdict = found.trace, found.verdict
    if trace is None:
        return _("no verdict")
    texts = [judged_text(trace, verdict)]
    if found.first_bad_layer is not None and verdict.decades is not None:
        layer = layer_name(found.first_bad_layer, found.header.layers)
        texts.append(_("from {layer} down").format(layer=layer))
    texts += cause_texts(trace, verdict)[:1] if verdict.cause is not None else []
    text = _("; ").join(texts)
    return _("step {step:,}, the last with g: {text}").format(step=trace.step, text=text)


def missing_text(code: str, found: Examination) -> str:
    """What a log lacks, of that code."""
    return filled(_(MISSING[code]), {"read": found.read, "keys": ", ".join(found.unknown_keys)})
