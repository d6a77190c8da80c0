"""The tour's room on the screen: beside the chart or under it, and what gives way to it."""

import pytest

from tests.support.app import line, running
from tests.support.heavy import cases
from tests.support.led_app import led, panel, told, tour
from tui.screens.tour_panel import TourPanel


@pytest.mark.parametrize(
    ("size", "least"),
    cases(
        [((60, 16), 5), ((80, 24), 11), ((120, 40), 25), ((200, 50), 35)],
        lambda case: case[0] in ((80, 24), (120, 40)),
    ),
)
async def test_the_instrument_stays_readable(size: tuple[int, int], least: int) -> None:
    """At most nine rows under it, or room at its side."""
    async with led(size=size) as (app, _):
        beside = size[0] >= 120
        room = panel(app).size
        assert app.main.view.size.height >= least
        assert (panel(app).id == "tour-beside") == beside
        assert (app.main.view.size.width >= 70) if beside else (room.height <= 9)
        assert tour(app).lesson.title in told(app)
        assert app.main.view.is_drawn


async def test_what_is_said_leaves_the_verdict_of_a_step() -> None:
    """The language's own line, say, at each press."""
    async with led("gradient") as (app, pilot):
        await pilot.press("right_square_bracket", "right_square_bracket", "Z", "Z")
        assert 'language = "en"' in line(app, "experiment")
        assert "VANISHING" in line(app, "verdict")


@pytest.mark.heavy
async def test_a_key_that_the_tour_takes_is_told_of_nowhere_else() -> None:
    """Enter answers and goes on, unless the step has it train."""
    async with led("gradient", size=(120, 40)) as (app, pilot):
        assert "train" not in line(app, "keys")
        await pilot.press("right_square_bracket")
        assert app.state.view == "training"
        assert "enter trains" not in app.main.as_text()
        assert "train" not in line(app, "keys")
        app.touring.open("consequences")
        await pilot.pause()
        assert "train" not in line(app, "keys")
        await pilot.press("1")
        assert "train" in line(app, "keys")
        await pilot.press("escape", "4")
        assert "enter trains" in app.main.as_text()


async def test_a_step_is_drawn_again_in_another_size() -> None:
    """As everything is: nobody else may have anything new to show."""
    async with led("gradient", size=(120, 40)) as (app, pilot):
        legend = app.main.query_one("#legend")
        assert legend.display
        legend.display = False
        await pilot.pause()
        await pilot.pause()
        assert len(panel(app)._given) == panel(app).size.height


@pytest.mark.parametrize(
    ("width", "height"),
    cases([(120, 40), (160, 45), (160, 60)], lambda size: size == (120, 40)),
)
async def test_the_legend_never_takes_the_charts_place_from_a_wide_screen(
    width: int, height: int
) -> None:
    """It stands under the step as far as there are rows; asked for, the step makes room for it."""
    async with led("consequences", size=(width, height)) as (app, pilot):
        legend, view = app.main.query_one("#legend"), app.main.view
        assert legend.display
        await pilot.press("h")
        assert legend.display
        assert legend.size.height >= len(app.main._side._legend.told)
        assert view.display
        assert view.size.width >= 70
        assert tour(app).lesson.title in told(app)


@pytest.mark.heavy
async def test_a_table_and_the_legend_leave_the_step_its_room() -> None:
    """At its side, too."""
    async with running(size=(120, 40)) as (app, pilot):
        await pilot.press("v", "6", "v")
        assert tour(app).lesson.title in told(app)
        await pilot.press("v", "h")
        assert app.main.query_one("#legend").display
        assert tour(app).lesson.title in told(app)


async def test_on_too_small_a_screen_there_is_no_step_either() -> None:
    """Only what there is no room for."""
    async with led(size=(80, 24)) as (app, pilot):
        await pilot.resize_terminal(20, 5)
        await pilot.pause()
        assert not any(found.display for found in app.main.query(TourPanel))
        await pilot.resize_terminal(80, 24)
        await pilot.pause()
        assert "step 1 of" in told(app)
