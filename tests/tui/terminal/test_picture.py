"""Changed cells alone give the same screen as everything that was written."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.color import ColorSystem
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from tests.support.emulator import Emulator
from tests.support.whole_writes import whole
from tui.terminal.pen import moved, restyled, rewritten
from tui.terminal.picture import Picture

WIDTH, HEIGHT = 12, 3
SYSTEM = ColorSystem.TRUECOLOR
STYLES = [
    None,
    *map(
        Style.parse,
        (
            "red",
            "on blue",
            "bold #123456 on #654321",
            "#123456 on #654321",
            "dim #abcdef on #654321",
            "italic underline on #654321",
            "reverse strike red",
            "bold dim italic",
            "#5f87af on #121212",
        ),
    ),
]
FAMILY = "👨\u200d👩\u200d👧"
PIECES = ["  ", "   ", "a", "word", "█", "▂▂", "漢字", "e\u0301", "漢", "é", "😀"]

segments = st.tuples(st.sampled_from(PIECES), st.sampled_from(STYLES)).map(
    lambda parts: Segment(*parts)
)
rows = st.lists(segments, max_size=6).map(Strip)
placements = st.tuples(st.integers(0, WIDTH - 1), st.integers(0, HEIGHT - 1), rows).map(
    lambda placement: (*placement[:2], placement[2].crop(0, WIDTH - placement[0]))
)
WHOLE = [(0, y, Strip.blank(WIDTH)) for y in range(HEIGHT)]


def _alike(shown: Emulator, wanted: Emulator) -> None:
    assert shown.seen() == wanted.seen()
    assert (shown.attributes, shown.foreground, shown.background) == (frozenset(), "", "")


@given(
    st.lists(st.lists(placements, max_size=5) | st.none(), max_size=8),
    st.sampled_from([restyled, rewritten]),
)
def test_changes_give_the_same_screen_as_everything(
    steps: list[list[tuple[int, int, Strip]] | None], change: Callable[[str, str], str]
) -> None:
    """Wide characters that are cut, too; no step is a terminal that nobody knows any more."""
    picture = Picture(SYSTEM, change)
    shown, wanted = Emulator(WIDTH, HEIGHT), Emulator(WIDTH, HEIGHT)
    for step in (WHOLE, *steps):
        if step is None:
            picture.forget()
            shown = Emulator(WIDTH, HEIGHT)
        picture.place(WIDTH, HEIGHT, step or [])
        wanted.feed(whole(step or [], SYSTEM))
        shown.feed(picture.changes((1, 1)))
        _alike(shown, wanted)
        assert (shown.column, shown.row) == (1, 1)
    assert picture.changes((1, 1)) == ""


@given(placements, st.lists(placements, max_size=3))
def test_what_a_terminal_shows_does_not_depend_on_what_it_showed(
    first: tuple[int, int, Strip], later: list[tuple[int, int, Strip]]
) -> None:
    """The style of each cell after changes is that after all of it, be it seen or not."""
    picture = Picture(SYSTEM)
    shown, repainted = Emulator(WIDTH, HEIGHT), Emulator(WIDTH, HEIGHT)
    for step in ([*WHOLE, first], later):
        picture.place(WIDTH, HEIGHT, step)
        shown.feed(picture.changes((0, 0)))
    picture.forget()
    repainted.feed(picture.changes((0, 0)))
    assert shown.cells == repainted.cells


def _emoji_in_one_cell(one: str) -> int:
    return min(cell_len(one), 1) if one > "\uffff" else cell_len(one)


@given(
    st.lists(
        st.lists(
            st.tuples(st.sampled_from([*PIECES, FAMILY]), st.sampled_from(STYLES)), max_size=4
        ),
        min_size=2,
        max_size=4,
    ),
    st.sampled_from([cell_len, _emoji_in_one_cell]),
)
def test_terminals_that_count_other_cells_show_the_rest(
    steps: list[list[tuple[str, Style | None]]], width_of: Callable[[str], int]
) -> None:
    """An emoji in one cell, and a family that is three people in six."""
    picture = Picture(SYSTEM)
    shown, repainted = Emulator(WIDTH, 1, width_of), Emulator(WIDTH, 1, width_of)
    for step in steps:
        strip = Strip([Segment(*parts) for parts in step]).crop(0, 7).adjust_cell_length(WIDTH)
        picture.place(WIDTH, 1, [(0, 0, strip)])
        shown.feed(picture.changes((0, 0)))
    picture.forget()
    repainted.feed(picture.changes((0, 0)))
    assert shown.cells == repainted.cells


def test_a_cell_that_stays_is_not_sent() -> None:
    """Of a line only what is different, and short gaps where going past them is longer."""
    picture = Picture(SYSTEM)
    picture.place(WIDTH, 1, [(0, 0, Strip([Segment("0.25 and 0.5")]))])
    picture.changes((0, 0))
    picture.place(WIDTH, 1, [(0, 0, Strip([Segment("0.26 and 0.7")]))])
    assert picture.changes((0, 0)) == "\x1b[1;4H6\x1b[7C7\x1b[1H"
    picture.place(WIDTH, 1, [(0, 0, Strip([Segment("0.26 any 1.7")]))])
    assert picture.changes((0, 0)) == "\x1b[1;8Hy 1\x1b[1H"


def test_the_cursor_alone() -> None:
    """Goes where Textual wants it, once."""
    picture = Picture(SYSTEM)
    picture.place(WIDTH, 1, [])
    picture.changes((0, 0))
    assert picture.changes((3, 0)) == "\x1b[1;4H"
    assert picture.changes((3, 0)) == ""


@pytest.mark.parametrize(
    ("start", "end", "sequence"),
    [
        (None, (0, 6), "\x1b[7H"),
        ((3, 2), (4, 2), "\x1b[C"),
        ((3, 2), (9, 2), "\x1b[6C"),
        ((5, 2), (3, 3), "\x1bD\b\b"),
        ((3, 2), (3, 4), "\x1bD\x1bD"),
        ((90, 2), (0, 3), "\x1b[4H"),
        ((3, 2), (3, 1), "\x1b[2;4H"),
    ],
)
def test_the_shortest_move(
    start: tuple[int, int] | None, end: tuple[int, int], sequence: str
) -> None:
    """From column and row to column and row."""
    assert moved(start, end) == sequence


@pytest.mark.parametrize(
    ("before", "after", "sequence"),
    [
        ("1;38;5;4", "38;5;4", "\x1b[22m"),
        ("38;5;4", "1;38;5;4", "\x1b[1m"),
        ("1;2", "1", "\x1b[0;1m"),
        ("1;38;2;1;2;3;48;5;7", "38;2;1;2;3;48;5;7", "\x1b[22m"),
        ("1;38;5;4;48;5;7", "", "\x1b[m"),
        ("31;48;5;7", "31;48;5;8", "\x1b[48;5;8m"),
        ("31;48;5;7", "48;5;7", "\x1b[39m"),
    ],
)
def test_the_shortest_change_of_style(before: str, after: str, sequence: str) -> None:
    """Only what differs, or a reset."""
    assert restyled(before, after) == sequence
