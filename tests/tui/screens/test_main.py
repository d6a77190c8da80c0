"""The main screen: every line at every size, the axis, no colour."""

import re

import pytest

from tests.support.app import chart_rows, line, running
from tests.support.heavy import cases
from tui.screens.main import MainScreen
from tui.state.scene import Scene, Waiting
from tui.state.tour import Told


async def test_the_default_screen_shows_the_vanishing_gradient() -> None:
    """Verdict, experiment, factors of the cursor's layer, and falling bars."""
    async with running() as (app, _):
        assert "VANISHING" in line(app, "verdict")
        assert "sigmoid · 20 × 64 · xavier_normal" in line(app, "experiment")
        assert line(app, "factors").startswith("layer 7  g₆/g₇ = φ' 0.2")
        assert "a φ" in line(app, "keys")
        rows = chart_rows(app)
        assert sum("█" in row for row in rows) > 10
        assert all(len(row) <= 80 for row in rows)


async def test_a_remedy_raises_bars_on_the_same_axis() -> None:
    """The axis only grows, until = refits it."""
    async with running() as (app, pilot):
        before = app.session.axis
        await pilot.press("a", "a", "i")
        assert "HEALTHY" in line(app, "verdict")
        assert before is not None
        assert app.session.axis is not None
        assert app.session.axis.low == before.low
        await pilot.press("equals_sign")
        assert app.session.axis.low > before.low


async def test_a_start_draws_once_for_the_screen_and_once_for_the_view(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Textual lays a new screen out several times, each with a word of its own."""
    shown: list[object] = []
    show = MainScreen.show

    def counted(
        screen: MainScreen, scene: Scene | Waiting, words: bool = True, told: Told | None = None
    ) -> None:
        shown.append(scene)
        show(screen, scene, words, told)

    monkeypatch.setattr(MainScreen, "show", counted)
    async with running() as (app, _):
        assert 1 <= len(shown) <= 2
        assert app.main.view.is_drawn


SIZES = [(80, 24), (100, 30), (160, 45), (60, 16)]


@pytest.mark.parametrize(
    ("size", "depth"),
    cases(
        [(size, depth) for depth in (1, 3, 20, 200) for size in SIZES],
        lambda case: case in zip(SIZES, (20, 3, 200, 1), strict=True) or case == ((60, 16), 200),
    ),
)
async def test_every_size_and_depth_is_complete(size: tuple[int, int], depth: int) -> None:
    """All lines fit, the chart names the first and last layer."""
    async with running(size=size, depth=depth, width=8) as (app, _):
        names = set(re.findall("[0-9]+", chart_rows(app)[-1]))
        assert {"1", str(depth)} <= names
        for name in ("header", "experiment", "verdict", "factors", "keys"):
            assert line(app, name).strip()
        assert len(line(app, "keys")) <= size[0] - 2
        assert len(line(app, "numbers")) <= size[0] - 2


@pytest.mark.heavy
@pytest.mark.parametrize("keys", [(), ("z",)], ids=["", "presenting"])
async def test_too_small_says_what_is_needed_and_recovers(keys: tuple[str, ...]) -> None:
    """Alone on the screen. Resizing at any moment is harmless, in the wave too."""
    async with running(motion="full") as (app, pilot):
        await pilot.press(*keys)
        for width, height in ((59, 16), (60, 15), (20, 5), (160, 45), (60, 16), (80, 24)):
            await pilot.resize_terminal(width, height)
            await pilot.pause()
            app.session.advance(0.1)
            small = width < 60 or height < 16
            assert app.main.has_class("-too-small") == small
            if small:
                said = " ".join(app.main.as_text().split())
                assert said == f"have {width}x{height}, need 60x16"
        app.session.advance(10)
        # in large letters where it is presented
        assert ("VANISHING" in line(app, "verdict")) == (not keys)
        assert sum("█" in row for row in chart_rows(app)) > 10


async def test_no_color_leaves_the_terminal_its_own_colours(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """No colour in any segment of the chart, words visible."""
    monkeypatch.setenv("NO_COLOR", "1")
    async with running() as (app, _):
        chart = app.main.query_one("#chart")
        styles = [s.style for y in range(chart.size.height) for s in chart.render_line(y)]
        colours = {style.color for style in styles if style is not None} - {None}
        assert all(colour is not None and colour.is_default for colour in colours)
        assert app.ansi_color
