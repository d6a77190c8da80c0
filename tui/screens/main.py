"""The main screen: the chart between the lines about the experiment and about a layer."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
from rich.text import Text
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.screen import Screen
from textual.widgets import Static

from engine import Trace, Verdict, verdict
from tui.actions import ACTIONS, Action
from tui.bars import Bar, Frame, Role, bar_of
from tui.captions import Writer
from tui.glyphs import Glyphs
from tui.layout import Column, column_of, columns
from tui.palette import Palette, Restyled
from tui.player import Phase, Sweep, Wave, finished_wave
from tui.scales import Axis, fitted
from tui.state import State
from tui.widgets.big_words import BigWords
from tui.widgets.chart import LayerChart, Picture
from tui.widgets.panel import Panel

MIN_WIDTH, MIN_HEIGHT = 60, 16


class MainScreen(Screen[None]):
    """Shows a Trace; owns what moves, and is told how many seconds have passed."""

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

    def __init__(
        self, glyphs: Glyphs, palette: Palette, actions: tuple[Action, ...] = ACTIONS
    ) -> None:
        super().__init__()
        self._glyphs = glyphs
        self._writer = Writer(palette, glyphs, actions)
        self._big = BigWords(glyphs)
        self._chart = LayerChart(glyphs, palette)
        self._trace: Trace | None = None
        self._verdict: Verdict | None = None
        self._state: State | None = None
        self._axis: Axis | None = None
        self._sweep: Sweep | None = None
        self._axis_before: Axis | None = None
        self._panel: Panel | None = None
        self._bars: dict[Role, tuple[Bar, ...]] = {}
        self._bars_key: object = None
        self.computing = False
        self.too_small = False
        self.presenting = False
        self.wave = finished_wave(1)

    def compose(self) -> ComposeResult:
        """Three lines, the chart, four lines."""
        yield Static(id="header")
        yield Static(id="experiment")
        yield Static(id="verdict")
        yield self._big
        with Horizontal(id="body"):
            yield self._chart
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
        """The chart's axis."""
        return self._axis

    @property
    def moving(self) -> bool:
        """Whether the picture changes by itself."""
        return self._sweep is not None or (self.wave.playing and self.wave.phase is not Phase.DONE)

    def show_trace(self, trace: Trace, sweep: bool) -> None:
        """Another Trace; `sweep` moves the bars there, else they stand at once."""
        picture = self._chart.picture
        self._trace, self._verdict = trace, verdict(trace)
        needed = _needed_axis(trace)
        # previews do not add up: each is shown on the axis from before the panel
        before = self._axis if self._panel is None else self._axis_before
        self._axis = needed if before is None else before.joined(needed)
        self.wave = finished_wave(trace.depth)
        self._sweep = Sweep(picture.frame) if sweep and picture is not None else None
        self.computing = False

    def show_state(self, state: State) -> None:
        """Another state: the lines are written anew, the cursor moves."""
        self._state = state
        self.redraw()

    def play(self) -> None:
        """Start the wave, pause it or go on."""
        if self._trace is None:
            return
        self._sweep = None
        if self.wave.phase is Phase.DONE:
            self.wave = Wave(self._trace.depth)
        else:
            self.wave = replace(self.wave, playing=not self.wave.playing)
        self.redraw()

    def step(self, direction: int) -> None:
        """The wave one layer on or back, paused."""
        if self._trace is not None:
            self._sweep = None
            self.wave = self.wave.stepped(direction)
            self.redraw()

    def finish_motion(self) -> bool:
        """Show the end state at once; whether anything was moving."""
        moving = self.wave.phase is not Phase.DONE or self._sweep is not None
        self.wave = finished_wave(self._trace.depth if self._trace else 1)
        self._sweep = None
        return moving

    def advance(self, seconds: float) -> None:
        """Let so much time pass."""
        if self._sweep is not None:
            self._sweep = self._sweep.advanced(seconds)
            if self._sweep.done:
                self._sweep = None
        elif self.wave.playing and self._state is not None:
            self.wave = self.wave.advanced(seconds * self._state.speed)
        self.redraw(words=self.wave.phase is not Phase.DONE or not self.moving)

    def refit(self) -> None:
        """The axis for what is shown now."""
        if self._trace is not None:
            self._axis = _needed_axis(self._trace)
            self.redraw()

    def restore_axis(self) -> None:
        """The axis from before the open panel's previews."""
        self._axis = self._axis_before or self._axis

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
            self.close_panel()
            if self.app.screen is not self:
                self.app.pop_screen()
            words = f"have {width}x{height}, need {MIN_WIDTH}x{MIN_HEIGHT}"
            self.query_one("#too-small", Static).update(words)

    def on_layer_chart_resized(self) -> None:
        """Draw for the new size."""
        self._sweep = None
        self.redraw()

    def redraw(self, words: bool = True) -> None:
        """Bring the screen up to date; `words` false leaves the lines alone."""
        trace, state = self._trace, self._state
        if state is None or not self.is_mounted:
            return
        if trace is not None and self._axis is not None:
            self._chart.show(self._picture(trace, self._axis, min(state.cursor, trace.depth)))
        if words:
            self._write(state)

    def _write(self, state: State) -> None:
        writer, trace = self._writer, self._trace
        width = self.size.width
        # what the bars show, which a preview makes another than what is set
        shown = state.experiment if trace is None or self.computing else trace.experiment
        self._line("experiment", writer.experiment(shown, width))
        self._line("keys", writer.keys(width))
        self._line("header", writer.header(trace, width))
        if trace is None or self._verdict is None or self.computing:
            self._line("verdict", Text("computing …", end=""))
        elif self.wave.phase is Phase.DONE:
            self._line("verdict", writer.verdict(trace, self._verdict, width))
        else:
            self._line("verdict", writer.wave(trace, self.wave))
        if self.presenting:
            self._big.show(*writer.big(trace, self._verdict, self.wave))
        if trace is not None and self._verdict is not None:
            cursor = min(state.cursor, trace.depth)
            self._line("factors", writer.factors(trace, cursor))
            self._line("numbers", writer.numbers(trace, cursor, width))
            self._line("why", writer.why(trace, self._verdict, state.notice))

    def _line(self, name: str, text: Text) -> None:
        line = self.query_one(f"#{name}", Static)
        if getattr(line, "shown", None) != text:
            line.shown = text  # type: ignore[attr-defined]
            line.update(text, layout=False)

    def _picture(self, trace: Trace, axis: Axis, cursor: int) -> Picture:
        room = self._chart.room
        layout = columns(trace.depth, room.width)
        frame = self._frame(trace, axis, layout, cursor)
        if self._sweep is not None:
            frame = self._sweep.blend(frame, len(self._glyphs.levels) - 1)
        return Picture(frame, axis, _reference(trace), cursor)

    def _frame(self, trace: Trace, axis: Axis, layout: tuple[Column, ...], cursor: int) -> Frame:
        room, wave = self._chart.room, self.wave
        bars = self._bars_of(trace, axis, layout)
        shown = bars[Role.BAR]
        if wave.phase is not Phase.DONE:
            shown = tuple(
                bars[_wave_role(column, wave)][index] for index, column in enumerate(layout)
            )
        return Frame(layout, shown, room.width, room.height, column_of(cursor, layout))

    def _bars_of(
        self, trace: Trace, axis: Axis, layout: tuple[Column, ...]
    ) -> dict[Role, tuple[Bar, ...]]:
        """Every column's bar in each of its roles; made once for all frames of a wave."""
        key = (trace.experiment, trace.step, axis, layout, self._chart.room)
        if key != self._bars_key:
            rows, steps = self._chart.room.height, len(self._glyphs.levels) - 1
            self._bars_key = key
            self._bars = {
                role: tuple(bar_of(values[c.layers], axis, rows, steps, role) for c in layout)
                for role, values in (
                    (Role.BAR, trace.delta_norm),
                    (Role.FORWARD, trace.activation_rms),
                    (Role.EMPTY, trace.delta_norm),
                )
            }
        return self._bars

    def open_panel(self, panel: Panel) -> None:
        """A panel beside the chart, instead of any other."""
        self.close_panel()
        self._panel, self._axis_before = panel, self._axis
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


def _needed_axis(trace: Trace) -> Axis:
    """The axis that the gradients need, with the activations of the forward wave beside them.

    Activations further than three decades above or below the gradients do not stretch it.
    """
    gradients = trace.delta_norm[np.isfinite(trace.delta_norm) & (trace.delta_norm > 0)]
    if not len(gradients):
        return fitted(())
    signals = np.clip(trace.activation_rms, gradients.min() * 1e-3, gradients.max() * 1e3)
    return fitted([*gradients, float(np.nanmax(signals, initial=0.0))])


def _wave_role(column: Column, wave: Wave) -> Role:
    """Where the backward wave has not been, the forward pass still shows."""
    if column.last >= wave.reached:
        return Role.BAR
    return Role.FORWARD if column.first <= wave.activated else Role.EMPTY


def _reference(trace: Trace) -> float:
    """The power of ten of the last hidden layer's bar; of any bar where that is no number."""
    usable = [v for v in trace.delta_norm[::-1] if v > 0 and math.isfinite(v)]
    return math.log10(usable[0]) if usable else 0.0
