"""Keys of one's own: how they are written, and what clashes."""

import pytest

from tui.config.keymap import KeyNameError, key_name, remapped
from tui.state.actions import ACTIONS
from tui.words.foreign import LINE


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
        ("shift+ctrl+f5", "ctrl+shift+f5"),
        ("ctrl+X", "ctrl+x"),
    ],
)
def test_keys_are_written_as_they_are_typed(written: str, name: str) -> None:
    """By character, by name, with modifiers; as Textual names them."""
    assert key_name(written) == name


@pytest.mark.parametrize(
    "written",
    [
        "",
        "ctl+x",
        "questionmark",
        "ctrl+",
        "\n",
        "ab",
        "shift+a",
        "\x1b",
        "x" * 9999,
        "ctrl+" * 9999,
    ],
)
def test_what_is_no_key_is_said(written: str) -> None:
    """With the nearest name."""
    with pytest.raises(KeyNameError, match="no key") as caught:
        key_name(written)
    assert str(caught.value).isprintable()
    assert len(str(caught.value)) <= LINE


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


@pytest.mark.parametrize("value", [3, [], [""], ["a", 3], {"key": "a"}, ["a"] * 9999])
def test_entries_that_are_no_keys(value: object) -> None:
    """A sentence and the default."""
    table, problems = remapped({"quit": value, "qiut": "a"})
    assert table == ACTIONS
    assert "keymap quit" in problems[0]
    assert "did you mean quit?" in problems[1]


def test_there_is_always_a_way_out() -> None:
    """Whatever keys are taken, ctrl+c leaves."""
    table, problems = remapped({"quit": "f23", "quit_now": "f24"})
    assert problems == []
    assert {a.id: a.keys for a in table}["quit_now"] == ("f24", "ctrl+c")
    for wanted in ({"help": "ctrl+c"}, {"help": "ctrl+c", "quit_now": "f24"}):
        table, problems = remapped(dict(wanted))
        assert table == ACTIONS
        assert "ctrl+c" in problems[0]


def test_of_endless_entries_ten_are_told() -> None:
    """And how many more there are; names are shown as they can be seen."""
    table, problems = remapped({f"\x1b[3{i}m": "a" for i in range(50_000)})
    assert table == ACTIONS
    assert len(problems) == 11
    assert problems[0] == r"keymap: no action '\x1b[30m'"
    assert problems[-1] == "entries that mean nothing: 49,990 more"
