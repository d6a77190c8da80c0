"""What every view is given, and how it brings it on the screen: only rows that changed are sent."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from textual.events import Click, MouseScrollDown, MouseScrollUp, Resize
from textual.geometry import Region, Size
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from engine import Inspection, Trace
from tui.charts.axis import Axis
from tui.charts.bars import Frame
from tui.charts.overlays import Band
from tui.charts.painter import Painter
from tui.session.training_pictures import Glimpses
from tui.state.metrics import Metric, PerLayer
from tui.state.wave import Sweep, Wave
from tui.style.glyphs import Glyphs
from tui.style.palette import Palette
from tui.words.inspection import INSPECTING, NOT_INSPECTED


@dataclass(frozen=True)
class Scene:
    """What there is to show: the run, the run it is compared with, and where its wave is.

    `cursor` is a layer from 1; `axis` is that of `metric`. In the metric's values a layer: `line`
    is what theory expects, `band` the low end, median and high end over seeds. `inspections` holds
    those of the layers that the view asked for which are known by now, None if they cannot be had.
    `training` is the run that is trained, if one is, and `picture` an id of PICTURES.
    """

    trace: Trace
    metric: Metric
    axis: Axis
    cursor: int
    wave: Wave
    sweep: Sweep | None = None
    pinned: Trace | None = None
    line: PerLayer | None = None
    band: Band | None = None
    inspections: Mapping[int, Inspection] | None = None
    pinned_inspections: Mapping[int, Inspection] = field(default_factory=dict)
    training: Glimpses | None = None
    picture: str = "displacement"

    def inspection(self, layer: int) -> Inspection | None:
        """What is known of a layer."""
        return (self.inspections or {}).get(layer)

    @property
    def no_inspection(self) -> str:
        """What there is to say in place of one."""
        return NOT_INSPECTED if self.inspections is None else INSPECTING


class View(Widget):
    """One picture of the scene; a subclass says how it is drawn."""

    DEFAULT_CSS = "View { height: 1fr; width: 1fr; }"

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

    def __init__(self, glyphs: Glyphs, palette: Palette, id: str) -> None:
        super().__init__(id=id)
        self.painter = Painter(palette, glyphs)
        self._drawn_size = Size()
        self._strips: list[Strip] = []

    def draw(self, scene: Scene) -> list[Strip]:
        """A strip for each row of the widget."""
        raise NotImplementedError

    def inspected_layers(self, cursor: int, depth: int) -> frozenset[int]:
        """The layers whose distributions it shows."""
        return frozenset()

    def layer_at(self, x: int) -> int | None:
        """The layer shown in that cell of the widget, if the view has columns."""
        return None

    @property
    def frame(self) -> Frame | None:
        """The bars shown now, for a sweep to start from."""
        return None

    def show(self, scene: Scene) -> None:
        """Draw a scene; rows that stay the same are not sent again."""
        if self.size.area:
            self._put(self.draw(scene))
        else:
            # hidden: what it showed is out of date once it has room again
            self._drawn_size = Size()

    def restyle(self, palette: Palette) -> None:
        """Draw in another look from now on."""
        self.painter = Painter(palette, self.painter.glyphs)
        self._strips = []
        self.refresh()

    def _put(self, fresh: Sequence[Strip]) -> None:
        old, blank = self._strips, self.painter.blank
        self._strips = [strip.adjust_cell_length(self.size.width, blank) for strip in fresh]
        for y, strip in enumerate(self._strips):
            if y >= len(old) or old[y] != strip:
                self.refresh(Region(0, y, self.size.width, 1))

    def on_resize(self, event: Resize) -> None:
        """Ask for a picture of the new size."""
        self._adapt()

    def _adapt(self) -> None:
        """Forget what was drawn for another size."""
        if self.size != self._drawn_size:
            self._drawn_size = self.size
            self._strips = []
            self.post_message(self.Resized())

    def render_line(self, y: int) -> Strip:
        """One row of the widget."""
        # a size that changes right after the first layout comes without a Resize (textual 8.2)
        self._adapt()
        if y < len(self._strips):
            return self._strips[y]
        return Strip.blank(self.size.width, self.painter.blank)

    def on_click(self, event: Click) -> None:
        """The cursor goes to the column under the mouse."""
        layer = self.layer_at(event.x)
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
