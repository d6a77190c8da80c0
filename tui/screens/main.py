"""The main screen: the view between the lines about the experiment and about a layer."""

from __future__ import annotations

from functools import cached_property, partial
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.message import Message
from textual.widgets import Static

from engine import Trace
from tui.charts.painter import Painter, empty_line
from tui.screens.big_words import BigWords
from tui.screens.bindings import ANSWERING
from tui.screens.drawn import Drawn, Line
from tui.screens.modal import Over
from tui.screens.panel import Panel
from tui.screens.patient import PatientScreen
from tui.screens.side import Side, is_wide
from tui.screens.tour_panel import TourRoom
from tui.screens.view_pane import ViewPane, view_of
from tui.state.actions import ACTIONS, Action
from tui.state.animations import Heights
from tui.state.scene import Scene, Waiting, Wants
from tui.state.screen_state import ScreenState
from tui.state.views import VIEWS
from tui.style.glyphs import Glyphs
from tui.style.palette import Palette
from tui.views.header_lines import caption_line
from tui.views.layer_lines import line_signs
from tui.views.legend import line_marks
from tui.views.presented_lines import presented_lines, put
from tui.views.screen_lines import legend_hint, screen_lines
from tui.views.verdict_line import big_words
from tui.words.screens import too_small_text

if TYPE_CHECKING:
    from tui.screens.layers_table import LayersTable

    # who takes no tour does not wait for it
    from tui.state.tour import Told

MIN_WIDTH, MIN_HEIGHT = 60, 16

ROOMY = 20
"""Rows from which on every view has a caption."""

ABOVE = ("header", "experiment", "verdict", "caption")
BELOW = ("time", "factors", "numbers", "why", "keys")
"""The lines of text, by the ids of their widgets."""


