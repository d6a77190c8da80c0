"""The settings file: what holds and why, and that nothing in it can stop the program."""

from pathlib import Path

import pytest

from tui.config import settings_file as config
from tui.words.foreign import LINE


def loaded() -> config.Config:
    """What the settings file says."""
    return config.load(config.read_file(config.config_path()))


def test_every_option_is_read(settings_file: Path) -> None:
    """With where it comes from."""
    settings_file.write_text(
        'theme = "nord"\nfps = 24\nglyphs = "ascii"\nmotion = "off"\nlanguage = "en"\n'
        '[keymap]\nquit = "Q"\n'
    )
    found = loaded()
    assert found.problems == ()
    assert [found[o.name] for o in config.OPTIONS] == ["nord", 24, "ascii", "off", "en"]
    assert {s.source for s in found.settings.values()} == {"file"}
    assert found.keymap == {"quit": "Q"}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('theme = "nrod"', ["theme", "'nrod'", "did you mean nord?", "chainrule-light"]),
        ("theme = 3", ["theme", "3", "allowed"]),
        ("fps = 0", ["fps", "0", "1 to 60"]),
        ("fps = true", ["fps", "True", "1 to 60"]),
        ('glyphs = "dots"', ["glyphs", "dots", "auto, braille, block, ascii"]),
        ('motion = "of"', ["motion", "'of'", "did you mean off?", "full, reduced, off"]),
        ('reduced_motion = "yes"', ["no setting 'reduced_motion' (did you mean motion?)"]),
        ('language = "zn"', ["language", "'zn'", "allowed: auto, en, zh"]),
        ("them = 1", ["'them'", "did you mean theme?"]),
        ("keymap = 3", ["keymap", "3", "[keymap]"]),
        ("theme = ", ["not TOML"]),
        ("a = " + "[" * 5000, ["nested too deeply"]),
        ("fps = 0x" + "f" * 5000, ["fps: 0xff", "1 to 60"]),
        ('fps = "' + "9" * 5000 + '"', ["fps: '99", "1 to 60"]),
        ('theme = "\\u001b[31m' + "x" * 9999 + '"', ["theme: '\\x1b[31mx", "x'; allowed: chain"]),
        ("keymap = [" + "1, " * 9999 + "]", ["keymap: [1, 1,", "a table [keymap]"]),
        ('"\\u001b\\u202e' + "x" * 9999 + '" = 1', ["no setting '\\x1b\\u202ex", "one of theme"]),
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
    assert problem.isprintable()
    assert len(problem) <= LINE


@pytest.mark.heavy
def test_of_endless_entries_ten_are_told(settings_file: Path) -> None:
    """And how many more there are."""
    settings_file.write_text("".join(f"k{i} = 1\n" for i in range(50_000)))
    problems = loaded().problems
    assert len(problems) == 11
    assert problems[-1] == "entries that mean nothing: 49,990 more"


def test_files_that_cannot_be_read(settings_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Missing where it was named, a folder, or bytes; silent where none is expected."""
    assert "No such file" in loaded().problems[0]
    settings_file.mkdir()
    assert "not a regular file" in loaded().problems[0]
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

    def rate() -> int:
        return config.frames_per_second(loaded()["fps"])

    settings_file.write_text("")
    assert rate() == 30
    for variable in ("SSH_CONNECTION", "SSH_TTY"):
        with monkeypatch.context() as patch:
            patch.setenv(variable, "somewhere")
            assert rate() == 15
    settings_file.write_text("fps = 12")
    monkeypatch.setenv("SSH_CONNECTION", "somewhere")
    assert rate() == 12
    monkeypatch.setenv("TEXTUAL_FPS", "20")
    assert rate() == 20
    assert loaded().settings["fps"].source == "TEXTUAL_FPS"
    monkeypatch.setenv("TEXTUAL_FPS", "fast")
    assert rate() == 12
    assert "TEXTUAL_FPS" in loaded().problems[0]


@pytest.mark.parametrize(("former", "motion"), [("true", "reduced"), ("false", "full")])
def test_an_older_file_still_says_how_much_moves(
    former: str, motion: str, settings_file: Path
) -> None:
    """There were two amounts once."""
    settings_file.write_text(f"reduced_motion = {former}")
    assert loaded()["motion"] == motion
    assert loaded().problems == ()
    settings_file.write_text(f'reduced_motion = {former}\nmotion = "off"')
    assert loaded()["motion"] == "off"
