"""What is on the screen as a file: its picture, its text, its numbers, its experiment."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from engine import Trace
from engine.diagnosis.remedies import remedies
from tui.config.experiment_files import to_toml
from tui.state.state import State
from tui.views.doctor_report import TRIAL_SECONDS
from tui.views.trace_csv import to_csv
from tui.views.trace_json import to_json


@dataclass(frozen=True)
class Shown:
    """What is shown: the Trace, the state, and the screen as SVG and as text."""

    trace: Trace
    state: State
    picture: Callable[[], str]
    text: Callable[[], str]


@dataclass(frozen=True)
class Format:
    """One kind of file: its suffix, what it holds, and how it is made."""

    suffix: str
    title: str
    about: str
    make: Callable[[Shown], str]


FORMATS: dict[str, Format] = {
    entry.suffix: entry
    for entry in (
        Format("svg", "SVG", "the screen as a picture", lambda shown: shown.picture()),
        Format("txt", "text", "the screen as characters", lambda shown: shown.text()),
        Format("csv", "CSV", "every measurement, a line a layer", lambda s: to_csv(s.trace)),
        Format(
            "json",
            "JSON",
            "experiment, layers, verdict",
            lambda s: to_json(s.trace, remedies(s.trace, TRIAL_SECONDS)),
        ),
        Format(
            "toml",
            "experiment (TOML)",
            "every setting; chainrule --experiment FILE opens it",
            lambda shown: to_toml(shown.trace.experiment),
        ),
    )
}


def stem(shown: Shown) -> str:
    """A file's name without number and suffix: what tells this experiment from others."""
    network = shown.trace.experiment.network
    words = [
        "chainrule",
        network.activation,
        f"{network.depth}x{network.width}",
        network.init,
        *(name for name in (network.residual, network.norm) if name != "none"),
        *([f"step{shown.trace.step}"] if shown.trace.step else []),
        shown.state.view,
    ]
    return "-".join(words)


def write_new(folder: Path, name: str, suffix: str, text: str) -> Path:
    """Write a file that was not there before, numbered from 2 if need be; raises OSError."""
    for number in itertools.count(1):
        path = folder / f"{name}{f'-{number}' if number > 1 else ''}.{suffix}"
        try:
            # exclusive, so that nothing is lost to another program either
            with path.open("x", encoding="utf-8", newline="") as file:
                file.write(text if text.endswith("\n") else text + "\n")
        except FileExistsError:
            continue
        return path
    raise AssertionError


def export(shown: Shown, format_name: str, folder: Path) -> Path:
    """Write one format of what is shown; the file's path. Raises OSError."""
    entry = FORMATS[format_name]
    return write_new(folder, stem(shown), entry.suffix, entry.make(shown))
