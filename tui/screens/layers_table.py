"""Every layer as a row of digits."""

from collections.abc import Callable

import numpy as np
from rich.text import Text
from textual.events import Click
from textual.geometry import Offset
from textual.widgets import DataTable

from engine import Trace
from tui.screens.view_pane import ViewPane
from tui.words.layers import COLUMN_TITLES, LAYER, percent
from tui.words.numbers import factor, reading

_Values = Callable[[Trace], np.ndarray]
_Spelling = Callable[[float], str]


COLUMNS: dict[str, tuple[_Values, _Spelling]] = {
    "g": (lambda t: t.output_grad_norm, reading),
    "delta": (lambda t: t.delta_norm, reading),
    "weight_grad": (lambda t: t.weight_grad_norm, reading),
    "update": (lambda t: t.update_ratio, reading),
    "activation_rms": (lambda t: t.activation_rms, reading),
    "preactivation": (lambda t: t.preactivation_rms, reading),
    "saturated": (lambda t: t.saturated_fraction, percent),
    "off": (lambda t: t.off_fraction, percent),
    "dead": (lambda t: t.dead_fraction, percent),
    "total": (lambda t: t.factors.total, factor),
    "activation": (lambda t: t.factors.activation, factor),
    "norm": (lambda t: t.factors.norm, factor),
    "weight": (lambda t: t.factors.weight, factor),
    "scale": (lambda t: t.factors.scale, factor),
    "skip": (lambda t: t.factors.skip, factor),
}
"""Values and spelling of each column."""

FIRST_TO_GO = (
    *("update", "preactivation", "delta", "dead", "off", "saturated", "scale", "weight_grad"),
    *("activation_rms", "weight", "norm"),
)
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
            "norm": network.norm != "none",
            "scale": network.residual_scale != "one",
            "skip": bool(trace.has_skip.any()),
        }
        columns = {
            code: [COLUMN_TITLES[code], *(spelled(float(value)) for value in of(trace))]
            for code, (of, spelled) in COLUMNS.items()
            if present.get(code, True)
        }
        # widths by hand, with one blank between: the table's own padding would take two
        widths = {code: 1 + max(map(len, cells)) for code, cells in columns.items()}
        for code in FIRST_TO_GO:
            if sum(widths.values()) + len(LAYER) + SCROLLBAR > self.size.width > 0:
                columns.pop(code, None)
                widths.pop(code, None)
        self.add_column(Text(LAYER, justify="right"), width=len(LAYER))
        for code, width in widths.items():
            self.add_column(Text(columns[code][0], justify="right"), width=width)
        rows = zip(*(cells[1:] for cells in columns.values()), strict=True)
        for i, row in enumerate(rows, start=1):
            self.add_row(*(Text(cell, justify="right") for cell in (str(i), *row)))
