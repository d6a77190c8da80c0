"""The doctor's report over the chart."""

from __future__ import annotations

from dataclasses import replace
from typing import ClassVar

from rich.table import Table
from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Static

from engine import Trace
from engine.diagnosis.diagnosis import diagnose
from engine.diagnosis.remedies import Remedy
from tui.state.ways import Keys
from tui.views.doctor_report import Report
from tui.words.diagnosis import TRY, Finding
from tui.words.notices import notice_text


def report_table(found: list[Finding]) -> Table:
    """The findings with their labels, each label once."""
    table = Table.grid(padding=(0, 2))
    table.add_column(style="bold", no_wrap=True)
    table.add_column(overflow="fold")
    previous = ""
    for finding in found:
        table.add_row(finding.label if finding.label != previous else "", Text(finding.text))
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

    def __init__(self, trace: Trace, remedies: tuple[Remedy, ...] | None, keys: Keys) -> None:
        super().__init__()
        self._report, self._keys = Report(trace, diagnose(trace), ()), keys
        self.findings = self._found(remedies)

    def _found(self, remedies: tuple[Remedy, ...] | None) -> list[Finding]:
        told = replace(self._report, remedies=remedies or ()).findings(self._keys)
        return told if remedies is not None else [*told, Finding(TRY, notice_text("trying"))]

    def compose(self) -> ComposeResult:
        """A scrolling list."""
        with VerticalScroll():
            yield Static("Diagnosis   (↑↓ scroll, esc closes)\n")
            yield Static(report_table(self.findings), id="findings")

    def show_remedies(self, remedies: tuple[Remedy, ...]) -> None:
        """Add what was seen to help, now that it is known."""
        self.findings = self._found(remedies)
        self.query_one("#findings", Static).update(report_table(self.findings))
