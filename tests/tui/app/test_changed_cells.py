"""Sessions of keys, sizes and looks: what the terminal shows is what a full repaint would show."""

import os
import random

import pytest
from textual.pilot import Pilot
from textual.widgets import Static

from tests.support.emulator import Emulator
from tests.support.recorded_app import RecordedApp, recorded
from tui.state.animations import Wave
from tui.style.themes import THEMES

KEYS = (
    *"1234avnidXRghmsy",
    *("left", "right", "up", "down", "tab", "escape", "question_mark", "colon", "space", "enter"),
)
SIZES = [(80, 24), (120, 40), (60, 16), (97, 31), (30, 8)]


class Watched:
    """The app's terminal, and a check that it shows all of the picture."""

    def __init__(self, app: RecordedApp, pilot: Pilot[None]) -> None:
        self.app, self.pilot = app, pilot
        self.shown = Emulator(*app.size)

    async def check(self, what: object) -> None:
        """The screen is as if it were painted whole."""
        app = self.app
        for _ in range(3):
            app.tick()
        await self.pilot.pause()
        while app.screen._dirty_widgets or app.screen._compositor._dirty_regions:
            await self.pilot.pause(0.02)
        if (self.shown.width, self.shown.height) != tuple(app.size):
            self.shown = Emulator(*app.size)
        self.compare(what)

    def show_frame(self, wave: Wave, words: bool) -> None:
        """One of its animation."""
        self.app.session.animation.wave = wave
        with self.app.at_once():
            self.app.session.changed(words)

    def compare(self, what: object) -> None:
        """What has come with a full repaint."""
        app = self.app
        self.shown.feed(app.terminal.taken())
        wanted = Emulator(*app.size)
        wanted.feed(app.full_repaint())
        assert self.shown.seen() == wanted.seen(), what

    async def press(self, key: str) -> None:
        """One key, checked."""
        await self.pilot.press(key)
        await self.check(key)


@pytest.mark.heavy
async def test_each_picture_after_another() -> None:
    """Views, help, panels and the palette."""
    async with recorded() as (app, pilot):
        watched = Watched(app, pilot)
        await watched.check("start")
        for key in ("2", "question_mark", "escape", "tab", "escape", "4"):
            await watched.press(key)


async def test_there_are_as_many_rows_as_are_given_and_fit() -> None:
    """None is left behind of more, and none goes beyond the view."""
    async with recorded() as (app, pilot):
        watched, view = Watched(app, pilot), app.main.view
        await watched.check("start")
        rows = view.render_lines(view.size.region)
        for given in (rows[:3], [*rows, *rows]):
            with app.at_once():
                view.put(given)
            watched.compare(len(given))


async def test_a_terminal_of_the_same_size_again_is_painted_again() -> None:
    """As one has it that was made larger and smaller at once."""
    async with recorded() as (app, pilot):
        watched = Watched(app, pilot)
        await watched.check("start")
        await watched.check("nothing is to be shown any more")
        watched.shown = Emulator(*app.size)
        app.terminal.resize(*app.size)
        await watched.check("resized")


@pytest.mark.heavy
async def test_frames_of_the_wave_are_shown_before_textual_draws() -> None:
    """All of a frame, words included; what lies over it stays."""
    async with recorded((120, 40), motion="full") as (app, pilot):
        watched, wave = Watched(app, pilot), Wave(app.session.animation.wave.depth)
        await watched.check("start")
        for words in (True, False, False, True):
            wave = wave.advanced(0.3)
            watched.show_frame(wave, words)
            watched.compare(wave)
        note = Static("over the chart")
        note.styles.overlay, note.styles.offset, note.styles.width = "screen", (20, -9), 14
        await app.main.mount(note)
        await watched.check("a note")
        assert app.main.view.region.contains_region(note.region)
        assert "over the chart" in app.main.as_text()
        watched.show_frame(wave.advanced(0.6), words=False)
        await watched.check("a note over a frame")


@pytest.mark.heavy
@pytest.mark.parametrize(
    "seed", [int(os.environ["MONKEY_SEED"])] if "MONKEY_SEED" in os.environ else range(4)
)
async def test_a_long_random_session(seed: int) -> None:
    """Training and waves included."""
    chance = random.Random(seed)
    async with recorded(motion=("full", "reduced")[seed % 2]) as (app, pilot):
        watched = Watched(app, pilot)
        for _ in range(120):
            kind = chance.random()
            if kind < 0.07:
                app.terminal.resize(*chance.choice(SIZES))
                await watched.check("size")
            elif kind < 0.12:
                app.choose_theme(chance.choice(list(THEMES)))
                await watched.check("theme")
            elif kind < 0.15:
                watched.shown = Emulator(*app.size)
                app._resume()
                await watched.check("resumed")
            else:
                await watched.press(chance.choice(KEYS))
            if app._exit:
                return


async def test_the_first_thing_that_is_drawn_is_a_picture() -> None:
    """No blank screen comes before it."""
    async with recorded() as (app, _):
        shown = Emulator(*app.size)
        shown.feed(app.terminal.first)
        text = "".join(cell[0] for row in shown.seen() for cell in row)
        assert "digits" in text
