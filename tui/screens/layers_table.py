"""Every layer as a row of digits, on grounds that tell how hot they are."""

from collections.abc import Callable

import numpy as np
from rich.cells import cell_len
from rich.style import Style
from rich.text import Text
from textual.events import Click
from textual.geometry import Offset
from textual.message import Message
from textual.widgets import DataTable

from engine import Trace
from tui.screens.view_pane import ViewPane
from tui.state.layer_columns import (
    BY_LAYER,
    HEATS,
    LAYER_COLUMNS,
    LayerColumn,
    columns_in,
    layers_in_order,
)
from tui.state.scene import Scene
from tui.style.looks import QUIET
from tui.style.palette import Palette
from tui.words.language import _
from tui.words.layers import ASCENDING, COLUMN_TITLES, DESCENDING, LAYER
from tui.words.numbers import factor, percent, reading

FIRST_TO_GO = (
    *("update", "preactivation", "delta", "dead", "off", "saturated", "scale", "weight_grad"),
    *("activation_rms", "displacement", "weight", "norm"),
)
"""Columns that a narrow screen does without, the first one first."""

SCROLLBAR = 2

_SPELLED: dict[str, Callable[[float], str]] = {
    "measured": reading,
    "relative": factor,
    "total": factor,
    "factor": factor,
    "share": percent,
    "design": percent,
}
"""How the values of each kind of column are spelled."""


class LayersTable(DataTable[Text]):
    """Follows the layer cursor; scrolls by it, by the mouse, or by page keys."""

    DEFAULT_CSS = """
    LayersTable { height: 1fr; width: 1fr; background: $background; }
    LayersTable > .datatable--header { background: $surface; }
    LayersTable:ansi > .datatable--cursor { text-style: reverse; }
    """

    # keys belong to the layer cursor, which the table follows
    can_focus = False

    class Sorted(Message):
        """Somebody wants the rows sorted by a column."""

        def __init__(self, sort: str) -> None:
            super().__init__()
            self.sort = sort

    def __init__(self, palette: Palette) -> None:
        super().__init__(
            cursor_type="row",
            cursor_background_priority="css",
            cell_padding=0,
            id="table",
        )
        self._palette = palette
        self._filled: tuple[Trace, str, bool, int] | None = None
        self._layers: list[int] = []

    def signs(self) -> tuple[str, ...]:
        """The columns that there is room for, and their grounds, by the legend's ids."""
        columns = tuple(str(key.value) for key in self.columns)
        return (*columns[1:], "heat")

    def restyle(self, palette: Palette) -> None:
        """In another look from the next scene on."""
        self._palette, self._filled = palette, None

    def on_resize(self) -> None:
        """Other columns may fit, which a legend tells of, too."""
        self.post_message(ViewPane.Resized())

    def show(self, scene: Scene) -> None:
        """That run's rows, with the cursor's layer lit."""
        if not self.size.width:
            # room comes with a resize
            return
        trace, state = scene.trace, scene.state
        filled, wanted = self._filled, (trace, state.sort, state.ascending, self.size.width)
        if filled is None or filled[0] is not trace or filled[1:] != wanted[1:]:
            self._filled = wanted
            self._fill(trace, state.sort, state.ascending)
        is_new_order = wanted[1:3] != (filled[1:3] if filled else (BY_LAYER, False))
        self.move_cursor(row=self._layers.index(scene.cursor), animate=False)
        if is_new_order:
            # after the table has scrolled to its cursor, as it does by itself
            self.call_after_refresh(self.scroll_home, animate=False, immediate=True)
        self.call_after_refresh(self._place_terminal_cursor)

    def on_click(self, event: Click) -> None:
        """The cursor goes to the layer of the row."""
        row, column = (event.style.meta.get(name, -1) for name in ("row", "column"))
        if row >= 0 or column >= len(self.columns):
            # Textual would light the row, which may be no longer there, or not to be pointed at
            event.prevent_default()
        if 0 <= row < len(self._layers) and column < len(self.columns):
            self.post_message(ViewPane.Pointed(self._layers[row]))

    def on_data_table_header_selected(self, event: DataTable.HeaderSelected) -> None:
        """A title sorts by its column."""
        event.stop()
        self.post_message(self.Sorted(str(event.column_key.value)))

    def _place_terminal_cursor(self) -> None:
        """On the lit row, where a screen reader reads."""
        row = self.header_height + self.cursor_row - round(self.scroll_y)
        row = min(max(row, self.header_height), self.size.height - 1)
        self.app.cursor_position = self.region.offset + Offset(0, row)

    def _fill(self, trace: Trace, sort: str, ascending: bool) -> None:
        self.clear(columns=True)
        self._layers = layers_in_order(trace, sort, ascending)
        mark = ASCENDING if ascending else DESCENDING
        titles = {
            code: COLUMN_TITLES[code] + (mark if code == sort else "") for code in columns_in(trace)
        }
        cells = {code: _cells(LAYER_COLUMNS[code], trace, self._palette) for code in titles}
        # widths by hand, with one blank between: the table's own padding would take two
        widths = {
            code: 1 + max(cell_len(title), *(len(text) for text, _style in cells[code]))
            for code, title in titles.items()
        }
        name = _(LAYER)
        for code in FIRST_TO_GO:
            is_too_wide = sum(widths.values()) + cell_len(name) + SCROLLBAR > self.size.width
            if is_too_wide and code != sort:
                widths.pop(code, None)
        self.add_column(Text(name, justify="right"), width=cell_len(name), key=BY_LAYER)
        for code, width in widths.items():
            self.add_column(Text(titles[code], justify="right"), width=width, key=code)
        for layer in self._layers:
            row = ((*cells[code][layer - 1], width - 1) for code, width in widths.items())
            # a blank without a ground between any two columns
            digits = (Text.assemble(" ", (text.rjust(room), style)) for text, style, room in row)
            self.add_row(Text(str(layer), justify="right"), *digits)


def _cells(column: LayerColumn, trace: Trace, palette: Palette) -> list[tuple[str, Style]]:
    """Every layer's digits in their styles."""
    values = column.values(trace)
    spelled = _SPELLED[column.kind]
    style = palette.share if column.kind == "share" else palette.heat
    heats = np.nan_to_num(HEATS[column.kind](values, trace), nan=0.0)
    pairs = zip(values.tolist(), heats.tolist(), strict=True)
    cells = [(spelled(value), style(heat)) for value, heat in pairs]
    if column.kind in ("total", "factor"):
        # the step of layer 1 leads to the input, and is in no verdict
        cells[0] = cells[0][0], palette.style(QUIET)
    return cells
