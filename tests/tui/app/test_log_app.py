"""The app on a log: keys, views, and what stands on the screen."""

from pathlib import Path

import pytest

from tests.support.app import view_rows
from tests.support.logs_shown import LAYERS, header, log_app, log_at, settled, step
from tests.support.run_logs import recorded_lines
from tests.support.training import small
from tui.screens.drawn import Line
from tui.screens.help import HelpScreen
from tui.state.log_actions import ELSEWHERE, LOG_ACTIONS
from tui.words.language import speaking


def line(app: object, name: str) -> str:
    """The text of one of the screen's lines."""
    text: str = app.main.query_one(f"#{name}", Line).text.plain  # type: ignore[attr-defined]
    return text


async def test_keys_lead_through_a_log(tmp_path: Path) -> None:
    """A step, a tenth, both ends; where one is stands on the axis of time."""
    path = log_at(tmp_path / "run", header(what="a GPT"), *map(step, range(0, 200, 2)))
    async with log_app(path) as (app, pilot):
        assert line(app, "time").split("─")[0].startswith(" ‖  step 0 of 198")
        for keys, expected in [
            (["full_stop"], 2),
            (["right_curly_bracket"] * 3, 62),
            (["left_curly_bracket", "comma"], 40),
            (["enter"], 198),
            (["full_stop"], 198),
            (["backspace"], 0),
        ]:
            await pilot.press(*keys)
            await settled(app, pilot)
            assert f"step {expected} of 198" in line(app, "time")
        assert line(app, "experiment").startswith("a GPT · 8 layers")
        assert line(app, "factors").startswith(f"layer 3  {LAYERS[2]}")


@pytest.mark.heavy
async def test_every_other_key_says_that_a_log_is_shown(tmp_path: Path) -> None:
    """None of them changes anything."""
    path = log_at(tmp_path / "run", header(), *map(step, range(3)))
    async with log_app(path) as (app, pilot):
        for action in ELSEWHERE:
            await app.action_apply("legend")
            await app.action_apply("legend")
            await pilot.press(action.keys[0])
            await pilot.pause()
            assert "a log is played" in line(app, "why"), action.id
            assert app.state.position == 0


@pytest.mark.heavy
async def test_every_action_can_be_done(tmp_path: Path) -> None:
    """On a log of ours and on a foreign one without g; help tells of these alone."""
    foreign = step(0, output_grad_norm=None, weight_grad_norm=[1.0] * len(LAYERS))
    for lines in (recorded_lines(small(), 6, 2), [header(), foreign]):
        async with log_app(log_at(tmp_path / "run", *lines)) as (app, pilot):
            for action in LOG_ACTIONS:
                if action.group != "app" and action.id != "present":
                    await app.action_apply(action.id)
                    await settled(app, pilot)
                    while app.screen is not app.main:
                        app.pop_screen()
                    await app.action_apply("close")
            await app.action_apply("help")
            await pilot.pause()
            assert isinstance(app.screen, HelpScreen)


@pytest.mark.parametrize(
    ("size", "language"),
    [(s, code) for s in ((60, 16), (80, 24), (120, 40), (200, 50)) for code in ("en", "zh")],
)
@pytest.mark.heavy
async def test_every_view_is_drawn(size: tuple[int, int], language: str, tmp_path: Path) -> None:
    """Of ours, of a foreign one without g, of one with 500 layers; views say what is missing."""
    deep = [f"blocks.{n // 10}.layer.{n % 10}" for n in range(500)]
    foreign = step(4, output_grad_norm=None, weight_grad_norm=[1.0] * len(LAYERS))
    logs = {
        "ours": recorded_lines(small(), 6, 2),
        "foreign": [header(), foreign],
        "deep": [header(deep), step(0, layers=500), "{", step(9, layers=500)],
    }
    with speaking(language):
        for name, lines in logs.items():
            async with log_app(log_at(tmp_path / name, *lines), size=size) as (app, pilot):
                for key, view in enumerate(("chart", "chain", "activation", "training"), 1):
                    await pilot.press(str(key))
                    await settled(app, pilot)
                    rows = view_rows(app, view)
                    assert any(row.strip() for row in rows), (name, view)
                await pilot.press("v", "h")
                await settled(app, pilot)
                assert app.main.as_text().strip()


async def test_what_a_log_lacks_is_said(tmp_path: Path) -> None:
    """By the field's name, in the views that need it."""
    line_without = step(4, output_grad_norm=None, weight_grad_norm=[1.0] * len(LAYERS))
    async with log_app(log_at(tmp_path / "run", header(), line_without)) as (app, pilot):
        assert "record g" in line(app, "verdict")
        await pilot.press("2")
        await settled(app, pilot)
        assert 'needs "factors"' in line(app, "caption")
        await pilot.press("3")
        await settled(app, pilot)
        assert "a log holds no distributions" in app.main.as_text()


async def test_who_watches_sees_what_comes(tmp_path: Path) -> None:
    """Live, with the newest step, from a file that was not there."""
    path = tmp_path / "run"
    async with log_app(path, follows=True) as (app, pilot):
        assert "waiting" in app.main.as_text()
        log_at(path, header(), step(0))
        app.session.look()
        await settled(app, pilot)
        assert line(app, "time").startswith(" live  step 0")
        log_at(path, header(), step(0), step(3))
        app.session.look()
        await settled(app, pilot)
        assert line(app, "time").startswith(" live  step 3")


async def test_names_from_outside_do_no_harm(tmp_path: Path) -> None:
    """Control characters, endless names, and numbers without bounds."""
    names = ["\x1b[31mred", "x" * 10_000, "\ud800"]
    lines = [
        header(names, what={"name": "\x1b]0;title\x07" * 99}),
        step(10**15, layers=3, time=1e300),
    ]
    async with log_app(log_at(tmp_path / "run", *lines)) as (app, pilot):
        for key in ("home", "right", "right", "2", "4", "v"):
            await pilot.press(key)
            await settled(app, pilot)
            assert "\x1b" not in app.main.as_text()
            assert "\x07" not in app.main.as_text()
