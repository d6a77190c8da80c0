"""A finding in a log as JSON has it, for whoever watches it and for the doctor."""

from collections.abc import Sequence
from typing import Any

from engine.logs.findings import Finding
from tui.words.findings import finding_text
from tui.words.language import ENGLISH, speaking


@speaking(ENGLISH)
def finding_values(finding: Finding, names: Sequence[str]) -> dict[str, Any]:
    """Its fields, with the layer's name and all of it in words."""
    return {
        "kind": finding.kind,
        "over": finding.is_over,
        "step": finding.step,
        "layer": finding.layer,
        "layer_name": None if finding.layer is None else names[finding.layer - 1],
        "metric": finding.metric,
        "numbers": dict(finding.numbers),
        "text": finding_text(finding, names),
    }
