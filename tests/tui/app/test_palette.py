"""The command palette: all that can be done by name."""

import pytest
from textual.widgets import Input, OptionList

from engine import Experiment
from tests.support.app import running
from tests.support.experiments import experiment_of
from tests.support.heavy import cases
from tests.support.idle import until
from tui.app import ChainruleApp
from tui.state.actions import ACTIONS
from tui.state.presets import PRESETS
from tui.style.themes import THEMES
from tui.words.actions import action_words
from tui.words.language import CHINESE, use
from tui.words.presets import preset_words


def first_hit(app: ChainruleApp) -> str:
    """What enter would do."""
    options = app.screen.query_one(OptionList).options
    return str(options[0].prompt) if options else ""


@pytest.mark.parametrize(
    "key", cases(["colon", "ctrl+p", "fullwidth_colon"], lambda key: key == "colon")
)
async def test_the_palette_finds_actions_and_values(key: str) -> None:
    """Typed name, enter, done."""
    async with running() as (app, pilot):
        await pilot.press(key)
        await pilot.press(*"init orthogonal".replace(" ", "_").replace("_", " "))
        await until(lambda: "init orthogonal" in first_hit(app))
        await pilot.press("enter")
        await until(lambda: app.state.experiment != Experiment())
        assert app.state.experiment == experiment_of(init="orthogonal")


async def test_the_palette_holds_everything() -> None:
    """Every action with its key, every named value, every preset, every theme."""
    async with running() as (app, _):
        commands = {c.title: c.help for c in app.get_system_commands(app.screen)}
        for action in ACTIONS:
            about = action_words(action.id)
            assert action.id == "command_palette" or about.tooltip in commands[about.label]
        assert "init orthogonal" in commands
        assert all(f"theme {name}" in commands for name in THEMES)
        assert all(f"preset {preset_words(p)[0]}" in commands for p in PRESETS)


@pytest.mark.parametrize("typed", ["测验", "quiz", "ｑｕｉｚ"])
async def test_the_palette_finds_english_names_in_any_language(typed: str) -> None:
    """Whoever types Chinese has ASCII at hand, and its full-width forms."""
    use(CHINESE)
    async with running() as (app, pilot):
        await pilot.press("colon")
        app.screen.query_one(Input).value = typed
        await until(lambda: first_hit(app).startswith("测验"))
