"""What was found in a log, in sentences."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

from tui.words.foreign import filled
from tui.words.language import _, later, n_
from tui.words.log_player import LATE
from tui.words.numbers import amount, share_of
from tui.words.run_log import broken_line_text

if TYPE_CHECKING:
    # words load no engine
    from engine.logs.findings import Finding

OVER = {
    "nonfinite": later("all values are finite again; the first that was not: step {since}"),
    "exactly_zero": later("no gradient is exactly 0 any more; the first was at step {since}"),
    "dead": later("no layer is dead any more; the first was at step {since}"),
    "changed": later("no layer is far from its running median any more; the first: step {since}"),
    "warning": later("the warning of step {since} is over"),
    "skipped": later("steps are no longer skipped; the first was step {since}"),
}
"""That what began at that step is over."""

PLAIN = {
    "no_g": later("no verdict: weight gradients cannot show vanishing: record g"),
    "began_anew": later("the run begins anew here"),
    "done": later("the run has ended"),
}


def layer_name(layer: int, names: Sequence[str]) -> str:
    """A layer's number, with its name where it has one."""
    name = names[layer - 1]
    template = _("layer {layer}") if name == str(layer) else _("layer {layer} ({name!s})")
    return filled(template, {"layer": layer, "name": name})


def finding_text(finding: Finding, names: Sequence[str]) -> str:
    """A finding in a log of layers with those names, without its step."""
    if finding.broken is not None:
        return broken_line_text(finding.broken)
    if finding.is_over:
        return _(OVER[finding.kind]).format(**finding.numbers)
    if finding.kind in ("vanishing", "exploding", "healthy"):
        return _verdict_text(finding, names)
    if finding.kind in PLAIN:
        return _wait_text(finding) if "waited" in finding.numbers else _(PLAIN[finding.kind])
    if finding.kind == "late" and finding.metric is not None:
        return LATE[finding.metric]
    where = "" if finding.layer is None else layer_name(finding.layer, names)
    return _TEXTS[finding.kind](finding, where)


def step_text(finding: Finding, names: Sequence[str]) -> str:
    """A finding with its step, if it has one."""
    text = finding_text(finding, names)
    if finding.step is None:
        return text
    return _("step {step:,}: {text}").format(step=finding.step, text=text)


def _wait_text(finding: Finding) -> str:
    template = _("nothing new for {waited:g} s: taken for the end of the run")
    return template.format(**finding.numbers)


def _verdict_text(finding: Finding, names: Sequence[str]) -> str:
    decades = finding.numbers.get("decades", math.nan)
    where = "" if finding.layer is None else layer_name(finding.layer, names)
    if math.isnan(decades):
        lost = _("the gradient vanishes: it is lost at {layer}").format(layer=where)
        return lost if where else _("healthy: there is no way between layers to judge")
    share = share_of(_("the last layer's gradient"), decades)
    if finding.kind == "healthy":
        return _("healthy: the first layer gets {share}").format(share=share)
    template = (
        _("the gradient vanishes: the first layer gets {share}; too small from {layer} down")
        if finding.kind == "vanishing"
        else _("the gradient explodes: the first layer gets {share}; too large from {layer} down")
    )
    return template.format(share=share, layer=where)


def _nonfinite(finding: Finding, where: str) -> str:
    template = (
        _("{metric} is not finite: first in {layer}") if where else _("{metric} is not finite")
    )
    return template.format(metric=finding.metric, layer=where)


def _zero(finding: Finding, where: str) -> str:
    layers = int(finding.numbers["layers"])
    return n_(
        "the gradient is exactly 0 in {layer}",
        "the gradient is exactly 0 in {layers} layers, of which {layer} is nearest the output",
        layers,
    ).format(layer=where, layers=layers)


def _dead(finding: Finding, where: str) -> str:
    layers = int(finding.numbers["layers"])
    return n_(
        "{layer} is dead",
        "{layers} layers are dead, of which {layer} is nearest the output",
        layers,
    ).format(layer=where, layers=layers)


def _changed(finding: Finding, where: str) -> str:
    layers = int(finding.numbers["layers"])
    share = share_of(_("its running median"), finding.numbers["decades"])
    return n_(
        "{metric} of {layer} is {share}",
        "{metric} is far from its running median in {layers} layers: of {layer} it is {share}",
        layers,
    ).format(metric=finding.metric, layer=where, layers=layers, share=share)


def _skipped(finding: Finding, where: str) -> str:
    if "scale" not in finding.numbers:
        return _("the step was skipped: the weights did not move")
    template = _("the step was skipped at a gradient scale of {scale:g}: the weights did not move")
    return template.format(**finding.numbers)


def _warning(finding: Finding, where: str) -> str:
    if finding.metric == "loss":
        template = _("divergence may be ahead: the smoothed loss is {amount} times its lowest")
        return template.format(amount=amount(finding.numbers["decades"]))
    template = _("divergence may be ahead: a step moves the weights by {move:.1%}, and that grows")
    return template.format(**finding.numbers)


_TEXTS = {
    "warning": _warning,
    "nonfinite": _nonfinite,
    "exactly_zero": _zero,
    "dead": _dead,
    "changed": _changed,
    "skipped": _skipped,
}
