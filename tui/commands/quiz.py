"""`chainrule quiz`: the questions of the quiz, asked in the app, or printed where there is none."""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterator
from typing import IO, TYPE_CHECKING

from tui.commands import app, base
from tui.commands.base import Command
from tui.config.flags import FPS, MOTION, REDUCED_MOTION, THEME
from tui.config.terminals import has_cursor
from tui.style.wrapping import wrapped
from tui.words.command_line import GROUP_TITLES
from tui.words.language import current

if TYPE_CHECKING:
    # the app's own commands start without the questions
    from tui.state.quiz import Asked

INDENT = 4
"""Cells before a text, after its number."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What the app looks like."""
    screen = parser.add_argument_group(GROUP_TITLES["screen"])
    base.add_flags(screen, THEME, FPS, MOTION, REDUCED_MOTION)
    base.add_glyphs(screen)


def _beside(head: str, text: str, width: int) -> Iterator[str]:
    """A text in lines beside its number."""
    for row in wrapped(text, width - INDENT):
        yield f"{head:<{INDENT}}{row}"
        head = ""


def _lines(asked: Asked, width: int) -> Iterator[str]:
    """Every question with its answers, in the order in which they would be asked."""
    from tui.words.quiz_screen import text_hint

    for number, item in enumerate(asked.items, 1):
        yield from _beside(f"{number}.", item.title, width)
        yield from _beside("", item.text, width)
        for letter, answer in zip("abcd", asked.answers_to(item), strict=False):
            yield from _beside(f"  {letter}", answer.text, width)
        yield ""
    yield from wrapped(text_hint(), width)


def execute(options: argparse.Namespace, out: IO[str]) -> int:
    """Ask, or print the questions."""
    if base.is_terminal(out) and has_cursor(os.environ):
        return app.execute(options, lambda app: app.touring.ask())
    from tui.config.quiz_items import items
    from tui.state.quiz import Answered, opened

    # the same text every time: nobody's answers are kept, and nobody's order is needed
    asked = opened(items(current()), Answered(seed=0), has_toured=False)
    base.print_lines(_lines(asked, base.terminal_width()), out)
    return 0


COMMAND = Command("quiz", execute, add_arguments, rank=7)
