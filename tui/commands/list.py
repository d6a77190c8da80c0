"""`chainrule list`: every catalogue, with formulas."""

import argparse
from typing import IO

from engine.experiment.domains import Choice
from tui.commands.base import Command, print_lines, table
from tui.config.catalogues import KINDS


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What to list."""
    parser.add_argument("kind", nargs="?", metavar="KIND", help=", ".join(KINDS))


def execute(options: argparse.Namespace, out: IO[str]) -> int:
    """Print the names and what they mean; without a kind, the kinds."""
    if options.kind is None:
        rows = [(name, ", ".join(entry for entry, _ in KINDS[name]())) for name in KINDS]
    else:
        rows = list(KINDS[Choice(tuple(KINDS)).parse("list", options.kind)]())
    print_lines(table(rows), out)
    return 0


COMMAND = Command("list", execute, add_arguments, rank=30)
