"""What stands at the right of a view: a step of the tour, a layer looked at closely, the legend."""

from textual.app import ComposeResult
from textual.containers import Vertical

from engine import Trace
from tui.screens.tour_panel import GAP, MOST_ROWS, TourPanel
from tui.screens.tour_panel import WIDTH as TOUR_WIDTH
from tui.screens.view_pane import ViewPane
from tui.state.scene import Scene, Wants
from tui.state.screen_state import ScreenState
from tui.style.glyphs import Glyphs
from tui.style.palette import Palette
from tui.views.inspector import LEAST_SCREEN_WIDTH, WIDTH, Inspector
from tui.views.legend import Legend

LEAST_INSPECTOR = 13
"""Rows without which a layer is not looked at closely over the legend."""

LEAST_BESIDE = 78
"""Cells of a screen from which on the legend stands beside a view instead of in its place."""


def is_wide(width: int) -> bool:
    """Whether a screen has room for more than a view, without being asked."""
    return width >= LEAST_SCREEN_WIDTH - 2


class Side(Vertical):
    """The inspector over the legend, as far as there is room, or the legend alone.

    With the tour the step comes first, the legend stands under it, and then the inspector.
    """

    DEFAULT_CSS = "Side { height: 1fr; } Side ViewPane { height: 1fr; }"

    inspects = True
    """Whether there is anything of a layer to look at."""

    def __init__(self, glyphs: Glyphs, palette: Palette, tour: TourPanel) -> None:
        super().__init__(id="side")
        self._tour = tour
        self._legend = Legend(glyphs, palette)
        self.inspector = ViewPane(Inspector, glyphs, palette, "inspector")
        self.legend = ViewPane(self._legend_in, glyphs, palette, "legend")
        self.display = self.inspector.display = self.legend.display = False

    def compose(self) -> ComposeResult:
        """One over the other."""
        yield self._tour
        yield self.inspector
        yield self.legend

    def _legend_in(self, glyphs: Glyphs, palette: Palette) -> Legend:
        self._legend.draw_with(glyphs)
        self._legend.restyle(palette)
        return self._legend

    def wants(self, state: ScreenState, trace: Trace) -> Wants:
        """What the inspector needs."""
        return self.inspector.wants(state, trace) if self.inspector.display else Wants()

    def make_room(
        self, width: int, rows: int, drawn: tuple[str, ...], lines: tuple[str, ...], wished: bool
    ) -> bool:
        """Find room on a screen so wide, beside a view so high; whether it takes the view's too.

        The legend of the signs in what is drawn and in the lines about a layer is there when it is
        `wished`, and where there is room for both; under a step of the tour that of the drawn ones.
        """
        is_whole = wished or not self._tour.display
        signs = tuple(dict.fromkeys((*drawn, *lines) if is_whole else drawn))
        high, self._legend.told = len(signs), signs
        if self._tour.display:
            left = rows - MOST_ROWS - high
            self.legend.display, self.inspector.display = left > 0 or wished, left > LEAST_INSPECTOR
            self.legend.styles.height, self.inspector.styles.height = high, LEAST_INSPECTOR
            self.display, self.styles.width = True, TOUR_WIDTH + GAP
            return False
        is_roomy = is_wide(width) and self.inspects
        both = is_roomy and rows >= high + LEAST_INSPECTOR
        alone = wished and not both and (width < LEAST_BESIDE or high > rows)
        self.legend.display = wished or both
        self.inspector.display = is_roomy and (both or not wished)
        self.display = self.legend.display or self.inspector.display
        self.styles.width = "1fr" if alone else WIDTH
        self.inspector.styles.height, self.legend.styles.height = "1fr", high if both else "1fr"
        return alone

    def hide(self) -> None:
        """Something else takes the room; a step of the tour stays."""
        self.inspector.display = self.legend.display = False
        self.display, self.styles.width = self._tour.display, TOUR_WIDTH + GAP

    def show(self, scene: Scene) -> None:
        """Draw what is there."""
        for pane in (self.inspector, self.legend):
            if pane.display:
                pane.show(scene)
