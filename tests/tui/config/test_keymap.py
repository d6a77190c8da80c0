"""Keys of one's own: how they are written, and what clashes."""

import pytest

from tui.config.keymap import KeyNameError, key_name, remapped
from tui.state.actions import ACTIONS


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
