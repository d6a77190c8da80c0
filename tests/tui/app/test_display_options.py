"""Motion, frame rate and characters, changed in the running app from its palette."""

import pytest
from textual.pilot import Pilot

from tests.support.app import line, running
from tests.support.experiments import experiment_of
from tests.support.heavy import cases
from tests.support.idle import until
from tui.app import ChainruleApp
from tui.state.motion import MOTIONS
from tui.style.glyphs import ASCII, BLOCKS, BRAILLE, SETS, Glyphs


def app_with(glyphs: Glyphs) -> ChainruleApp:
    """On a small network, its clock stopped."""
    experiment = experiment_of(depth=6, width=8)
    return ChainruleApp(experiment, glyphs=glyphs, motion="off", ticking=False)


async def choose(app: ChainruleApp, pilot: Pilot[None], command: str) -> None:
    """What the palette does under that name."""
    found = next(c for c in app.get_system_commands(app.screen) if c.title == command)
    found.callback()
    await pilot.pause()


@pytest.mark.heavy
async def test_the_palette_offers_all_values() -> None:
    """Typed name, enter, done; and it says how to keep it."""
    async with running() as (app, pilot):
        titles = {command.title for command in app.get_system_commands(app.screen)}
        assert {f"motion {name}" for name in MOTIONS} <= titles
        assert {f"glyphs {name}" for name in SETS} <= titles
        assert {"fps auto", "fps 15"} <= titles
        await pilot.press("colon", *"motion off", "enter")
        await until(lambda: app.session.motion == MOTIONS["off"])
        assert 'motion = "off"' in line(app, "why")


async def test_motion_that_is_taken_away_ends_the_wave() -> None:
    """And given back it plays again."""
    async with running(motion="full", depth=3, width=4) as (app, pilot):
        assert app.session.animation.moving
        await choose(app, pilot, "motion reduced")
        assert not app.session.animation.moving
        await pilot.press("space")
        assert not app.session.animation.moving
        await choose(app, pilot, "motion full")
        await pilot.press("space")
        assert app.session.animation.moving


@pytest.mark.parametrize(("remote", "rate"), [(False, 30), (True, 15)])
async def test_the_frame_rate_is_the_links(
    remote: bool, rate: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Left to the program it is as at the start."""
    for name in ("SSH_TTY", "SSH_CONNECTION"):
        monkeypatch.delenv(name, raising=False)
    if remote:
        monkeypatch.setenv("SSH_TTY", "/dev/pts/0")
    async with running(depth=3, width=4) as (app, pilot):
        await choose(app, pilot, "fps 5")
        assert app.link.fps == 5
        assert "fps = 5 in" in line(app, "why")
        await choose(app, pilot, "fps auto")
        assert app.link.fps == rate


@pytest.mark.heavy
@pytest.mark.parametrize("key", cases("123hz", lambda key: key == "2"))
async def test_other_characters_give_the_picture_of_a_start_with_them(key: str) -> None:
    """Every view, the legend and large words; there and back."""
    pictures = {}
    for glyphs in (BLOCKS, ASCII):
        started = ChainruleApp(
            glyphs=glyphs, motion="off", ticking=False, experiment=experiment_of(depth=6, width=8)
        )
        async with started.run_test(size=(80, 24)) as pilot:
            await pilot.press(key, "t", "t", "left")
            pictures[glyphs.name] = started.main.as_text()
    app = ChainruleApp(
        glyphs=BRAILLE, motion="off", ticking=False, experiment=experiment_of(depth=6, width=8)
    )
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press(key, "t", "t", "left")
        for glyphs in (ASCII, BLOCKS, ASCII):
            await choose(app, pilot, f"glyphs {glyphs.name}")
            await pilot.press("right", "left")
            assert app.main.as_text() == pictures[glyphs.name]
    assert pictures["ascii"].isascii()
