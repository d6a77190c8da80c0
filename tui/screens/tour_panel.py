"""The tour's room on the screen: under the chart, or beside it where there is width for that."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.geometry import Size

from engine import Trace
from tui.charts.painter import Painter
from tui.screens.drawn import Drawn
from tui.screens.view_pane import ViewPane
from tui.state.actions import Action
from tui.state.scene import Scene, Waiting
from tui.style.palette import Palette
from tui.words.language import current

if TYPE_CHECKING:
    # who takes no tour does not wait for it
    from tui.state.tour import Told

WIDE, WIDTH, GAP = 120, 46, 2
"""Cells of a screen from which on it stands beside the chart, its own there, and between them."""

BESIDE_FROM, LINES_FROM, LEGEND_FROM = 26, 28, 48
"""Rows of a screen from which on there is room beside the chart for it, for the lines under the
chart, too, or for it over a legend that is asked for.
"""

MOST_ROWS = 19
"""That a step takes beside the chart, at most."""


class TourPanel(Drawn):
    """Shows a step, or the welcome."""

    DEFAULT_CSS = "TourPanel { display: none; }"

    def __init__(self, palette: Palette, is_beside: bool) -> None:
        super().__init__(palette, id="tour-beside" if is_beside else "tour-under")
        self._is_beside = is_beside
        self.styles.width = "1fr"
        self.styles.margin = (0, 0, 0, GAP) if is_beside else 0
        self._drawn_size = Size()

    def restyle(self, palette: Palette) -> None:
        """Draw in another look from now on."""
        super().restyle(palette)
        self._key: object = None
        self._trace: Trace | None = None

    def place(self, told: Told | None) -> None:
        """There, as high as it needs, or not."""
        self.display = told is not None
        if told is not None:
            self.styles.height = "1fr" if self._is_beside else told.rows

    def show(self, told: Told, scene: Scene, painter: Painter, actions: tuple[Action, ...]) -> None:
        """What is told of a scene."""
        width, rows = self.size
        key = told, scene.cursor, scene.wave.phase, current(), self.size
        # a Trace has no single truth value; it is kept, so that no later one has its place
        if (key == self._key and scene.trace is self._trace) or not self.size.area:
            return
        from tui.views.tour_lines import TourLines

        self._key, self._trace = key, scene.trace
        self.put(TourLines(painter, actions, width, rows, self._is_beside).told(told, scene))

    def on_resize(self) -> None:
        """Ask for what is told in the new size."""
        self.adapt()

    def adapt(self) -> None:
        """Of another size, ask for other rows."""
        if self.size != self._drawn_size:
            self._drawn_size = self.size
            self.post_message(ViewPane.Resized())


class TourRoom:
    """Both places for it, of which it takes one."""

    def __init__(self, palette: Palette) -> None:
        self.beside, self.under = TourPanel(palette, True), TourPanel(palette, False)
        self._reaching: tuple[Action, ...] = ()

    def place(self, told: Told | None, size: Size, presenting: bool, has_legend: bool) -> bool:
        """Find room on a screen; whether the lines under the chart give way to it."""
        least = LEGEND_FROM if has_legend else BESIDE_FROM
        is_beside = size.width >= WIDE and size.height >= least and not presenting
        self.beside.place(told if is_beside else None)
        self.under.place(None if is_beside else told)
        return self.under.display and size.height < LINES_FROM

    @property
    def rows_under(self) -> int:
        """What it takes from the height of the screen."""
        return self.under.size.height if self.under.display else 0

    def reaching(
        self, told: Told | None, actions: tuple[Action, ...], has_table: bool
    ) -> tuple[Action, ...]:
        """The actions whose keys are not the tour's just now; the same tuple while they stay so."""
        if told is None:
            return actions
        from tui.state.tour_keys import left_over

        found = left_over(told, actions, has_table)
        if found != self._reaching:
            self._reaching = found
        return self._reaching

    def show(
        self,
        told: Told | None,
        scene: Scene | Waiting,
        painter: Painter,
        actions: tuple[Action, ...],
    ) -> None:
        """What is told of a scene; of none that is measured yet nothing new."""
        if told is not None and isinstance(scene, Scene):
            panel = self.beside if self.beside.display else self.under
            panel.show(told, scene, painter, actions)
