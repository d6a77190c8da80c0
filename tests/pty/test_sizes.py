"""Sizes, and sizes that change."""

import re
from collections.abc import Callable

import pytest

from tests.pty.harness import (
    CHAINRULE,
    furthest_column,
    in_pty,
    in_tmux,
)

pytestmark = pytest.mark.heavy

SIZES = ((80, 24), (160, 45), (60, 16), (59, 16), (20, 5), (100, 30))
FOOT = re.compile("└.* input .* output ")
TAKEN, BEGUN, DONE = b"\x1b[?1049h", b"FORWARD", b"VANISHING"


def _drawn(width: int, height: int) -> Callable[[str], bool]:
    too_small = width < 60 or height < 16
    wanted = f"have {width}x{height}, need 60x16" if too_small else "chainrule"
    return lambda text: wanted in " ".join(text.split())


@pytest.mark.parametrize("hasty", [False, True])
def test_resizing_during_the_wave(hasty: bool) -> None:
    """After any sizes, drawn or rushed through, the picture is that of a fresh start."""
    with (
        in_tmux(CHAINRULE) as tmux,
        in_tmux(CHAINRULE, "--reduced-motion", size=SIZES[-1]) as fresh,
    ):
        fresh.wait_for("VANISHING", "why")
        tmux.wait_for("FORWARD")
        for size in SIZES:
            tmux.resize(*size)
            if not hasty:
                tmux.wait_until(_drawn(*size))
        tmux.wait_for_picture_of(fresh)


def test_resizing_with_a_panel_open() -> None:
    """Closed again, it leaves the picture of a fresh start."""
    with (
        in_tmux(CHAINRULE, "--reduced-motion") as tmux,
        in_tmux(CHAINRULE, "--reduced-motion", size=SIZES[-1]) as fresh,
    ):
        fresh.wait_for("VANISHING", "why")
        tmux.wait_for("VANISHING", "why")
        tmux.keys("A")
        tmux.wait_for("take")
        for size in SIZES:
            tmux.resize(*size)
        tmux.keys("Escape")
        tmux.wait_for_picture_of(fresh)


@pytest.mark.parametrize("size", [(60, 16), (59, 16), (60, 15), (20, 5)])
def test_the_smallest_size(size: tuple[int, int]) -> None:
    """60x16 shows the chart, less says what it has and what it needs; `q` quits either way."""
    with in_tmux(CHAINRULE, "--reduced-motion", size=size) as tmux:
        tmux.wait_until(_drawn(*size))
        tmux.keys("q")
        assert tmux.exit_status() == 0


def test_the_first_picture_and_its_rescue() -> None:
    """Sigmoid vanishes, its layer 7 is taken apart; `a a i` makes it healthy."""
    with in_tmux(CHAINRULE, "--reduced-motion") as tmux:
        tmux.wait_for("VANISHING", "sigmoid", "layer 7", "why")
        tmux.keys("a", "a", "i")
        text = tmux.wait_for("HEALTHY", "relu", "he_normal")
        assert "VANISHING" not in text


@pytest.mark.parametrize(("depth", "filled"), [(200, 70), (20, 51), (1, 70)])
def test_a_full_chart_at_any_depth(depth: int, filled: int) -> None:
    """Every column stands on the base line, and the base line goes from input to output."""
    with in_tmux(CHAINRULE, "--reduced-motion", "--depth", str(depth)) as tmux:
        tmux.wait_for("why", "output")
        lines = tmux.lines()
        base = next(i for i, line in enumerate(lines) if FOOT.search(line))
        bars = re.split("[│┤]", lines[base - 1])[-1]
        assert len(bars.replace(" ", "")) == filled
        assert {"1", str(depth)} <= set(re.findall(r"\d+", lines[base]))


@pytest.mark.parametrize("key", ["A", "I", "Tab"])
def test_a_panel_leaves_room_for_the_whole_chart(key: str) -> None:
    """Beside it the base line still goes from input to output."""
    with in_tmux(CHAINRULE, "--reduced-motion") as tmux:
        tmux.wait_for("VANISHING", "why")
        tmux.keys(key)
        tmux.wait_for("esc")
        tmux.wait_until(lambda text: FOOT.search(text) is not None)


@pytest.mark.parametrize("size", [(80, 24), (160, 45), (60, 16), (20, 5)])
def test_nothing_is_written_past_the_last_column(size: tuple[int, int]) -> None:
    """Not by the chart, nor by help and panel."""
    with in_pty(CHAINRULE, "--depth", "200", size=size) as terminal:
        terminal.wait_for(b"\x1b[?2004h", b"need" if size < (60, 16) else BEGUN)
        for key in (b"?", b"?", b"A", b"\x1b", b"\x1b[C", b"q"):
            terminal.send(key)
        terminal.end()
        assert furthest_column(terminal.written) <= size[0]


def test_nothing_of_the_app_is_left_in_a_window_that_grew() -> None:
    """Of rows that tmux's first screen did not have it would leave the second's."""
    with in_tmux(CHAINRULE, "--reduced-motion") as tmux:
        tmux.wait_for("VANISHING", "why")
        tmux.resize(*SIZES[-1])
        tmux.wait_until(_drawn(*SIZES[-1]))
        tmux.wait_for("6 tour  ? help")
        tmux.keys("q")
        assert tmux.exit_status() == 0
        assert tmux.text().strip() == "ended with 0"
