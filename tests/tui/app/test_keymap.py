"""The app with keys of one's own."""

from engine import Experiment
from tests.support.app import line
from tests.support.experiments import experiment_of
from tui.app import ChainruleApp
from tui.config.keymap import remapped
from tui.screens.help import HelpScreen
from tui.state.actions import BY_ID
from tui.state.keys import MODIFIERS


def app_with(keymap: dict[str, object]) -> ChainruleApp:
    """The app with other keys."""
    actions, problems = remapped(keymap)
    return ChainruleApp(
        Experiment(), motion="reduced", ticking=False, actions=actions, problems=problems
    )


async def test_every_action_is_remappable() -> None:
    """All at once to other keys: each new key is its own, no old one but ctrl+c does anything."""
    keys = [f"{modifier}+f{n}" for modifier in MODIFIERS for n in range(1, 25)]
    wanted = dict(zip(BY_ID, keys, strict=False))
    assert len(wanted) == len(BY_ID)
    app = app_with(dict(wanted))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        bindings = app.active_bindings
        for name, key in wanted.items():
            assert bindings[key].binding.id == name
            assert all(
                key not in bindings or bindings[key].binding.id is None
                for key in BY_ID[name].keys
                if key != "ctrl+c"
            )
        await pilot.press("ctrl+c")
        assert app._exit


async def test_remapped_keys_work_and_are_shown() -> None:
    """On the key line, in help, in the palette; the old key does nothing."""
    app = app_with({"next_activation": ["K", "f3"], "help": "f1", "quit": "J"})
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("a")
        assert app.state.experiment == Experiment()
        await pilot.press("K", "f3")
        assert app.state.experiment == experiment_of(activation="relu")
        assert line(app, "keys").startswith("K activation")
        assert "f1 help" in line(app, "keys")
        commands = {c.title: c.help for c in app.get_system_commands(app.screen)}
        assert commands["Next activation"].startswith("K f3 ")
        await pilot.press("f1")
        assert isinstance(app.screen, HelpScreen)
        await pilot.press("f1")
        assert not isinstance(app.screen, HelpScreen)
        await pilot.press("J")
        assert app._exit


async def test_problems_of_the_file_are_shown_in_the_app() -> None:
    """The first one, and how many more."""
    app = app_with({"quit": "a", "hlep": "b"})
    async with app.run_test(size=(160, 24)) as pilot:
        await pilot.pause()
        notice = line(app, "why")
        assert "settings file: keymap: no action 'hlep' (did you mean help?)" in notice
        assert "1 more: chainrule config" in notice
