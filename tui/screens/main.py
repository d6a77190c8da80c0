"""The main screen: the view between the lines about the experiment and about a layer."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from rich.text import Text
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.message import Message
from textual.screen import Screen
from textual.widgets import Static

from engine import Inspection, Trace, Verdict, verdict
from tui.screens.big_words import BigWords
from tui.screens.layers_table import LayersTable
from tui.screens.panels import Panel
from tui.screens.view_pane import ViewPane, view_class
from tui.session.animation import Motion
from tui.session.axis_ranges import Axes
from tui.session.remedies import Advice
from tui.session.training_pictures import Glimpses
from tui.state.actions import ACTIONS, Action
from tui.state.axis import Axis
from tui.state.metrics import METRICS, Metric, PerLayer
from tui.state.scene import Scene, TrainingScene, Wants
from tui.state.state import State
from tui.state.views import VIEWS
from tui.state.wave import Phase, Wave
from tui.style.glyphs import Glyphs
from tui.style.palette import Palette, Restyled
from tui.views.inspector import LEAST_SCREEN_WIDTH, WIDTH, Inspector
from tui.views.screen_lines import screen_lines
from tui.views.verdict_line import big_words
from tui.views.writer import Writer

MIN_WIDTH, MIN_HEIGHT = 60, 16


Inspect = Callable[[Trace, frozenset[int]], Mapping[int, Inspection] | None]


class MainScreen(Screen[None]):
    """Shows a Trace in one of the views; owns what moves, and is told how much time has passed."""

    DEFAULT_CSS = """
    MainScreen { layout: vertical; padding: 0 1; background: $background; }
    MainScreen > Static { height: 1; text-wrap: nowrap; text-overflow: ellipsis; }
    MainScreen #body { height: 1fr; }
    MainScreen #too-small { display: none; height: 1fr; content-align: center middle; }
    MainScreen #too-small { text-wrap: wrap; }
    MainScreen #big { display: none; }
    MainScreen.-presenting > Static { display: none; }
    MainScreen.-presenting > #big { display: block; }
    MainScreen.-presenting > #experiment { display: block; }
    MainScreen.-presenting > #why { display: block; }
    MainScreen.-too-small > * { display: none; }
    MainScreen.-too-small > #too-small { display: block; }
    """

    class Crowded(Message):
        """There is no room left: what is open should close."""

    def __init__(
        self, glyphs: Glyphs, palette: Palette, actions: tuple[Action, ...] = ACTIONS
    ) -> None:
        super().__init__()
        self._glyphs = glyphs
        self._writer, self._actions = Writer(palette, glyphs), actions
        self._big = BigWords(glyphs)
        self._views = {
            name: ViewPane(view_class(name)(glyphs, palette), name if i else "chart")
            for i, name in enumerate(VIEWS)
        }
        self._table = LayersTable()
        self._inspector = ViewPane(Inspector(glyphs, palette), "inspector")
        self._inspector.styles.width = WIDTH
        self._trace: Trace | None = None
        self._verdict: Verdict | None = None
        self._state: State | None = None
        # the app says what is known of a Trace's layers, and finds out the rest
        self.inspect: Inspect = lambda trace, layers: None
        self.advice: Advice | None = None
        # the run that is trained, if one is
        self.training: Glimpses | None = None
        self._axes = Axes()
        self._axes_before = Axes()
        self._motion = Motion()
        self._panel: Panel | None = None
        self.computing = False
        self.too_small = False
        self.presenting = False

    def compose(self) -> ComposeResult:
        """Three lines, the views, four lines."""
        yield Static(id="header")
        yield Static(id="experiment")
        yield Static(id="verdict")
        yield self._big
        with Horizontal(id="body"):
            yield from self._views.values()
            yield self._table
            yield self._inspector
        yield Static(id="factors")
        yield Static(id="numbers")
        yield Static(id="why")
        yield Static(id="keys")
        yield Static(id="too-small")

    # what is shown

    @property
    def trace(self) -> Trace | None:
        """What is on the screen."""
        return self._trace

    @property
    def axis(self) -> Axis | None:
        """The axis of the metric that is shown."""
        return self._axes.known.get(self._metric.id)

    @property
    def view(self) -> ViewPane:
        """The view that is shown."""
        return self._views[self._state.view if self._state else next(iter(self._views))]

    @property
    def _metric(self) -> Metric:
        return METRICS[self._state.metric if self._state else "delta"]

    @property
    def wave(self) -> Wave:
        """How far the wave is."""
        return self._motion.wave

    @property
    def is_healthy(self) -> bool:
        """Whether the run that is shown needs no remedy."""
        return self._verdict is not None and self._verdict.kind == "healthy"

    @property
    def moving(self) -> bool:
        """Whether the picture changes by itself."""
        return self._motion.moving

    def show_trace(self, trace: Trace, sweep: bool) -> None:
        """Another Trace; `sweep` moves the bars there, else they stand at once."""
        heights = self.view.view.heights
        self._trace, self._verdict = trace, verdict(trace)
        # previews do not add up: each is shown on the axis from before the panel
        self._grow_axes(self._axes if self._panel is None else self._axes_before)
        self._motion.show(trace.depth, heights if sweep else None)
        self.computing = False

    def show_state(self, state: State, words: bool = True) -> None:
        """Another state: the cursor and the view may be others; `words` writes the lines anew."""
        old, self._state = self._state, state
        for name, view in self._views.items():
            view.display = name == state.view and not state.table
        self._table.display = state.table
        if old is None or (old.metric, id(old.pinned)) != (state.metric, id(state.pinned)):
            self._motion.transition = None
            self._grow_axes(self._axes)
        self.redraw(words)

    def _grow_axes(self, base: Axes) -> None:
        if self._compared:
            self._axes = base.grown(self._metric, *self._compared)

    @property
    def _compared(self) -> tuple[Trace, ...]:
        """The run that is shown, and the pinned one."""
        pinned = self._state.pinned if self._state else None
        return tuple(trace for trace in (self._trace, pinned) if trace is not None)

    def play(self) -> None:
        """Start the wave, pause it or go on."""
        if self._trace is not None:
            self._motion.play()
            self.redraw()

    def step(self, direction: int) -> None:
        """The wave one layer on or back, paused."""
        if self._trace is not None:
            self._motion.step(direction)
            self.redraw()

    def finish_motion(self) -> bool:
        """Show the end state at once; whether anything was moving."""
        return self._motion.finish()

    def advance(self, seconds: float) -> None:
        """Let so much time pass."""
        self._motion.advance(seconds, self._state.speed if self._state else 1.0)
        self.redraw(words=self.wave.phase is not Phase.DONE or not self.moving)

    def refit(self) -> None:
        """The axis for what is shown now."""
        if self._trace is not None:
            self._axes = self._axes.refitted(self._metric, *self._compared)
            self.redraw()

    def restore_axis(self) -> None:
        """The axes from before the open panel's previews."""
        self._axes = self._axes_before

    # looks

    def restyle(self, palette: Palette) -> None:
        """Everything in another look."""
        self._writer = replace(self._writer, palette=palette)
        for widget in self.query("*"):
            if isinstance(widget, Restyled):
                widget.restyle(palette)
        self.redraw()

    def present(self, on: bool) -> None:
        """The chart alone with large words, or all lines again."""
        self.presenting = on
        self.set_class(on, "-presenting")
        self.redraw()

    def as_text(self) -> str:
        """The screen as characters."""
        strips = self._compositor.render_strips()
        return "\n".join(strip.text.rstrip() for strip in strips).rstrip("\n")

    # drawing

    def on_resize(self) -> None:
        """Say so if there is no room."""
        width, height = self.app.size
        self.too_small = width < MIN_WIDTH or height < MIN_HEIGHT
        self.set_class(self.too_small, "-too-small")
        if self.too_small:
            self.post_message(self.Crowded())
            if self.app.screen is not self:
                self.app.pop_screen()
            words = f"have {width}x{height}, need {MIN_WIDTH}x{MIN_HEIGHT}"
            self.query_one("#too-small", Static).update(words)
        else:
            self.redraw()

    def on_view_pane_resized(self) -> None:
        """Draw for the new size."""
        self._motion.transition = None
        self.redraw()

    def redraw(self, words: bool = True) -> None:
        """Bring the screen up to date; `words` false leaves the lines alone."""
        state = self._state
        if state is None or not self.is_mounted:
            return
        self._inspector.display = self._has_room_to_inspect
        scene = self._scene(state)
        if scene is not None:
            if state.table:
                self._table.show(scene.trace, scene.cursor)
            else:
                self.view.show(scene)
            if self._inspector.display:
                self._inspector.show(scene)
        if words:
            self._write(state, scene)

    @property
    def _has_room_to_inspect(self) -> bool:
        return self.size.width >= LEAST_SCREEN_WIDTH - 2 and self._panel is None

    def _inspecting_views(self) -> list[ViewPane]:
        """Those on the screen; the table shows digits alone."""
        views = [] if self._state and self._state.table else [self.view]
        return [*views, self._inspector] if self._has_room_to_inspect else views

    def _scene(self, state: State) -> Scene | None:
        trace, axis = self._trace, self.axis
        if trace is None or axis is None or self._verdict is None:
            return None
        wants = Wants()
        for pane in self._inspecting_views():
            wants |= pane.wants(state, trace)
        return Scene(
            state=state,
            trace=trace,
            verdict=self._verdict,
            axis=axis,
            wave=self.wave,
            transition=self._motion.transition,
            line=self._line_of(trace, state),
            band=self.advice.band(self._metric) if self.advice else None,
            inspections=self.inspect(trace, wants.layers) if wants.layers else {},
            pinned_inspections=self._pinned_inspections(state, min(state.cursor, trace.depth)),
            training=self._training_scene(wants),
            remedies=self.advice.remedies if self.advice else None,
            computing=self.computing,
        )

    def _training_scene(self, wants: Wants) -> TrainingScene | None:
        training = self.training
        if training is None or training.live.trace is not self._trace:
            return None
        live, split = training.live, training.live.trainer.split
        return TrainingScene(
            step=live.trace.step,
            playing=live.playing,
            steps_per_second=live.steps_per_second,
            curves=training.curves() if wants.curves else None,
            heat=training.heat(wants.heat_columns) if wants.heat_columns else None,
            displacement=training.displacement() if wants.curves else None,
            grid=training.grid(*wants.grid) if wants.grid else None,
            samples=training.samples(wants.samples) if wants.samples else None,
            probe=training.probe() if wants.probe else None,
            boundary_samples=split.test if len(split.test.x) else split.train,
        )

    def _line_of(self, trace: Trace, state: State) -> PerLayer | None:
        predicted = self._metric.predicted
        return predicted(trace) if state.theory and predicted is not None else None

    def _pinned_inspections(self, state: State, cursor: int) -> Mapping[int, Inspection]:
        pinned = state.pinned
        if pinned is None or state.table or cursor > pinned.depth:
            return {}
        layers = self.view.wants(state, pinned).layers & {cursor}
        return (self.inspect(pinned, layers) if layers else None) or {}

    def _write(self, state: State, scene: Scene | None) -> None:
        lines = screen_lines(self._writer, state, scene, self._actions, self.size.width)
        for name, text in lines.items():
            self._line(name, text)
        if self.presenting:
            self._big.show(*big_words(self._writer, scene))

    def _line(self, name: str, text: Text) -> None:
        line = self.query_one(f"#{name}", Static)
        if getattr(line, "shown", None) != text:
            line.shown = text  # type: ignore[attr-defined]
            line.update(text, layout=False)

    def open_panel(self, panel: Panel) -> None:
        """A panel beside the chart, instead of any other."""
        self.close_panel()
        self._panel, self._axes_before = panel, self._axes
        self.query_one("#body").mount(panel)

    @property
    def panel(self) -> Panel | None:
        """The open panel."""
        return self._panel

    def close_panel(self) -> None:
        """Close the panel, if one is open."""
        if self._panel is not None:
            self._panel.remove()
            self._panel = None
