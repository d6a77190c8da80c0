"""The doctor's report: a diagnosis with the remedies that were tried, as text and JSON."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from engine import Experiment, Trace, run
from engine.diagnosis.diagnosis import Diagnosis, diagnose
from engine.diagnosis.remedies import Remedy, remedies
from tui.style.glyphs import Glyphs
from tui.words.experiment import experiment_words
from tui.words.findings import Finding, changed_settings, findings, remedy_text, way_of

TRIAL_SECONDS = 0.2
"""How long candidates for a remedy may be tried before an answer is due."""

SHOWN = 3
"""Remedies that are told."""


@dataclass(frozen=True)
class Report:
    """What the doctor found."""

    trace: Trace
    diagnosis: Diagnosis
    remedies: tuple[Remedy, ...]

    @property
    def is_healthy(self) -> bool:
        """Whether the gradient reaches layer 1."""
        return self.diagnosis.verdict.kind == "healthy"

    @property
    def findings(self) -> list[Finding]:
        """The report's sentences."""
        return findings(self.trace, self.diagnosis, self.remedies[:SHOWN])


def examine(experiment: Experiment, seconds: float = TRIAL_SECONDS) -> Report:
    """Run an experiment, diagnose it and try what might help for so many seconds."""
    trace = run(experiment)
    return Report(trace, diagnose(trace), remedies(trace, seconds))


def suggestions(report_trace: Trace, found: tuple[Remedy, ...]) -> list[dict[str, Any]]:
    """The remedies as the headless contract has them, best first."""
    return [
        {
            "action": way_of(
                report_trace.experiment, remedy.candidate.setting, remedy.candidate.value
            ).action,
            "flags": changed_settings(report_trace.experiment, remedy.candidate),
            "text": remedy_text(report_trace, remedy),
        }
        for remedy in found[:SHOWN]
    ]


def to_json(report: Report) -> str:
    """The report as JSON: the experiment, the verdict, and every finding in numbers and words."""
    return json.dumps(
        _finite(
            {
                "experiment": asdict(report.trace.experiment),
                **asdict(report.diagnosis),
                "suggestions": suggestions(report.trace, report.remedies),
                "findings": [asdict(finding) for finding in report.findings],
            }
        ),
        indent=1,
        allow_nan=False,
    )


def _finite(value: Any) -> Any:
    """The same with None for numbers that are not finite, as everywhere in the JSON."""
    if isinstance(value, Mapping):
        return {key: _finite(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_finite(item) for item in value]
    if isinstance(value, float | np.floating):
        return float(value) if math.isfinite(value) else None
    return value


def to_text(report: Report, width: int, glyphs: Glyphs) -> str:
    """The report as lines of at most `width`, the labels in a column of their own."""
    told = report.findings
    indent = max(len(finding.label) for finding in told) + 2
    lines = [*wrap(glyphs.spell(" · ".join(experiment_words(report.trace.experiment))), width), ""]
    previous = ""
    for finding in told:
        label = finding.label if finding.label != previous else ""
        previous = finding.label
        wrapped = wrap(glyphs.spell(finding.text), max(width - indent, 20))
        lines.append(f"{label:<{indent}}{wrapped[0]}")
        lines += [" " * indent + line for line in wrapped[1:]]
    return "\n".join(lines)


def wrap(text: str, width: int) -> list[str]:
    """A sentence in lines of at most `width`; numbers and signs stay where they are."""
    import textwrap

    return textwrap.wrap(text, width, break_on_hyphens=False) or [""]
