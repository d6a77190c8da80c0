"""A thousand resizes in a row, of which only the last counts."""

import re
import time
from random import Random

import pyte
import pytest

from tests.pty.harness import CHAINRULE, Pty, in_pty, set_size, until

pytestmark = pytest.mark.heavy

COUNT = 1000
WIDEST, HIGHEST = 400, 120
LAST = (100, 30)
BEHIND = 5.0
"""Seconds after which the last size must be on the screen, on a busy machine."""
MEGABYTES = 80
"""More than a storm may leave in memory, the largest picture included."""

_NOT_FOR_PYTE = re.compile(rb"\x1b\[[<>=]\d*u|\x1b\[\?\d+\$p")
PANELS = ("A", "I", "X", "\t", "T", "e", "?", "d", ":", "v", "h")
TOGGLES = ("v", "h")
KEYS = "optimiser"
"""On the line of keys of the training view."""

Screen = list[list[pyte.screens.Char]]
"""Every cell with its style."""


def storm(terminal: Pty, seed: int) -> int:
    """Any sizes in bursts; where in what is written the last one begins."""
    random = Random(seed)
    for _ in range(COUNT):
        set_size(terminal.slave, random.randint(1, WIDEST), random.randint(1, HIGHEST))
        if random.random() < 0.05:
            time.sleep(random.choice((0.001, 0.01, 0.03)))
            terminal.read()
    terminal.read()
    set_size(terminal.slave, *LAST)
    return len(terminal.written)


def picture(terminal: Pty, start: int = 0, size: tuple[int, int] = LAST) -> Screen:
    """From what was written since a resize, after which the whole is drawn anew."""
    terminal.read()
    (width, height), screen = size, pyte.Screen(*size)
    pyte.ByteStream(screen).feed(_NOT_FOR_PYTE.sub(b"", terminal.written[start:]))
    return [[screen.buffer[y][x] for x in range(width)] for y in range(height)]


def wait_for_size(terminal: Pty, start: int, size: tuple[int, int]) -> None:
    """Until the line of keys is in the last row of that size."""

    def last_row() -> str:
        return "".join(cell.data for cell in picture(terminal, start, size)[-1])

    until(lambda: KEYS in last_row(), last_row)


def wait_for_rest(terminal: Pty) -> None:
    """Until nothing comes any more: a key before that counts for a size of the storm."""
    written = -1
    while written < len(terminal.written):
        written = len(terminal.written)
        time.sleep(0.5)
        terminal.read()


def megabytes(terminal: Pty) -> int:
    """Of memory that the program has."""
    with open(f"/proc/{terminal.process.pid}/statm") as file:
        return int(file.read().split()[1]) * 4096 // 2**20


def text(row: list[pyte.screens.Char]) -> str:
    """Of a row, with a style where it changes."""
    return "".join(
        cell.data if i and cell._replace(data="") == row[i - 1]._replace(data="") else f"{cell}"
        for i, cell in enumerate(row)
    )


def wait_for(terminal: Pty, *wanted: str, start: int = 0) -> None:
    """Until the screen shows all of these; only what changes in it is ever written."""

    def shown() -> str:
        return "\n".join("".join(cell.data for cell in row) for row in picture(terminal, start))

    until(lambda: all(part in shown() for part in wanted), shown)


def wait_for_the_same(terminal: Pty, start: int, wanted: Screen, after: str) -> None:
    """Until it shows this picture."""

    def different() -> list[tuple[str, str]]:
        rows = zip(picture(terminal, start), wanted, strict=True)
        return [(text(row), text(other)) for row, other in rows if row != other]

    until(lambda: not different(), lambda: (after, different()), BEHIND)


def fresh_picture() -> Screen:
    """Of a start in the last size."""
    with in_pty(CHAINRULE, "--reduced-motion", size=LAST) as fresh:
        # the last that is found out
        wait_for(fresh, "because of", "post-activation skips")
        return picture(fresh)


@pytest.mark.parametrize("still", [[], ["--reduced-motion"]], ids=["moving", "still"])
def test_a_storm_during_the_wave(still: list[str]) -> None:
    """At its end there is the picture of a fresh start."""
    with in_pty(CHAINRULE, *still, size=LAST) as terminal:
        wait_for(terminal, "VANISHING" if still else "FORWARD")
        before = megabytes(terminal)
        start = storm(terminal, seed=1)
        wait_for_the_same(terminal, start, fresh_picture(), "wave")
        assert megabytes(terminal) < before + MEGABYTES
        terminal.send(b"\x03")
        assert terminal.end() == 0
        terminal.assert_restored()


def test_a_storm_while_it_trains() -> None:
    """It goes on, and a key is answered at once."""
    with in_pty(CHAINRULE, "--view", "training", size=LAST) as terminal:
        wait_for(terminal, "VANISHING", "d why")
        terminal.send(b"\r")
        wait_for(terminal, "steps/s")
        before = megabytes(terminal)
        start = storm(terminal, seed=2)
        # a key that comes before the size counts for a screen without room
        wait_for_size(terminal, start, LAST)
        terminal.send(b"\r")
        wait_for(terminal, "\N{DOUBLE VERTICAL LINE} step", start=start)
        assert megabytes(terminal) < before + MEGABYTES
        # nothing of the storm is left in it: another size and back gives the same
        stood = picture(terminal, start)
        start = len(terminal.written)
        set_size(terminal.slave, WIDEST, HIGHEST)
        wait_for_size(terminal, start, (WIDEST, HIGHEST))
        start = len(terminal.written)
        set_size(terminal.slave, *LAST)
        wait_for_the_same(terminal, start, stood, "training")


def test_storms_under_everything_that_opens() -> None:
    """Closed again, it leaves the picture of a fresh start."""
    wanted = fresh_picture()
    with in_pty(CHAINRULE, "--reduced-motion", size=LAST) as terminal:
        wait_for_the_same(terminal, 0, wanted, "start")
        for seed, key in enumerate(PANELS):
            terminal.send(key.encode())
            wait_for_rest(terminal)
            start = storm(terminal, seed)
            wait_for_rest(terminal)
            terminal.send(key.encode() if key in TOGGLES else b"\x1b")
            # what a storm closed shows that picture already, and the next key would become alt+key
            wait_for_rest(terminal)
            wait_for_the_same(terminal, start, wanted, key)
        terminal.send(b"q")
        assert terminal.end() == 0
