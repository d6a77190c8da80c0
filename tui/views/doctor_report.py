"""The doctor's report: a diagnosis with the remedies that were tried, as text and as JSON."""

from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from typing import Any

from rich.cells import cell_len

from engine import Trace, verdict
from engine.diagnosis.diagnosis import Diagnosis
from engine.diagnosis.remedies import Remedy
from tui.state.ways import Keys, default_keys, keys_to, way_of
from tui.style.cells import to_left
from tui.style.glyphs import Glyphs
from tui.style.wrapping import wrapped
from tui.views import json_values
from tui.words.diagnosis import IN_DETAIL, Finding, findings
from tui.words.experiment import experiment_text
from tui.words.language import ENGLISH, _, speaking
from tui.words.remedies import remedy_text

SHOWN = 3
"""Remedies that are told."""


@dataclass(frozen=True)
class Report:
    """A run, what was found out about it, and what was seen to help, best first.

    `remedies` is None where not all could be tried, for the reason `untried`.
    """

    trace: Trace
    diagnosis: Diagnosis
    remedies: tuple[Remedy, ...] | None
    untried: str = "too_large"

    @property
    def is_healthy(self) -> bool:
        """Whether the gradient reaches layer 1."""
        return self.diagnosis.verdict.kind == "healthy"

    def findings(self, keys: Keys = default_keys) -> list[Finding]:
        """The report's sentences."""
        experiment = self.trace.ours
        shown = (self.remedies or ())[:SHOWN]
        told = [(remedy, keys_to(experiment, remedy.candidate, keys)) for remedy in shown]
        tried_all = "trained" if self.trace.step else "none"
        why = self.untried if self.remedies is None else tried_all
        return findings(self.trace, self.diagnosis, told, why)


def suggestions(trace: Trace, found: tuple[Remedy, ...]) -> list[dict[str, Any]]:
    """The remedies as the headless contract has them, best first."""
    before, experiment = verdict(trace), trace.ours
    settings = experiment.settings()
    return [
        {
            "action": way_of(experiment, remedy.candidate).action,
            "flags": {
                name: value
                for name, value in remedy.candidate.experiment.settings().items()
                if value != settings[name]
            },
            "text": remedy_text(before, remedy, keys_to(experiment, remedy.candidate)),
        }
        for remedy in found[:SHOWN]
    ]


def labelled_once(found: Iterable[Finding]) -> Iterator[tuple[str, str]]:
    """Label and sentence of each finding, the label empty where it is the one above."""
    previous = ""
    for finding in found:
        yield finding.label if finding.label != previous else "", finding.text
        previous = finding.label


def to_text(report: Report, width: int, glyphs: Glyphs) -> str:
    """The report as lines of at most `width`, the labels in a column of their own."""
    told = report.findings()
    indent = max(cell_len(finding.label) for finding in told) + 2
    lines = wrapped(glyphs.spell(experiment_text(report.trace.ours)), width)
    for title, is_detail in (("", False), (IN_DETAIL, True)):
        lines += ["", *([_(title)] if title else [])]
        for label, text in labelled_once(f for f in told if f.is_detail == is_detail):
            first, *more = wrapped(glyphs.spell(text), max(width - indent, 20))
            lines.append(to_left(label, indent) + first)
            lines += [" " * indent + line for line in more]
    return "\n".join(lines)


@speaking(ENGLISH)
def to_json(report: Report) -> str:
    """The experiment, the verdict, and every finding in numbers and words."""
    return json_values.to_json(
        {
            "experiment": report.trace.ours.tables(),
            **asdict(report.diagnosis),
            "suggestions": suggestions(report.trace, report.remedies or ()),
            "findings": [asdict(finding) for finding in report.findings()],
        }
    )
