"""What the doctor found: a diagnosis with the remedies that were tried."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from engine import Experiment, Trace, run, verdict
from engine.diagnosis.diagnosis import Diagnosis, diagnose
from engine.diagnosis.remedies import Remedy, remedies
from tui.state.ways import Keys, default_keys, keys_to, way_of
from tui.words.diagnosis import Finding, findings
from tui.words.remedies import remedy_text

TRIAL_SECONDS = 0.2
"""How long candidates for a remedy may be tried before an answer is due."""

SHOWN = 3
"""Remedies that are told."""


@dataclass(frozen=True)
class Report:
    """A run, what was found out about it, and what was seen to help, best first."""

    trace: Trace
    diagnosis: Diagnosis
    remedies: tuple[Remedy, ...]

    @property
    def is_healthy(self) -> bool:
        """Whether the gradient reaches layer 1."""
        return self.diagnosis.verdict.kind == "healthy"

    def findings(self, keys: Keys = default_keys) -> list[Finding]:
        """The report's sentences."""
        experiment = self.trace.experiment
        told = [(r, keys_to(experiment, r.candidate, keys)) for r in self.remedies[:SHOWN]]
        return findings(self.trace, self.diagnosis, told)


def examine(experiment: Experiment, seconds: float = TRIAL_SECONDS) -> Report:
    """Run an experiment, diagnose it and try what might help for so many seconds."""
    trace = run(experiment)
    return Report(trace, diagnose(trace), remedies(trace, seconds))


def suggestions(trace: Trace, found: tuple[Remedy, ...]) -> list[dict[str, Any]]:
    """The remedies as the headless contract has them, best first."""
    before, experiment = verdict(trace), trace.experiment
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
