"""The widget that shows a view: only rows that changed are sent to the terminal."""

from collections.abc import Callable
from functools import cached_property
from importlib import import_module
from itertools import groupby

from textual.events import Click, MouseScrollDown, MouseScrollUp, Resize
from textual.geometry import Region, Size
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from engine import Trace
from tui.state.scene import Room, Scene, Wants
from tui.state.state import State
from tui.style.glyphs import Glyphs
from tui.style.palette import Palette
from tui.views.view import View


def view_of(name: str, glyphs: Glyphs, palette: Palette) -> View:
    """The view of that id in VIEWS."""
    view: View = import_module(f"tui.views.{name}").VIEW(glyphs, palette)
    return view


class ViewPane(Widget):
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

    def __init__(self, view_of: Callable[[Palette], View], palette: Palette, id: str) -> None:
        super().__init__(id=id)
        self._view_of, self._palette = view_of, palette
        self._drawn_size = Size()
        self._drawn: list[Strip] = []
        self._strips: list[Strip] = []

    @cached_property
    def view(self) -> View:
        """What is shown, imported and made when it is needed."""
        return self._view_of(self._palette)

    @property
    def room(self) -> Room:
        """What there is to draw in."""
        return Room(*self.size)

    @property
    def is_drawn(self) -> bool:
        """Whether what it shows was drawn for the size that it has."""
        return bool(self._drawn) and self.size == self._drawn_size

    def wants(self, state: State, trace: Trace) -> Wants:
        """What the view needs; nothing as long as it has no room."""
        return self.view.wants(state, trace, self.room) if self.size.area else Wants()

    def show(self, scene: Scene) -> None:
        """Draw a scene; rows that stay the same are not sent again."""
        if self.size.area:
            self._put(self.view.shown(scene, self.room))
        else:
            # hidden: what it showed is out of date once it has room again
            self._drawn_size, self._strips = Size(), []

    def restyle(self, palette: Palette) -> None:
        """Draw in another look from now on."""
        self._palette = palette
        if "view" in vars(self):
            self.view.restyle(palette)
        self._strips, self._drawn = [], []
        self.refresh()

    def _put(self, drawn: list[Strip]) -> None:
        if drawn is self._drawn:
            return
        old, blank, width = self._strips, self.view.painter.blank, self.size.width
        self._drawn = drawn
        self._strips = [strip.adjust_cell_length(width, blank) for strip in drawn]
        rows = range(len(self._strips))
        is_other = [y >= len(old) or self._strips[y] is not old[y] != self._strips[y] for y in rows]
        for changed, run in groupby(rows, is_other.__getitem__):
            if changed:
                first, *more = run
                self.refresh(Region(0, first, width, 1 + len(more)))

    def on_resize(self, event: Resize) -> None:
        """Ask for a picture of the new size."""
        self._adapt()

    def _adapt(self) -> None:
        """Ask for another picture; what was drawn for another size stays until it comes."""
        if self.size != self._drawn_size:
            self._drawn_size, self._drawn = self.size, []
            self.post_message(self.Resized())

    def render_line(self, y: int) -> Strip:
        """One row of the widget."""
        # a size that changes right after the first layout comes without a Resize (textual 8.2)
        self._adapt()
        if y < len(self._strips):
            return self._strips[y].adjust_cell_length(self.size.width, self.view.painter.blank)
        return Strip.blank(self.size.width, self.view.painter.blank)

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
