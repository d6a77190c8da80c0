"""What a monkey does at the keyboard, with the mouse and to the terminal's size, drawn by a seed.

A step is a kind and its arguments, as JSON can hold them. Steps follow each other without a pause,
but for `("turns", n)`, in which the app may do a little of its work, and `WAIT`, in which it does
all of it.
"""

import os
from collections.abc import Callable, Iterator, Sequence
from random import Random
from typing import Any

from tui.state.actions import ACTIONS
from tui.state.keys import MODIFIERS, NAMED, PUNCTUATION
from tui.style.themes import THEMES

Step = tuple[Any, ...]
WAIT: Step = ("wait",)

LEAVING = ("q", "ctrl+c")
"""These end the app; ctrl+z stops it where there is a terminal."""

BOUND = tuple(key for action in ACTIONS for key in action.keys if key not in LEAVING)
OPENING = ("A", "I", "X", "T", "tab", "e", "y", "d", "colon", "ctrl+p", "question_mark", "h", "z")
"""What opens a panel or a screen, or changes what is beside the view."""

IN_LISTS = ("up", "down", "pageup", "pagedown", "home", "end", "enter", "escape", "tab", "slash")
OTHER = (
    *(f"{modifier}+{key}" for modifier in MODIFIERS for key in ("a", "home", "end", "up", "tab")),
    *(key for key in (*NAMED, *PUNCTUATION) if key not in BOUND),
    *("5", "6", "9", "j", "é", "φ", "字", "，", "。", "【", "ａ"),
)
"""Keys that mostly nothing is bound to."""

SIZES = (
    *((1, 1), (2, 1), (1, 40), (9, 3), (59, 24), (60, 15), (400, 1)),
    *((60, 16), (77, 19), (80, 24), (120, 40), (200, 50), (400, 120)),
)
TYPED = ("theme", "init he", "preset", "depth", "zz", "[", "  ", "activation tanh")
PASTES = ("", "a", "55", "q\n\r\x1b", "x" * 5000, "φ字\t" * 300, "[bold]", "\x00\x9b31m")


def seed_of(default: int) -> int:
    """The seed of a run: the environment's MONKEY_SEED, to have a failure again, or its own."""
    return int(os.environ.get("MONKEY_SEED", default))


def _drawn(draws: Random) -> Step:
    kind = draws.choices(
        (
            *("key", "type", "paste", "click", "press", "release", "move", "wheel"),
            *("resize", "theme", "clock", "look", "turns"),
        ),
        (60, 4, 2, 8, 2, 2, 4, 5, 5, 2, 8, 2, 10),
    )[0]
    # places beyond the screen, too: it may have become smaller meanwhile
    x, y = draws.randrange(draws.choice((10, 80, 400))), draws.randrange(draws.choice((3, 24, 120)))
    match kind:
        case "key":
            kinds = draws.choices((BOUND, OPENING, IN_LISTS, OTHER), (40, 20, 30, 5))[0]
            return kind, draws.choice(kinds)
        case "type":
            return kind, draws.choice(TYPED)
        case "paste":
            return kind, draws.choice(PASTES)
        case "click" | "press" | "release" | "move":
            return kind, x, y
        case "wheel":
            return kind, x, y, draws.choice((-1, 1))
        case "resize":
            return kind, *draws.choice(SIZES)
        case "theme":
            return kind, draws.choice(tuple(THEMES))
        case "clock":
            return kind, draws.choice((0.0, 0.01, 0.1, 0.5, 3.0))
        case "turns":
            return kind, draws.choice((1, 2, 3, 5, 8, 20))
        case _:
            return kind, draws.choice((True, False))


def steps(seed: int, count: int, longest: int = 12) -> Iterator[Step]:
    """So many steps in bursts, with a wait after each burst; the same ones for the same seed."""
    draws = Random(seed)
    while count > 0:
        burst = [_drawn(draws) for _ in range(min(draws.randint(1, longest), count))]
        # a key that is held down, or pressed once too often
        if draws.random() < 0.2:
            burst += [burst[-1]] * draws.randint(1, 3)
        count -= len(burst)
        yield from burst
        yield WAIT


def shrunk(steps: Sequence[Any], fails: Callable[[list[Any]], bool]) -> list[Any]:
    """A part of the steps that still fails and does so no more if any one of them is left out.

    Zeller's ddmin: halves are left out, then quarters, and so on.
    """
    kept, parts = list(steps), 2
    while len(kept) > 1:
        size = -(-len(kept) // parts)
        rests = ([*kept[:at], *kept[at + size :]] for at in range(0, len(kept), size))
        rest = next((rest for rest in rests if fails(rest)), None)
        if rest is not None:
            kept, parts = rest, max(parts - 1, 2)
        elif size == 1:
            break
        else:
            parts = min(2 * parts, len(kept))
    return kept
