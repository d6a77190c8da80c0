"""The command line: the app, and its commands from their table."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from typing import NoReturn

from engine import SettingError
from tui.commands import COMMANDS, app
from tui.commands.base import UsageError
from tui.config.experiment_files import FileError
from tui.words.errors import error_text
from tui.words.settings import suggestion


class _Parser(argparse.ArgumentParser):
    """Raises instead of printing its usage, so that every error is one line."""

    def error(self, message: str) -> NoReturn:
        raise UsageError(message)


def build_parser() -> argparse.ArgumentParser:
    """The parser of the whole command line."""
    from importlib.metadata import version

    parser = _Parser(
        prog="chainrule",
        description="Watch gradients vanish, explode and get rescued, layer by layer. "
        "Without a command: the app (on a pipe: its picture as text).",
        allow_abbrev=False,
    )
    parser.add_argument("--version", action="version", version=f"chainrule {version('chainrule')}")
    app.add_arguments(parser)
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", parser_class=_Parser)
    for command in COMMANDS.values():
        command.add_arguments(
            commands.add_parser(command.name, help=command.help, allow_abbrev=False)
        )
    return parser


def _option_names(parser: argparse.ArgumentParser, command: str | None = None) -> list[str]:
    """The options of the app, or of a command."""
    if command is not None:
        parser = argparse.ArgumentParser(add_help=False)
        COMMANDS[command].add_arguments(parser)
    return [name for name in parser._option_string_actions if name.startswith("--")]


def parse(arguments: Sequence[str]) -> argparse.Namespace:
    """The options; raises UsageError."""
    parser = build_parser()
    try:
        options, unknown = parser.parse_known_args(_with_negative_values(arguments))
    except UsageError as error:
        raise UsageError(_clearer(str(error), arguments, _option_names(parser))) from None
    if unknown:
        names = _option_names(parser, options.command)
        word = unknown[0].split("=")[0]
        kind = "option" if word.startswith("-") else "argument"
        allowed = f"; see chainrule {options.command or ''} --help".replace("  ", " ")
        raise UsageError(f"no {kind} {word}{suggestion(word, names)}{allowed}")
    return options


def _with_negative_values(arguments: Sequence[str]) -> list[str]:
    """`--x -1e5` as `--x=-1e5`: argparse would take such a value for an option."""
    joined: list[str] = []
    for argument in arguments:
        after_flag = joined and joined[-1].startswith("--") and "=" not in joined[-1]
        if after_flag and argument.startswith("-") and _is_number(argument):
            joined[-1] += "=" + argument
        else:
            joined.append(argument)
    return joined


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


def _clearer(message: str, arguments: Sequence[str], options: Sequence[str]) -> str:
    """argparse's message, with the nearest match where a command or an option was mistyped."""
    if "invalid choice" in message and "COMMAND" in message:
        unknown = next((a for a in arguments if a.startswith("--") and a not in options), "")
        if unknown:
            # its value was taken for the command
            return f"no option {unknown}{suggestion(unknown, options)}; see chainrule --help"
        word = next((a for a in arguments if not a.startswith("-")), "")
        return f"no command {word!r}{suggestion(word, COMMANDS)}; one of {', '.join(COMMANDS)}"
    return message.replace("expected one argument", "needs a value")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; 0, or 2 with one line on stderr for input that cannot be used."""
    try:
        options = parse(sys.argv[1:] if arguments is None else arguments)
        if options.command is not None:
            return COMMANDS[options.command].execute(options, sys.stdout)
        if sys.stdout.isatty():
            return app.execute(options)
        app.check(options)
        return COMMANDS["run"].execute(options, sys.stdout)
    except (UsageError, FileError) as error:
        print(f"chainrule: {error}", file=sys.stderr)
        return 2
    except SettingError as error:
        print(f"chainrule: {error_text(error)}", file=sys.stderr)
        return 2
    except BrokenPipeError:
        # the reader went away, as head does; keep Python from complaining at exit
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as error:
        print(f"chainrule: cannot write: {error.strerror}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