class MainScreen(PatientScreen):
    """Shows scenes in one of the views; what a view wants, the app has the session find out."""

    DEFAULT_CSS = """
    MainScreen { layout: vertical; padding: 0 1; background: $background; }
    MainScreen > Line { height: 1; }
    MainScreen #body { height: 1fr; }
    MainScreen #too-small { display: none; height: 1fr; content-align: center middle;
                            text-wrap: wrap; }
    MainScreen #big, MainScreen > #time { display: none; }
    MainScreen.-log > #time { display: block; }
    MainScreen.-presenting > Line { display: none; }
    MainScreen.-presenting > #big, MainScreen.-presenting > #experiment { display: block; }
    MainScreen.-presenting > #verdict, MainScreen.-presenting > #caption { display: block; }
    MainScreen.-presenting > #factors { display: block; }
    MainScreen.-led > .-below { display: none; }
    MainScreen.-led.-low > #experiment, MainScreen.-led.-low > #caption { display: none; }
    MainScreen.-led.-presenting > #experiment { display: none; }
    MainScreen.-led.-presenting > #factors { display: none; }
    MainScreen.-named-by-itself > #caption { display: none; }
    MainScreen.-too-small > * { display: none; }
    MainScreen.-too-small > #too-small { display: block; }
    """

    BINDINGS: ClassVar[list[BindingType]] = list(ANSWERING)

    class Resized(Message):
        """There is another amount of room, too little perhaps."""

        def can_replace(self, message: Message) -> bool:
            """Of several in a row the last counts: an app that starts is laid out five times."""
            return isinstance(message, MainScreen.Resized)

    def __init__(
        self, glyphs: Glyphs, palette: Palette, actions: tuple[Action, ...] = ACTIONS
    ) -> None:
        super().__init__()
        self.glyphs = glyphs
        self._painter, self._actions = Painter(palette, glyphs), actions
        self._big = BigWords(glyphs)
        self._views = {
            name: ViewPane(partial(view_of, name), glyphs, palette, name if i else "chart")
            for i, name in enumerate(VIEWS)
        }
        self._lines = {name: Line(palette, name) for name in (*ABOVE, *BELOW)}
        for name in BELOW:
            self._lines[name].add_class("-below")
        self._tour = TourRoom(palette)
        self._side = Side(glyphs, palette, self._tour.beside)
        self._body, self._no_room = Horizontal(id="body"), Static(id="too-small")
        self._shown_view = next(iter(VIEWS))
        for pane in list(self._views.values())[1:]:
            pane.display = False
        self.panel: Panel | None = None
        self.too_small = False
        self.presenting = False

    def compose(self) -> ComposeResult:
        """Four lines, the views, four lines."""
        yield self._big
        yield from (self._lines[name] for name in ABOVE)
        with self._body:
            yield from self._views.values()
            yield self._side
        yield from (self._lines[name] for name in BELOW)
        yield self._tour.under
        yield self._no_room

    @cached_property
    def _table(self) -> LayersTable:
        """The layers as rows, mounted when they are first wanted."""
        from tui.screens.layers_table import LayersTable

        table = LayersTable(self.palette)
        self._body.mount(table, before=self._side)
        return table

    @property
    def palette(self) -> Palette:
        """The look that is worn now."""
        return self._painter.palette

    @property
    def view(self) -> ViewPane:
        """The view that is shown."""
        return self._views[self._shown_view]

    @property
    def heights(self) -> Heights | None:
        """The bars that are shown, for a transition to start from."""
        return self.view.view.heights

    @property
    def has_keys(self) -> bool:
        """Whether people see it, and nothing over or beside it has the keys."""
        return self.app.screen is self and not self.too_small and self.panel is None

    # scenes

    def wants(self, state: ScreenState, trace: Trace | None, words: bool = True) -> Wants:
        """What is needed to show that Trace as the state says, with or without `words`."""
        wants = Wants()
        if trace is None:
            return wants
        if not state.table:
            wants |= self._views[state.view].wants(state, trace)
        return wants | self._side.wants(state, trace) if words else wants

    def show(self, scene: Scene | Waiting, words: bool = True, told: Told | None = None) -> None:
        """Bring the screen up to date; `words` false leaves all but the view alone."""
        state, self.is_blank = scene.state, False
        if isinstance(scene, Scene) and state.table:
            # its columns are in the legend
            self._table.show(scene)
        if words:
            self._make_room(told, state.legend)
            self._shown_view = state.view
            is_covered = isinstance(scene, Scene) and self._arrange(scene)
            for name, pane in self._views.items():
                pane.display = name == state.view and not (state.table or is_covered)
            if state.table or "_table" in vars(self):
                self._table.display = state.table and isinstance(scene, Scene) and not is_covered
        if isinstance(scene, Waiting) or not state.table:
            self.view.show(scene)
        if words:
            if isinstance(scene, Scene):
                self._side.show(scene)
            if self.panel is not None:
                self.panel.show(state)
            self._write(scene, self._tour.reaching(told, self._actions, state.table))
            self._tour.show(told, scene, self._painter, self._actions)

    def _make_room(self, told: Told | None, has_legend: bool) -> None:
        """For what is told, beside the chart or under it."""
        size = self.app.size
        told = None if self.too_small else told
        self.set_class(self._tour.place(told, size, self.presenting, has_legend), "-led")
        self.set_class(size.height < ROOMY, "-low")

    def _arrange(self, scene: Scene) -> bool:
        """Make room beside the view for what belongs there; whether the view's is needed, too."""
        if self.panel is not None or self.presenting:
            self._side.hide()
            return False
        rows, state = self._body.size.height, scene.state
        width, is_led = self.size.width, self._tour.beside.display
        self._side.inspects = scene.log is None
        if not (state.legend or is_led or (is_wide(width) and self._side.inspects)):
            self._side.hide()
            return False
        view = self.view
        shown = self._table.signs() if state.table else view.view.signs(scene, view.room)
        told = () if scene.wave.held else line_signs(self._painter, scene, width)
        drawn = (*line_marks(scene), *shown)
        return self._side.make_room(width, rows, drawn, told, state.legend)

    def _write(self, scene: Scene | Waiting, actions: tuple[Action, ...]) -> None:
        shown = scene if isinstance(scene, Scene) else None
        painter, width = self._painter, self.size.width
        written = presented_lines if self.presenting else screen_lines
        lines = written(painter, scene, actions, width)
        why = lines["why"]
        view = self.view.view
        self.set_class(self.size.height < ROOMY and view.names_itself, "-named-by-itself")
        if shown is not None and not shown.state.table:
            named, marks = view.caption(shown, width), view.marks(shown)
            is_told = self.presenting or self._side.legend.display
            hint = empty_line() if is_told else legend_hint(painter, actions)
            lines["caption"] = caption_line(painter, named, marks, hint, width)
        if self.presenting:
            self._big.show(*big_words(painter, shown), self._tour.rows_under)
        if self.has_class("-led") and scene.state.notices:
            put(lines, why, ABOVE[:1] if self.has_class("-low") else ABOVE[:2], width)
        elif not self.presenting:
            put(lines, why, BELOW[1:-1], width)
        if shown is not None and shown.wave.held:
            lines |= dict.fromkeys(("factors", "numbers", "why"), empty_line())
        self.set_class("time" in lines, "-log")
        for name, text in lines.items():
            self._lines[name].show(text)
        if self.too_small and scene.state.notices:
            self._no_room.update(why)

    # looks

    def restyle(self, palette: Palette) -> None:
        """Everything in another look or language, from the next scene on."""
        self._painter = Painter(palette, self.glyphs)
        if "_table" in vars(self):
            self._table.restyle(palette)
        for drawn in self.query(Drawn):
            drawn.restyle(palette)
            drawn.refresh()
        for labelled in (self.panel, *self.app.screen_stack):
            if isinstance(labelled, Panel | Over):
                labelled.relabel()
        self._tell_room()

    def present(self, on: bool) -> None:
        """The chart alone with large words, or all lines again."""
        self.presenting = on
        self.set_class(on and not self.too_small, "-presenting")

    def as_text(self) -> str:
        """The screen as characters."""
        strips = self._compositor.render_strips()
        return "\n".join(strip.text.rstrip() for strip in strips).rstrip("\n")

    def on_resize(self) -> None:
        """Say so if there is no room."""
        width, height = self.app.size
        self.too_small = width < MIN_WIDTH or height < MIN_HEIGHT
        self.set_class(self.too_small, "-too-small")
        self.present(self.presenting)
        if self.too_small:
            while self.app.screen is not self:
                self.app.pop_screen()
            self._tell_room()
        self.post_message(self.Resized())

    def _tell_room(self) -> None:
        """What room there is, and what is needed."""
        self._no_room.update(too_small_text(*self.app.size, MIN_WIDTH, MIN_HEIGHT))

    def on_screen_resume(self) -> None:
        """What stood before it has gone: what moves goes on."""
        self.post_message(self.Resized())

    def on_view_pane_resized(self) -> None:
        """A view has another size; its message is the screen's own and goes no further."""
        self.post_message(self.Resized())

    # panels

    def open_panel(self, panel: Panel) -> None:
        """A panel beside the chart, instead of any other."""
        self.close_panel()
        self.panel = panel
        self._body.mount(panel)

    def close_panel(self) -> None:
        """Close the panel, if one is open."""
        if self.panel is not None:
            self.panel.close()
            self.panel = None
