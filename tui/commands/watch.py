"""`chainrule watch`: a training run that is being written down, as it goes on."""

import argparse
from typing import IO

from tui.commands import base, log_files, on_terminal
from tui.commands.base import Command, UsageError
from tui.config.flags import WATCH, WATCH_UNTIL
from tui.words.command_line import FLAG_HELP, line_text
from tui.words.settings import flag


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The log, what is to be told of it, and how it is shown."""
    parser.add_argument("file", metavar="FILE", help=FLAG_HELP["watch_file"])
    log_files.add_arguments(parser)
    base.add_flags(parser, *WATCH)
    base.add_flags(parser, WATCH_UNTIL, action="append")
    on_terminal.add_arguments(parser)


def execute(options: argparse.Namespace, out: IO[str]) -> int:
    """Follow the log on the screen, or print what is found in it."""
    if "headless" in options:
        from tui.commands import watch_headless

        return watch_headless.execute(options, out)
    alone = [name for name, *_ in (*WATCH, WATCH_UNTIL) if name in options]
    if alone:
        raise UsageError(line_text("goes_with_headless", option=flag(alone[0])))
    # the readers and the screen, for which no other command waits
    from engine.logs.watched import Watched
    from tui.commands import log_screen

    log = Watched(log_files.path_of(options), log_files.options_of(options))
    # what will never be a log is told before the screen is touched
    log.read_on()
    if log.waits is not None and not log_screen.has_screen():
        raise log.waits
    return log_screen.show(options, log, follows=True, out=out)


COMMAND = Command("watch", execute, add_arguments, rank=16)
