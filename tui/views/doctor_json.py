"""The doctor's report as JSON."""

from __future__ import annotations

from dataclasses import asdict

from tui.views import json_values
from tui.views.doctor_report import Report, suggestions


def to_json(report: Report) -> str:
    """The experiment, the verdict, and every finding in numbers and words."""
    return json_values.to_json(
        {
            "experiment": asdict(report.trace.experiment),
            **asdict(report.diagnosis),
            "suggestions": suggestions(report.trace, report.remedies),
            "findings": [asdict(finding) for finding in report.findings()],
        }
    )
