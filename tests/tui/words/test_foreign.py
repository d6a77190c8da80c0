"""Text from outside on its way to a person: it steers nothing, hides nothing, and ends."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.words.foreign import LINE, NAMED, QUOTED, filled, named, quoted, visible

TEXTS = st.text(st.characters(), max_size=400)
"""Lone surrogates included: they stand for the bytes of names that are not UTF-8."""


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("plain name.csv", "plain name.csv"),
        ("Übung 日本 e\u0301.csv", "Übung 日本 e\u0301.csv"),
        ("\x1b]0;title\x07", r"\x1b]0;title\x07"),
        ("a\nb\tc\x7f\x9b", r"a\nb\tc\x7f\x9b"),
        ("\u202egnp.exe", r"\u202egnp.exe"),
        ("a\u200bb\u2028c\ufeff", r"a\u200bb\u2028c\ufeff"),
        ("caf\udce9", r"caf\udce9"),
        ("\ue000\u0378\U000e0041\U000e0100\ufe0f", r"\ue000\u0378\U000e0041\U000e0100\ufe0f"),
        ("[bold]x[/]", "[bold]x[/]"),
    ],
)
def test_what_is_not_seen_is_made_visible(text: str, seen: str) -> None:
    """Letters of any language stay as they are."""
    assert visible(text) == seen


@given(TEXTS)
def test_no_text_gets_through_that_could_do_harm(text: str) -> None:
    """Shown once or twice: the same, printable and within its room."""
    for show, room in ((named, NAMED), (quoted, QUOTED)):
        once = show(text)
        assert once.isprintable()
        assert len(once) <= room
        assert not any(unicodedata.category(c) in ("Cc", "Cf", "Cs", "Zl", "Zp") for c in once)
    assert named(named(text)) == named(text)
    assert visible(visible(text)) == visible(text)


def test_of_a_long_name_both_ends_are_shown() -> None:
    """What it begins with, and its suffix."""
    name = named("/data/" + "x" * 1_000_000 + ".csv")
    assert name.startswith("/data/x")
    assert name.endswith("x.csv")
    assert len(name) == NAMED


@pytest.mark.parametrize(
    "value",
    [
        16**5000,
        -(16**5000),
        10**400,
        ["[" * 100] * 100,
        {"a": {"b": {"c": {"d": {"e": {"f": {"g": {"h": 1}}}}}}}},
        float("inf"),
    ],
    # pytest would write the numbers out
    ids=str.split("hexadecimal negative long list deep infinite"),
)
def test_any_value_of_a_file_can_be_quoted(value: object) -> None:
    """Also a number that Python does not write in decimal."""
    assert 0 < len(quoted(value)) <= QUOTED


def test_a_line_ends() -> None:
    """Whatever its details, and with the formats of numbers."""
    line = filled("{name!s}: {value!r}, {rate:g}; {why}", {
        "name": "a\n" * 999, "value": "b" * 999, "rate": 0.5, "why": "c\x1b" * 999,
    })  # fmt: skip
    assert len(line) == LINE
    assert line.isprintable()
    assert filled("{value!r} {rate:.1f}", {"value": "x", "rate": 2}) == "'x' 2.0"
