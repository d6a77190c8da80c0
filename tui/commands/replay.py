"""`chainrule replay`: a training run that was written down, played on the screen."""

import argparse
from typing import IO

from tui.commands import log_files, on_terminal
from tui.commands.base import Command
from tui.words.command_line import FLAG_HELP


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The log, and how it is shown."""
    parser.add_argument("file", metavar="FILE", help=FLAG_HELP["log_file"])
    log_files.add_arguments(parser)
    on_terminal.add_arguments(parser)


def execute(options: argparse.Namespace, out: IO[str]) -> int:
    """Play it, or without a terminal print its last step."""
    # the readers and the screen, for which no other command waits
    from engine.logs.formats import open_log
    from tui.commands import log_screen

    log = open_log(log_files.path_of(options), log_files.options_of(options))
    return log_screen.show(options, log, follows=False, out=out)


COMMAND = Command("replay", execute, add_arguments, rank=15)
