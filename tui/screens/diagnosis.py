"""The doctor's report over the chart."""

from typing import ClassVar

from rich.table import Table
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.widgets import Static

from tui.screens.modal import Modal
from tui.screens.sentence import Sentence
from tui.state.scene import Scene, Waiting
from tui.state.ways import Keys
from tui.style.glyphs import Glyphs
from tui.views.doctor_report import Report, labelled_once
from tui.words.diagnosis import Finding
from tui.words.screens import diagnosis_title


def report_table(found: list[Finding], glyphs: Glyphs) -> Table:
    """The findings with their labels, each label once, as they are spelled beside the glyphs."""
    table = Table.grid(padding=(0, 2))
    table.add_column(style="bold", no_wrap=True)
    table.add_column()
    for label, text in labelled_once(found):
        table.add_row(label, Sentence(glyphs.spell(text)))
    return table


class ReportScreen(Modal):
    """What was found about a run and what was seen to help; every detail when asked for."""

    DEFAULT_CSS = """
    ReportScreen { align: center middle; }
    ReportScreen VerticalScroll { width: 100; max-width: 96%; height: auto; max-height: 90%;
                                  padding: 1 2; background: $surface; }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,d,q", "dismiss", show=False),
        Binding("enter", "details", show=False),
    ]

    def __init__(self, keys: Keys, glyphs: Glyphs) -> None:
        super().__init__()
        self._keys, self._glyphs, self._is_detailed = keys, glyphs, False
        self._told: list[Finding] = []
        self._title, self._table = Static(id="title"), Static(id="findings")

    @property
    def findings(self) -> list[Finding]:
        """What is told now."""
        return [found for found in self._told if self._is_detailed or not found.is_detail]

    def compose(self) -> ComposeResult:
        """A scrolling list."""
        with VerticalScroll():
            yield self._title
            yield self._table

    def on_mount(self) -> None:
        """Show what there is."""
        self._write()

    def show(self, scene: Scene | Waiting) -> None:
        """What is known by now; remedies are added when they have been tried."""
        if not isinstance(scene, Scene) or scene.diagnosis is None:
            return
        untried = "trying" if scene.log is None else "log"
        report = Report(scene.trace, scene.diagnosis, scene.remedies, untried=untried)
        told = report.findings(self._keys)
        if told != self._told:
            self._told = told
            self._write()

    def relabel(self) -> None:
        """The title now, the findings with the next scene."""
        self._write()

    def action_details(self) -> None:
        """Every detail, or the plain sentences alone."""
        self._is_detailed = not self._is_detailed
        self._write()

    def _write(self) -> None:
        self._title.update(diagnosis_title(self._is_detailed) + "\n")
        self._table.update(report_table(self.findings, self._glyphs))
