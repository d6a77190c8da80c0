"""The doctor's report over the chart."""

from __future__ import annotations

from typing import ClassVar

from rich.table import Table
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Static

from engine import Trace
from engine.diagnosis import diagnose
from engine.remedies import Remedy
from tui.doctor import SHOWN
from tui.findings import Finding, findings


def report_table(found: list[Finding]) -> Table:
    """The findings with their labels, each label once."""
    table = Table.grid(padding=(0, 2))
    table.add_column(style="bold", no_wrap=True)
    table.add_column(overflow="fold")
    previous = ""
    for finding in found:
        table.add_row(finding.label if finding.label != previous else "", finding.text)
        previous = finding.label
    return table


class ReportScreen(ModalScreen[None]):
    """Every finding about a run, with what was seen to help."""

    DEFAULT_CSS = """
    ReportScreen { align: center middle; }
    ReportScreen VerticalScroll { width: 100; max-width: 96%; height: auto; max-height: 90%;
                                  padding: 1 2; background: $surface; }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,d,q", "dismiss", "Close", show=False),
    ]

    def __init__(self, trace: Trace, remedies: tuple[Remedy, ...]) -> None:
        super().__init__()
        self.findings = findings(trace, diagnose(trace), remedies[:SHOWN])

    def compose(self) -> ComposeResult:
        """A scrolling list."""
        with VerticalScroll():
            yield Static("Diagnosis   (↑↓ scroll, esc closes)\n")
            yield Static(report_table(self.findings))
