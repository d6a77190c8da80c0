"""The widget that shows a view."""

from collections.abc import Callable
from functools import cached_property
from importlib import import_module

from textual.events import Click, MouseScrollDown, MouseScrollUp, Resize
from textual.geometry import Size
from textual.message import Message

from engine import Trace
from tui.screens.drawn import Drawn
from tui.state.scene import Room, Scene, Waiting, Wants
from tui.state.screen_state import ScreenState
from tui.style.glyphs import Glyphs
from tui.style.palette import Palette
from tui.views.view import View


def view_of(name: str, glyphs: Glyphs, palette: Palette) -> View:
    """The view of that id in VIEWS."""
    view: View = import_module(f"tui.views.{name}").VIEW(glyphs, palette)
    return view


class ViewPane(Drawn):
    """Shows one view in all the room that it is given."""

    DEFAULT_CSS = "ViewPane { height: 1fr; width: 1fr; }"

    class Resized(Message):
        """There is another amount of room."""

    class Pointed(Message):
        """Somebody points at a layer."""

        def __init__(self, layer: int) -> None:
            super().__init__()
            self.layer = layer

    class Turned(Message):
        """Somebody turns the wheel: a layer towards the output (+1) or the input (-1)."""

        def __init__(self, step: int) -> None:
            super().__init__()
            self.step = step

    def __init__(
        self,
        view_of: Callable[[Glyphs, Palette], View],
        glyphs: Glyphs,
        palette: Palette,
        id: str,
    ) -> None:
        self._view_of, self._glyphs, self._drawn_size = view_of, glyphs, Size()
        super().__init__(palette, id)

    @cached_property
    def view(self) -> View:
        """What is shown, imported and made when it is needed."""
        return self._view_of(self._glyphs, self.palette)

    @property
    def room(self) -> Room:
        """What there is to draw in."""
        return Room(*self.size)

    @property
    def is_drawn(self) -> bool:
        """Whether what it shows was drawn for the size that it has."""
        return self.size == self._drawn_size and bool(self._given)

    def wants(self, state: ScreenState, trace: Trace) -> Wants:
        """What the view needs; nothing as long as it has no room."""
        return self.view.wants(state, trace, self.room) if self.size.area else Wants()

    def show(self, scene: Scene | Waiting) -> None:
        """Draw a scene, or nothing: a log may have been emptied since."""
        if isinstance(scene, Waiting):
            self.put(())
        elif self.size.area:
            self.put(self.view.shown(scene, self.room))
        else:
            # hidden: what it showed is out of date once it has room again
            self._drawn_size, self._given, self._rows = Size(), (), []

    def draw_with(self, glyphs: Glyphs) -> None:
        """Draw in other characters once it is restyled."""
        self._glyphs = glyphs
        if "view" in vars(self):
            self.view.draw_with(glyphs)

    def restyle(self, palette: Palette) -> None:
        """Draw in another look from now on."""
        super().restyle(palette)
        if "view" in vars(self):
            self.view.restyle(palette)

    def on_resize(self, event: Resize) -> None:
        """Ask for a picture of the new size."""
        self.adapt()

    def adapt(self) -> None:
        """Ask for another picture; what was drawn for another size stays until it comes."""
        if self.size != self._drawn_size:
            self._drawn_size, self._given = self.size, ()
            self.post_message(self.Resized())

    def on_click(self, event: Click) -> None:
        """The cursor goes to the column under the mouse."""
        layer = self.view.layer_at(event.x)
        if layer is not None:
            self.post_message(self.Pointed(layer))

    def on_mouse_scroll_up(self, event: MouseScrollUp) -> None:
        """To the right, as reading goes up the stack of layers."""
        event.stop()
        self.post_message(self.Turned(1))

    def on_mouse_scroll_down(self, event: MouseScrollDown) -> None:
        """To the left."""
        event.stop()
        self.post_message(self.Turned(-1))
