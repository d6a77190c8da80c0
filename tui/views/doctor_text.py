"""The doctor's report as text."""

from __future__ import annotations

import textwrap

from tui.style.glyphs import Glyphs
from tui.views.doctor_report import Report
from tui.words.experiment import experiment_text


def to_text(report: Report, width: int, glyphs: Glyphs) -> str:
    """The report as lines of at most `width`, the labels in a column of their own."""
    told = report.findings()
    indent = max(len(finding.label) for finding in told) + 2
    lines = [*_wrapped(glyphs.spell(experiment_text(report.trace.experiment)), width), ""]
    previous = ""
    for finding in told:
        label = finding.label if finding.label != previous else ""
        previous = finding.label
        wrapped = _wrapped(glyphs.spell(finding.text), max(width - indent, 20))
        lines.append(f"{label:<{indent}}{wrapped[0]}")
        lines += [" " * indent + line for line in wrapped[1:]]
    return "\n".join(lines)


def _wrapped(text: str, width: int) -> list[str]:
    """A sentence in lines of at most `width`; numbers and signs stay where they are."""
    return textwrap.wrap(text, width, break_on_hyphens=False) or [""]
