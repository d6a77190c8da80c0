"""How the link does: a line that lives while something moves, and at rest costs nothing."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from textual.events import AppBlur
from textual.pilot import Pilot

from tests.support.app import line, running
from tui.app import ChainruleApp
from tui.charts.painter import Painter
from tui.screens.drawn import Line
from tui.screens.link_watch import APART
from tui.session.pace import Pace
from tui.state.actions import ACTIONS
from tui.state.link_numbers import LinkNumbers
from tui.style.glyphs import BLOCKS
from tui.style.palette import Palette
from tui.views.link_line import link_line

REST = "at rest: 0 bytes"


@asynccontextmanager
async def watched() -> AsyncIterator[tuple[ChainruleApp, Pilot[None], list[str]]]:
    """The app with the line shown, and what the line says from then on."""
    async with running(depth=3, width=4) as (app, pilot):
        await pilot.press("number_sign")
        told: list[str] = []
        app.main.query_one("#link", Line).show = lambda text: told.append(str(text))  # type: ignore[method-assign]
        yield app, pilot, told


async def test_it_lives_while_something_moves_and_says_when_it_rests() -> None:
    """Twice a second at most, and at once when nothing moves any more."""
    async with watched() as (app, pilot, told):
        watch, now = app.openers.link, 100.0
        watch._pace = Pace(lambda: now)
        for _ in range(100):
            now += 0.03
            watch.tell(is_at_rest=False)
        assert len(told) == pytest.approx(1 + 100 * 0.03 / APART, abs=1)
        assert all("fps" in text for text in told)
        watch.tell(is_at_rest=True)
        assert told[-1].startswith(REST)
        await pilot.press("number_sign")
        told.clear()
        now += 1
        watch.tell(is_at_rest=False)
        assert not told


async def test_the_app_says_while_it_moves_and_that_it_rests() -> None:
    """Frame by frame, and when nobody looks any more."""
    async with watched() as (app, pilot, told):
        app._frames._is_active = lambda: True
        app.show_scene()
        app.post_message(AppBlur())
        await pilot.pause()
        assert "fps" in told[0]
        assert told[-1].startswith(REST)


async def test_it_stands_in_the_place_of_the_keys_and_goes_as_it_came() -> None:
    """Numbers of what is sent, and what hides them."""
    async with running(depth=3, width=4) as (app, pilot):
        await pilot.press("number_sign")
        assert line(app, "link") == f"{REST} · the terminal answers nothing · # hides this"
        assert not app.main.query_one("#keys").display
        await pilot.press("number_sign")
        assert app.main.query_one("#keys").display
        assert not app.main.query_one("#link").display


def test_it_tells_what_is_sent_and_how_soon_it_is_answered() -> None:
    """What hides it last, where there is room."""
    painter = Painter(Palette(), BLOCKS)

    def told(round_trip: float | None, width: int, answerer: str = "", is_new: bool = False) -> str:
        numbers = LinkNumbers(15, 4210, round_trip, answerer, is_new=is_new)
        return str(link_line(painter, numbers, ACTIONS, width))

    assert told(0.084, 78) == "15 fps · 4.2 kB/s · round trip 84 ms · # hides this"
    assert told(0.0004, 58, "tmux") == "15 fps · 4.2 kB/s · round trip 0.4 ms (tmux answers)"
    assert told(None, 78, is_new=True) == "15 fps · 4.2 kB/s · # hides this"
    assert told(None, 58) == "15 fps · 4.2 kB/s · the terminal answers nothing"


async def test_at_rest_it_stays_as_it_is() -> None:
    """No timer and no picture comes of it, also while nobody looks."""
    async with running(depth=3, width=4) as (app, pilot):
        await pilot.press("number_sign")
        drawn: list[int] = []
        app.post_display_hook = lambda: drawn.append(1)  # type: ignore[method-assign]
        for _ in range(5):
            app.tick()
            await pilot.pause()
        assert not drawn
        assert app._frames._next is None or app._frames._next.cancelled()


@pytest.mark.parametrize(
    ("variables", "answerer"),
    [({}, ""), ({"TMUX": "/tmp/tmux-0/default,1,0"}, "tmux"), ({"STY": "1.pts"}, "screen")],
)
async def test_it_says_who_answers_in_the_terminals_place(
    variables: dict[str, str], answerer: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As tmux on the far side does, whose answers do not come through the link."""
    for name in ("TMUX", "STY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "screen-256color")
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    async with running((60, 16), depth=3, width=4) as (app, pilot):
        app.link.asked()
        app.link.answered(app.link._clock())
        await pilot.press("number_sign")
        said = line(app, "link")
        assert "round trip" in said
        assert (f"({answerer} answers)" in said) == bool(answerer)
        assert len(said) <= 58


async def test_it_is_told_in_a_presentation_too() -> None:
    """Where otherwise no keys are."""
    async with running(depth=3, width=4) as (app, pilot):
        await pilot.press("z", "number_sign")
        assert app.main.query_one("#link").display
        assert not app.main.query_one("#keys").display
