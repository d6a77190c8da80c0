"""`chainrule tour`: the app with the tour open, for oneself or before an audience."""

import argparse
import os
import sys
from typing import IO

from tui.commands import app, base
from tui.commands.base import UNSET, Command
from tui.config.flags import FPS, MOTION, REDUCED_MOTION, THEME
from tui.config.terminals import has_cursor
from tui.words.command_line import FLAG_HELP, GROUP_TITLES, line_text


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The lesson, the form for speakers, and what the app looks like."""
    parser.add_argument("lesson", nargs="?", metavar="LESSON", help=FLAG_HELP["lesson"])
    parser.add_argument("--present", action="store_true", default=UNSET, help=FLAG_HELP["present"])
    screen = parser.add_argument_group(GROUP_TITLES["screen"])
    base.add_flags(screen, THEME, FPS, MOTION, REDUCED_MOTION)
    base.add_glyphs(screen)


def execute(options: argparse.Namespace, out: IO[str]) -> int:
    """Run the app, at that lesson or where one was last."""
    # the app's own commands start without the lessons
    from tui.config.lessons import lesson_called
    from tui.words.language import ENGLISH

    given = options.lesson
    lesson = None if given is None else lesson_called(given, ENGLISH)
    if not (base.is_terminal(sys.stdout) and has_cursor(os.environ)):
        raise base.UsageError(line_text("tour_needs_terminal"))
    presents = "present" in options
    return app.execute(options, lambda app: app.touring.open(lesson, presents))


COMMAND = Command("tour", execute, add_arguments, rank=5)
