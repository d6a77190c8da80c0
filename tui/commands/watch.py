"""`chainrule watch`: a training run that is being written down, as it goes on."""

import argparse
from typing import IO

from tui.commands import base, log_files
from tui.commands.base import Command
from tui.config.flags import WATCH


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The log, and what is to be told of it."""
    parser.add_argument("file", metavar="FILE")
    log_files.add_arguments(parser)
    base.add_flags(parser, *WATCH)


def execute(options: argparse.Namespace, out: IO[str]) -> int:
    """Print what is found in the log."""
    from tui.commands import watch_headless

    return watch_headless.execute(options, out)


COMMAND = Command("watch", execute, add_arguments, rank=16)
