"""What is on the screen as a file: its picture, its text, its numbers, its experiment."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from engine import Trace, Verdict
from engine.diagnosis.remedies import Remedy
from tui.config.experiment_files import to_toml
from tui.config.new_files import write_new
from tui.state.state import State
from tui.views.trace_records import to_csv, to_json


@dataclass(frozen=True)
class Shown:
    """What is shown: Trace, verdict, state, the screen as SVG and as text, and what would help."""

    trace: Trace
    verdict: Verdict
    state: State
    picture: Callable[[], str]
    text: Callable[[], str]
    remedies: Callable[[], tuple[Remedy, ...]]


FORMATS: dict[str, Callable[[Shown], str]] = {
    "svg": lambda shown: shown.picture(),
    "txt": lambda shown: shown.text(),
    "csv": lambda shown: to_csv(shown.trace),
    "json": lambda shown: to_json(shown.trace, shown.verdict, shown.remedies()),
    "toml": lambda shown: to_toml(shown.trace.ours),
}
"""How a file is made, by its suffix."""


def stem(shown: Shown) -> str:
    """A file's name without number and suffix: what tells this experiment from others."""
    network = shown.trace.ours.network
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


def export(shown: Shown, suffix: str, folder: Path) -> Path:
    """Write one format of what is shown; the file's path. Raises OSError."""
    return write_new(folder, stem(shown), suffix, FORMATS[suffix](shown))
