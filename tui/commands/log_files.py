"""The log of a training run that a command reads: its file, and what the file does not say."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from tui.commands import base
from tui.commands.base import UsageError
from tui.config.flags import LOG_ORDER, LOG_PATTERN
from tui.words.command_line import line_text

if TYPE_CHECKING:
    # the readers, for which no other command waits
    from engine.logs.formats import Options


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What it does not say; the file itself is the command's own argument."""
    base.add_flags(parser, LOG_ORDER)
    base.add_flags(parser, LOG_PATTERN, action="append")


def path_of(options: argparse.Namespace) -> Path:
    """The file, or folder; raises UsageError for an empty name, which would be the folder here."""
    if not options.file:
        raise UsageError(line_text("no_value", option="FILE"))
    return Path(options.file)


def options_of(options: argparse.Namespace) -> Options:
    """What is said of the log; raises SettingError."""
    from engine.logs.formats import Options
    from engine.logs.layer_order import read_order

    order = read_order(Path(options.order)) if "order" in options else None
    return Options(order, tuple(getattr(options, "pattern", ())))
