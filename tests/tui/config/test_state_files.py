"""Progress is kept whole, read back, and never in the way."""

import os
from pathlib import Path

import pytest

from tui.config import state_files
from tui.config.folders import state_folder
from tui.config.state_files import read_state, write_state

pytestmark = pytest.mark.usefixtures("settings_file")


def folder() -> Path:
    """The test's own."""
    found = state_folder()
    assert found is not None
    return found


def test_what_is_written_is_read_back() -> None:
    """Also in place of what was there; nothing else is left in the folder."""
    assert read_state("quiz") == {}
    write_state("quiz", {"a": 1})
    # half a pair of surrogates, which is no character, can stand in JSON all the same
    write_state("quiz", {"b": {"中": ["\ud800"]}})
    assert read_state("quiz") == {"b": {"中": ["\ud800"]}}
    assert [path.name for path in folder().iterdir()] == ["quiz.json"]


@pytest.mark.parametrize("text", ["", "{", "[1]", "nul", "\x00", "[" * 100_000])
def test_a_file_that_says_nothing_is_none(text: str) -> None:
    """Whatever has happened to it."""
    folder().mkdir(parents=True)
    (folder() / "quiz.json").write_text(text)
    assert read_state("quiz") == {}
    write_state("quiz", {"a": 1})
    assert read_state("quiz") == {"a": 1}


def test_what_cannot_be_written_leaves_what_was_there(monkeypatch: pytest.MonkeyPatch) -> None:
    """Half a file never has its name."""
    write_state("quiz", {"a": 1})

    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        write_state("quiz", {"a": 2})
    assert read_state("quiz") == {"a": 1}
    assert [path.name for path in folder().iterdir()] == ["quiz.json"]


def test_without_a_folder_nothing_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    """And that is said."""
    monkeypatch.setattr(state_files, "state_folder", lambda: None)
    assert read_state("quiz") == {}
    with pytest.raises(OSError, match="No such file"):
        write_state("quiz", {"a": 1})
