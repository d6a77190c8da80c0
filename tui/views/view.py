"""What every view does: it says what it needs, and turns a Scene into strips."""

from abc import ABC, abstractmethod

from textual.strip import Strip

from engine import Trace
from tui.charts.canvas import Strips
from tui.charts.columns import Column, layer_at
from tui.charts.made import Made
from tui.charts.paint import Paint
from tui.charts.painter import BAR_MARGIN, Painter, Part
from tui.state.animations import Heights
from tui.state.scene import Room, Scene, Wants
from tui.state.screen_state import ScreenState
from tui.style.glyphs import Glyphs
from tui.style.looks import QUIET
from tui.style.palette import Palette
from tui.words.views import view_words


class View(ABC):
    """One picture of the scene; a subclass draws it, and keeps its columns if it has any."""

    names_itself = False
    """Whether its parts have titles of their own, so that small screens need no caption."""

    def __init__(self, glyphs: Glyphs, palette: Palette) -> None:
        self.painter = Painter(palette, glyphs)
        self.columns: tuple[Column, ...] = ()
        self.cursor = 1
        self.strips = Strips[Paint]()
        self.made = Made()
        self._last: tuple[Scene, Room, list[Strip]] | None = None

    @abstractmethod
    def draw(self, scene: Scene, room: Room) -> list[Strip]:
        """A strip for each row; the same list for the same picture."""

    def shown(self, scene: Scene, room: Room) -> list[Strip]:
        """What is drawn of a scene, once however often it is asked for."""
        last = self._last
        if last is None or last[0] is not scene or last[1] != room:
            self._last = last = scene, room, self.draw(scene, room)
        return last[2]

    def caption(self, scene: Scene, width: int) -> list[Part]:
        """What is drawn, for the line above it, the most important first."""
        return [(view_words(scene.state.view)[1], QUIET)]

    def marks(self, scene: Scene) -> list[Part]:
        """The marks over it that need a name, for the end of that line."""
        return []

    def signs(self, scene: Scene, room: Room) -> tuple[str, ...]:
        """The signs and colours that it shows of a scene, by the legend's ids."""
        return ()

    def wants(self, state: ScreenState, trace: Trace, room: Room) -> Wants:
        """What it would show of that Trace in that room."""
        return Wants()

    def layer_at(self, x: int) -> int | None:
        """The layer whose column is nearest to that cell, if the view has columns."""
        return layer_at(x - BAR_MARGIN, self.columns, self.cursor) if self.columns else None

    @property
    def heights(self) -> Heights | None:
        """The bars shown now, for a transition to start from."""
        return None

    def draw_with(self, glyphs: Glyphs) -> None:
        """Draw in other characters once it is restyled."""
        self.painter = Painter(self.painter.palette, glyphs)

    def restyle(self, palette: Palette) -> None:
        """Draw in another look from now on."""
        self.painter, self.strips = Painter(palette, self.painter.glyphs), Strips()
        self.made = Made()
        self._last = None
