"""The screen of a race, in the place of the main one."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.events import Click, MouseScrollDown, MouseScrollUp
from textual.screen import Screen

from tui.charts.painter import Painter
from tui.screens.bindings import ANYWHERE
from tui.screens.drawn import Drawn, Line
from tui.screens.main import MainScreen
from tui.screens.modal import Over
from tui.session.race import Race
from tui.state.actions import Action
from tui.state.scene import Room, Scene, Waiting
from tui.style.glyphs import Glyphs
from tui.style.palette import Palette
from tui.views.key_line import FIRST, key_line
from tui.views.race import RaceView


class RacePane(Drawn):
    """Both runs, in all the room that there is."""

    DEFAULT_CSS = "RacePane { height: 1fr; width: 1fr; }"

    def __init__(self, race: Race, glyphs: Glyphs, palette: Palette) -> None:
        self._race, self._glyphs = race, glyphs
        super().__init__(palette, "race")

    def restyle(self, palette: Palette) -> None:
        """Draw in another look or language from now on."""
        super().restyle(palette)
        self.view = RaceView(self._glyphs, palette)

    def draw(self) -> None:
        """What both have come to."""
        if self.size.area:
            self.put(self.view.strips(self._race.scene(), Room(*self.size)))

    def on_resize(self) -> None:
        """The same in another size."""
        self._given = ()
        self.draw()

    def on_click(self, event: Click) -> None:
        """The cursor goes to the column under the mouse."""
        layer = self.view.layer_at(event.x, event.y, self._race.state.cursor)
        if layer is not None:
            self._race.look(self._race.state.moved(layer))

    def on_mouse_scroll_up(self, event: MouseScrollUp) -> None:
        """Towards the output."""
        event.stop()
        self._race.actions["cursor_right"]()

    def on_mouse_scroll_down(self, event: MouseScrollDown) -> None:
        """Towards the input."""
        event.stop()
        self._race.actions["cursor_left"]()


class RaceScreen(Over, Screen[None]):
    """Shows a race, and has it go on as long as it is seen."""

    DEFAULT_CSS = """
    RaceScreen { layout: vertical; padding: 0 1; background: $background; }
    RaceScreen Line { height: 1; }
    """

    OWN: ClassVar[frozenset[str]] = frozenset({*ANYWHERE, "race", "close", "copy_command", "help"})

    def __init__(self, race: Race, main: MainScreen, actions: tuple[Action, ...]) -> None:
        super().__init__()
        self.race, self._main, self._actions = race, main, actions
        glyphs, palette = main.glyphs, main.palette
        self.takes = self.OWN | race.actions.keys()
        self._pane = RacePane(race, glyphs, palette)
        self._told, self._keys = Line(palette, "race-told"), Line(palette, "race-keys")
        self._painter = Painter(palette, glyphs)
        race.changed = self.draw

    def compose(self) -> ComposeResult:
        """Both, a line about the cursor's layer, and one of keys."""
        with Vertical():
            yield self._pane
            yield self._told
            yield self._keys

    def on_screen_resume(self) -> None:
        """It goes on."""
        # told late, it may have gone again
        if self.is_current:
            self.race.is_seen = True
            self.draw()
            # and frames with it
            self.post_message(MainScreen.Resized())

    def on_screen_suspend(self) -> None:
        """Nothing goes on unseen."""
        self.race.is_seen = False

    def on_unmount(self) -> None:
        """It stands still until somebody comes back."""
        self.race.is_seen, self.race.changed = False, lambda: None
        self.race.pause()

    def on_resize(self) -> None:
        """The lines are as long as there is room."""
        self.draw()

    def draw(self) -> None:
        """What both have come to, and what there is to say."""
        if not self.is_mounted:
            return
        width = self._told.size.width
        self._pane.draw()
        self._told.show(self._pane.view.lines.told(self.race.scene(), width))
        self._keys.show(key_line(self._painter, self._listed, width, view="race"))

    @property
    def _listed(self) -> tuple[Action, ...]:
        """What its line of keys is made of."""
        return tuple(action for action in self._actions if action.id in FIRST["race"])

    def show(self, scene: Scene | Waiting) -> None:
        """A job may have come back."""
        self.race.settle()
        self.draw()

    def relabel(self) -> None:
        """All of it again, as the main screen does it now."""
        palette = self._main.palette
        self._painter = Painter(palette, self._main.glyphs)
        for drawn in (self._pane, self._told, self._keys):
            drawn.restyle(palette)
            drawn.refresh()
        self.draw()
