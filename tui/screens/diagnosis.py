"""The doctor's report over the chart."""

from typing import ClassVar

from rich.table import Table
from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Static

from tui.state.scene import Scene, Waiting
from tui.state.ways import Keys
from tui.views.doctor_report import Report, labelled_once
from tui.words.diagnosis import TRY, Finding
from tui.words.notices import notice_text
from tui.words.screens import DIAGNOSIS_TITLE


def report_table(found: list[Finding]) -> Table:
    """The findings with their labels, each label once."""
    table = Table.grid(padding=(0, 2))
    table.add_column(style="bold", no_wrap=True)
    table.add_column(overflow="fold")
    for label, text in labelled_once(found):
        table.add_row(label, Text(text))
    return table


class ReportScreen(ModalScreen[None]):
    """Every finding about a run, with what was seen to help."""

    DEFAULT_CSS = """
    ReportScreen { align: center middle; }
    ReportScreen VerticalScroll { width: 100; max-width: 96%; height: auto; max-height: 90%;
                                  padding: 1 2; background: $surface; }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,d,q", "dismiss", show=False),
    ]

    def __init__(self, keys: Keys) -> None:
        super().__init__()
        self._keys = keys
        self.findings: list[Finding] = []

    def compose(self) -> ComposeResult:
        """A scrolling list."""
        with VerticalScroll():
            yield Static(f"{DIAGNOSIS_TITLE}\n")
            yield Static(report_table(self.findings), id="findings")

    def show(self, scene: Scene | Waiting) -> None:
        """What is known by now; remedies are added when they have been tried."""
        if not isinstance(scene, Scene) or scene.diagnosis is None:
            return
        remedies = scene.remedies or ()
        told = Report(scene.trace, scene.diagnosis, remedies).findings(self._keys)
        trying = [] if scene.remedies is not None else [Finding(TRY, notice_text("trying"))]
        if told + trying != self.findings:
            self.findings = told + trying
            for table in self.query("#findings").results(Static):
                table.update(report_table(self.findings))
