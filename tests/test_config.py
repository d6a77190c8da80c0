"""The settings file: what holds and why, and that nothing in it can stop the program."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.widgets import Static

from engine import Experiment
from tests.support import experiment_of
from tests.test_app import line
from tui.app import ChainruleApp
from tui.commands.command_line import main
from tui.config import settings_file as config
from tui.config.keymap import KeyNameError, key_name, remapped
from tui.screens.help import HelpScreen
from tui.state.actions import ACTIONS, BY_ID
from tui.state.keys import bound_keys


@pytest.fixture
def settings_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A settings file of its own."""
    path = tmp_path / "config.toml"
    monkeypatch.setenv(config.PATH_VARIABLE, str(path))
    for variable in ("TEXTUAL_FPS", "SSH_CONNECTION"):
        monkeypatch.delenv(variable, raising=False)
    return path


def loaded() -> config.Config:
    """What the settings file says."""
    return config.load(config.read_file(config.config_path()))


def test_every_option_is_read(settings_file: Path) -> None:
    """With where it comes from."""
    settings_file.write_text(
        'theme = "nord"\nfps = 24\nglyphs = "ascii"\nreduced_motion = true\nlanguage = "en"\n'
        '[keymap]\nquit = "Q"\n'
    )
    found = loaded()
    assert found.problems == ()
    assert [found[o.name] for o in config.OPTIONS] == ["nord", 24, "ascii", True, "en"]
    assert {s.source for s in found.settings.values()} == {"file"}
    assert found.keymap == {"quit": "Q"}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('theme = "nrod"', ["theme", "'nrod'", "did you mean nord?", "chainrule-light"]),
        ("theme = 3", ["theme", "3", "allowed"]),
        ("fps = 0", ["fps", "0", "1 to 60"]),
        ("fps = true", ["fps", "True", "1 to 60"]),
        ('glyphs = "braille"', ["glyphs", "braille", "auto, blocks, ascii"]),
        ('reduced_motion = "yes"', ["reduced_motion", "'yes'", "true, false"]),
        ('language = "zh"', ["language", "'zh'", "allowed: en"]),
        ("them = 1", ["'them'", "did you mean theme?"]),
        ("keymap = 3", ["keymap", "3", "[keymap]"]),
        ("theme = ", ["is not TOML"]),
        ("a = " + "[" * 5000, ["cannot read"]),
    ],
)
def test_a_bad_entry_is_a_sentence_and_the_default(
    text: str, words: list[str], settings_file: Path
) -> None:
    """Whatever it says, the defaults hold."""
    settings_file.write_text(text)
    found = loaded()
    assert [found[o.name] for o in config.OPTIONS] == [o.default for o in config.OPTIONS]
    (problem,) = found.problems
    for word in words:
        assert word in problem


