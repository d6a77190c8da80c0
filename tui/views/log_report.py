"""The doctor's report on a log: what was found over all its steps, and what it cannot tell."""

from typing import Any

from engine.logs.examination import Examination
from tui.style.glyphs import Glyphs
from tui.style.wrapping import wrapped
from tui.views import json_values
from tui.views.findings_json import finding_values
from tui.words.findings import step_text
from tui.words.language import ENGLISH, _, speaking
from tui.words.log_report import MORE, heading, missing_text, verdict_line

SHOWN = 20
"""Findings that are told in text, of more the first ones."""


def lines(found: Examination, name: str) -> list[str]:
    """The report, a paragraph a line."""
    names = found.header.layers
    told = [step_text(each, names) for each in found.findings[:SHOWN]]
    left = len(found.findings) - len(told)
    more = [_(MORE).format(count=left)] if left else []
    missing = [missing_text(code, found) for code in found.missing]
    return [heading(found, name), verdict_line(found), *told, *more, *missing]


def to_text(found: Examination, name: str, width: int, glyphs: Glyphs) -> str:
    """The report as lines of at most `width`."""
    return "\n".join(
        line for text in lines(found, name) for line in wrapped(glyphs.spell(text), width)
    )


@speaking(ENGLISH)
def to_json(found: Examination) -> str:
    """The same in numbers and words."""
    names = found.header.layers
    return json_values.to_json(
        {
            "format": found.format,
            "layers": list(names),
            "steps": found.steps,
            "read": found.read,
            "left_out": found.left_out,
            "first_step": found.first,
            "last_step": found.last,
            "healthy": found.is_healthy,
            "verdict": _verdict(found),
            "findings": [finding_values(each, names) for each in found.findings],
            "missing": {code: missing_text(code, found) for code in found.missing},
        }
    )


def _verdict(found: Examination) -> dict[str, Any]:
    verdict = found.verdict
    return {
        "kind": verdict.kind,
        "step": None if found.trace is None else found.trace.step,
        "decades": verdict.decades,
        "factor_per_layer": verdict.factor_per_layer,
        "cause": verdict.cause,
        "layer": found.first_bad_layer,
        "text": verdict_line(found),
    }
