"""Widgets whose rows are made elsewhere: of Textual's styles nothing is drawn but the size."""

from collections.abc import Iterable, Iterator, Sequence

from rich.segment import Segment
from rich.text import Text
from textual.color import Color
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from tui.style.looks import INK
from tui.style.palette import Palette
from tui.terminal.sparing_app import SparingApp


class Drawn(Widget):
    """Shows rows; only those that changed are sent to the terminal."""

    def __init__(self, palette: Palette, id: str) -> None:
        super().__init__(id=id)
        self._given: Sequence[Strip] = ()
        self._rows: list[Strip] = []
        self.restyle(palette)

    def restyle(self, palette: Palette) -> None:
        """Draw in another look from now on."""
        self.palette, self.blank = palette, palette.style()
        self._ground = Color.parse(palette.ground)
        self._given, self._rows = (), []

    def adapt(self) -> None:
        """Whatever was drawn for another size is drawn again, or will be."""

    def put(self, given: Sequence[Strip]) -> None:
        """Let these rows be shown as far as there is room, and nothing where there were more."""
        (width, height), app, before, old = self.size, self.app, self._given, self._rows
        rest = [Strip.blank(width, self.blank)] * (len(old) - len(given))
        self._given = given = [*given, *rest][:height]
        self._rows, changed = [], []
        for y, strip in enumerate(given):
            if y < len(before) and strip is before[y]:
                row = old[y]
            else:
                row = strip.adjust_cell_length(width, self.blank)
                if y >= len(old) or row != old[y]:
                    changed.append(y)
            self._rows.append(row)
        if not changed:
            return
        rows = zip(changed, self._filtered(self._rows[y] for y in changed), strict=True)
        if not (isinstance(app, SparingApp) and app.shows_at_once(self, rows)):
            self.refresh(*(Region(0, y, width, 1) for y in changed))

    def _filtered(self, rows: Iterable[Strip]) -> Iterator[Strip]:
        filters = self.get_line_filters()
        for row in rows:
            for line_filter in filters:
                row = row.apply_filter(line_filter, self._ground)
            yield row

    def render_lines(self, crop: Region) -> list[Strip]:
        """Those rows; where there is none, blank ones."""
        # a size that changes right after the first layout comes without a Resize (textual 8.2)
        self.adapt()
        width, blank = self.size.width, self.blank
        drawn = [row.adjust_cell_length(width, blank) for row in self._rows[crop.y : crop.bottom]]
        drawn += [Strip.blank(width, blank)] * (crop.height - len(drawn))
        rows = list(self._filtered(drawn))
        return rows if crop.width == width else [row.crop(*crop.column_span) for row in rows]

    def render_line(self, y: int) -> Strip:
        """One row of the widget."""
        return self.render_lines(Region(0, y, self.size.width, 1))[0]


class Line(Drawn):
    """One line of text, cut off where there is no room."""

    text = Text()

    def restyle(self, palette: Palette) -> None:
        """Draw in another look from now on."""
        super().restyle(palette)
        self._width = 0

    def show(self, text: Text) -> None:
        """Another text, or the same."""
        if self.text is not text and self.text != text:
            self.text, self._width = text, 0
            self.adapt()

    def adapt(self) -> None:
        """Cut it off for the room that there is."""
        width = self.size.width
        if width != self._width:
            self._width, cut = width, self.text.copy()
            cut.truncate(width, overflow="ellipsis")
            ink = self.palette.style(INK)
            self.put([Strip(Segment.apply_style(cut.render(self.app.console), ink))])
