"""`chainrule completion`: a completion script for a shell, made from the argument parser."""

import argparse
from collections.abc import Iterable, Mapping
from typing import IO

from engine.experiment.domains import Choice
from engine.experiment.sections import DOMAINS
from tui.commands.base import Command, UsageError, put
from tui.commands.run import FORMATS
from tui.config.catalogues import KINDS
from tui.config.flags import FILES, GLYPHS, LANGUAGE, MOTION, UNTIL
from tui.config.settings_file import GLYPH_NAMES
from tui.state.motion import MOTIONS
from tui.state.state import SHARED
from tui.words.command_line import line_text
from tui.words.language import ENGLISH, LANGUAGES

SHELLS = ("bash", "zsh", "fish")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The shell."""
    parser.add_argument("shell", nargs="?", metavar="SHELL", help=", ".join(SHELLS))


def _words() -> dict[str, tuple[str, ...]]:
    """The values that each option can have, by its destination."""
    from tui.config.lessons import lesson_files

    listed = {"preset": "presets", "theme": "themes"}
    return {
        **{n: domain.names for n, domain in DOMAINS.items() if isinstance(domain, Choice)},
        **{name: shared.names for name, shared in SHARED.items() if shared.names},
        **{dest: tuple(name for name, _ in KINDS[kind]()) for dest, kind in listed.items()},
        "kind": tuple(KINDS),
        "lesson": tuple(lesson_files(ENGLISH)),
        "shell": SHELLS,
        "format": FORMATS,
        "until": UNTIL,
        GLYPHS.name: GLYPH_NAMES,
        LANGUAGE.name: tuple(LANGUAGES),
        MOTION.name: tuple(MOTIONS),
    }


def _offer(parser: argparse.ArgumentParser, words: Mapping[str, Iterable[str]]) -> None:
    """Give every option of a parser and its commands the values to offer."""
    import shtab

    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for command in action.choices.values():
                _offer(command, words)
        elif action.dest in words:
            action.choices = list(words[action.dest])
        elif action.dest in FILES or action.metavar == "FILE":
            action.complete = shtab.FILE  # type: ignore[attr-defined]


def execute(options: argparse.Namespace, out: IO[str]) -> int:
    """Print the script."""
    import shtab

    if options.shell is None:
        raise UsageError(line_text("no_shell", allowed=", ".join(SHELLS)))
    shell = Choice(SHELLS).parse("shell", options.shell)
    # after parsing: an error of argparse's own would list every choice and suggest none
    _offer(options.parser, _words())
    put(shtab.complete(options.parser, shell=shell), out)
    return 0


COMMAND = Command("completion", execute, add_arguments, rank=50)