def test_files_that_cannot_be_read(settings_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Missing where it was named, a folder, or bytes; silent where none is expected."""
    assert "no such file" in loaded().problems[0]
    settings_file.mkdir()
    assert "cannot read" in loaded().problems[0]
    settings_file.rmdir()
    settings_file.write_bytes(b"\xff\xfe\x00")
    assert "not UTF-8" in loaded().problems[0]
    monkeypatch.delenv(config.PATH_VARIABLE)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(settings_file.parent / "nowhere"))
    assert loaded().problems == ()
    assert config.config_path() is not None
    monkeypatch.setenv(config.PATH_VARIABLE, "")
    assert config.config_path() is None


def test_frames_a_second(settings_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The variable before the file, and half over SSH where neither says."""
    settings_file.write_text("")
    assert config.frames_per_second(config.read_file(settings_file)) == 30
    monkeypatch.setenv("SSH_CONNECTION", "somewhere")
    assert config.frames_per_second(config.read_file(settings_file)) == 15
    settings_file.write_text("fps = 12")
    assert config.frames_per_second(config.read_file(settings_file)) == 12
    monkeypatch.setenv("TEXTUAL_FPS", "20")
    assert config.frames_per_second(config.read_file(settings_file)) == 20
    assert config.setting(config.FPS, config.read_file(settings_file)).source == "TEXTUAL_FPS"
    monkeypatch.setenv("TEXTUAL_FPS", "fast")
    assert config.frames_per_second(config.read_file(settings_file)) == 12
    assert "TEXTUAL_FPS" in loaded().problems[0]


def test_chainrule_config_shows_where_and_what(
    settings_file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The file, each value with its source, remapped keys and what is ignored."""
    settings_file.write_text('theme = "nord"\nfps = 99\n[keymap]\nhelp = "f1"\nquit = "a"\n')
    assert main(["config"]) == 0
    out = capsys.readouterr().out
    assert str(settings_file) in out
    assert ["theme", "nord", "file"] in [row.split()[:3] for row in out.splitlines()]
    assert ["fps", "auto", "default"] in [row.split()[:3] for row in out.splitlines()]
    assert "help = f1 (default ?)" in out
    assert "ignored: fps: 99" in out
    assert "a would be both next_activation and quit" in out


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("?", "question_mark"),
        ("a", "a"),
        ("A", "A"),
        ("f5", "f5"),
        ("ctrl+x", "ctrl+x"),
        ("/", "slash"),
        ("-", "minus"),
        ("+", "plus"),
        (" ", "space"),
        ("left_curly_bracket", "left_curly_bracket"),
        ("é", "é"),
    ],
)
def test_keys_are_written_as_they_are_typed(written: str, name: str) -> None:
    """By character, by name, with modifiers; as Textual names them."""
    assert key_name(written) == name


@pytest.mark.parametrize("written", ["", "ctl+x", "questionmark", "ctrl+", "\n", "ab"])
def test_what_is_no_key_is_said(written: str) -> None:
    """With the nearest name."""
    with pytest.raises(KeyNameError, match="no key"):
        key_name(written)


def test_every_default_key_can_be_written_in_the_file() -> None:
    """By the name that the table uses."""
    for action in ACTIONS:
        table, problems = remapped({action.id: list(action.keys)})
        assert problems == []
        assert table == ACTIONS


def test_a_clash_names_both_actions_and_defaults_hold() -> None:
    """With a default key, and between two entries."""
    table, problems = remapped({"quit": "a"})
    assert table == ACTIONS
    assert "next_activation and quit" in problems[0]
    table, problems = remapped({"quit": "F", "help": "F"})
    assert table == ACTIONS
    assert "help and quit" in problems[0]


def test_keys_can_be_exchanged() -> None:
    """No clash where the other action moves away."""
    table, problems = remapped({"next_activation": "i", "next_init": ["a", "K"]})
    assert problems == []
    keys = {action.id: action.keys for action in table}
    assert keys["next_activation"] == ("i",)
    assert keys["next_init"] == ("a", "K")


@pytest.mark.parametrize("value", [3, [], [""], ["a", 3], {"key": "a"}])
def test_entries_that_are_no_keys(value: object) -> None:
    """A sentence and the default."""
    table, problems = remapped({"quit": value, "qiut": "a"})
    assert table == ACTIONS
    assert "keymap quit" in problems[0]
    assert "did you mean quit?" in problems[1]


def app_with(keymap: dict[str, object]) -> ChainruleApp:
    """The app with other keys."""
    actions, problems = remapped(keymap)
    return ChainruleApp(
        Experiment(), reduced_motion=True, ticking=False, actions=actions, problems=problems
    )


async def test_every_action_is_remappable() -> None:
    """All at once to other keys: each new key is its own, no old one does anything."""
    keys = [f"{modifier}+f{n}" for modifier in ("ctrl", "shift", "alt") for n in range(1, 25)]
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
                for key in bound_keys(BY_ID[name].keys)
            )


async def test_remapped_keys_work_and_are_shown() -> None:
    """On the key line, in help, in the palette; the old key does nothing."""
    app = app_with({"next_activation": ["K", "f3"], "help": "f1", "quit": "Q"})
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
        await pilot.press("Q")
        assert app._exit


async def test_problems_of_the_file_are_shown_in_the_app() -> None:
    """The first one, and how many more."""
    app = app_with({"quit": "a", "hlep": "b"})
    async with app.run_test(size=(160, 24)) as pilot:
        await pilot.pause()
        notice = str(app.main.query_one("#why", Static).render())
        assert "settings file: keymap: no action 'hlep' (did you mean help?)" in notice
        assert "1 more: chainrule config" in notice
