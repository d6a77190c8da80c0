"""Every layer as a row of digits."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from rich.text import Text
from textual.events import Click
from textual.geometry import Offset
from textual.widgets import DataTable

from engine import Trace
from tui.screens.view_pane import ViewPane
from tui.words.numbers import factor, reading

_Values = Callable[[Trace], np.ndarray]
_Spelling = Callable[[float], str]


def _share(value: float) -> str:
    return f"{value:.0%}"


COLUMNS: tuple[tuple[str, _Values, _Spelling], ...] = (
    ("δ", lambda t: t.delta_norm, reading),
    ("dL/dW", lambda t: t.weight_grad_norm, reading),
    ("update", lambda t: t.update_ratio, reading),
    ("h", lambda t: t.activation_rms, reading),
    ("z", lambda t: t.preactivation_rms, reading),
    ("sat", lambda t: t.saturated_fraction, _share),
    ("dead", lambda t: t.dead_fraction, _share),
    ("×total", lambda t: t.factors.total, factor),
    ("φ'", lambda t: t.factors.activation, factor),
    ("N", lambda t: t.factors.norm, factor),
    ("W", lambda t: t.factors.weight, factor),
    ("scale", lambda t: t.factors.scale, factor),
    ("skip", lambda t: t.factors.skip, factor),
)
"""Title, values and spelling of each column."""


FIRST_TO_GO = ("update", "z", "dead", "sat", "scale", "dL/dW", "h", "W", "N")
"""Columns that a narrow screen does without, the first one first."""

SCROLLBAR = 2


class LayersTable(DataTable[Text]):
    """Follows the layer cursor; scrolls by it, by the mouse, or by page keys."""

    DEFAULT_CSS = """
    LayersTable { height: 1fr; width: 1fr; background: $background; }
    LayersTable > .datatable--header { background: $surface; }
    """

    # keys belong to the layer cursor, which the table follows
    can_focus = False

    def __init__(self) -> None:
        super().__init__(cursor_type="row", cell_padding=0, id="table")
        self._shown: tuple[Trace, int] | None = None
        self._wanted: tuple[Trace, int] | None = None

    def on_resize(self) -> None:
        """Other columns may fit."""
        if self._wanted is not None and self.display:
            self.show(*self._wanted)

    def show(self, trace: Trace, cursor: int) -> None:
        """That run's rows, with the cursor's layer lit."""
        self._wanted = trace, cursor
        width = self.size.width
        if self._shown is None or self._shown[0] is not trace or self._shown[1] != width:
            self._shown = trace, width
            self._fill(trace)
        self.move_cursor(row=cursor - 1, animate=False)
        self.call_after_refresh(self._place_terminal_cursor)

    def on_click(self, event: Click) -> None:
        """The cursor goes to the layer of the row."""
        row = event.style.meta.get("row", -1)
        if row >= 0:
            self.post_message(ViewPane.Pointed(row + 1))

    def _place_terminal_cursor(self) -> None:
        """On the lit row, where a screen reader reads."""
        row = self.header_height + self.cursor_row - round(self.scroll_y)
        self.app.cursor_position = self.region.offset + Offset(0, row)

    def _fill(self, trace: Trace) -> None:
        self.clear(columns=True)
        network = trace.experiment.network
        # what the network does not have takes no column
        present = {
            "N": network.norm != "none",
            "scale": network.residual_scale != "one",
            "skip": bool(trace.has_skip.any()),
        }
        shown = [column for column in COLUMNS if present.get(column[0], True)]
        columns = {
            title: [title, *(spelled(float(value)) for value in of(trace))]
            for title, of, spelled in shown
        }
        # widths by hand, with one blank between: the table's own padding would take two
        widths = {title: 1 + max(map(len, cells)) for title, cells in columns.items()}
        for title in FIRST_TO_GO:
            if sum(widths.values()) + len("layer") + SCROLLBAR > self.size.width > 0:
                columns.pop(title, None)
                widths.pop(title, None)
        self.add_column(Text("layer", justify="right"), width=len("layer"))
        for title, width in widths.items():
            self.add_column(Text(title, justify="right"), width=width)
        rows = zip(*(cells[1:] for cells in columns.values()), strict=True)
        for i, row in enumerate(rows, start=1):
            self.add_row(*(Text(cell, justify="right") for cell in (str(i), *row)))
