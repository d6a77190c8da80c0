"""The whole command line: its parser with every command that there is, and running it."""

import argparse
import os
import re
import sys
from collections.abc import Iterable, Sequence
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import Any, NoReturn

import tui.commands
from engine import SettingError
from tui.commands import app
from tui.commands.base import (
    Command,
    OutputError,
    ReaderGoneError,
    RunLogError,
    UsageError,
    add_flags,
    experiment_of,
    glyphs_of,
    is_terminal,
    put,
)
from tui.commands.speech import check_language, speak, speak_for
from tui.commands.stderr import complain
from tui.config.flags import FILES, LANGUAGE
from tui.config.terminals import has_cursor
from tui.config.toml import FileError
from tui.words.command_line import (
    COMMAND_HELP,
    FLAG_HELP,
    HELP_WORDS,
    line_text,
)
from tui.words.errors import error_text
from tui.words.settings import flag, suggestion

PROGRAM = "chainrule"

_LATER = {"parser", "log_screen", "watch_headless"}
"""Modules beside the commands that load what only one of them needs."""


class _UnknownCommandError(UsageError):
    """There is no command of that name."""


class _Help(argparse.HelpFormatter):
    """Help whose usage stays one line: the options stand below it, group by group."""

    def __init__(self, prog: str) -> None:
        super().__init__(prog, max_help_position=26)

    def add_usage(
        self,
        usage: str | None,
        actions: Iterable[argparse.Action],
        groups: Iterable[argparse._MutuallyExclusiveGroup],
        prefix: str | None = None,
    ) -> None:
        values = (self._format_args(a, str(a.metavar)) for a in actions if not a.option_strings)
        usage = " ".join(("%(prog)s", HELP_WORDS["options"], *values))
        super().add_usage(usage, actions, groups, prefix)

    def format_help(self) -> str:
        # a heading's colon
        return re.sub("(?m):$", HELP_WORDS["colon"], super().format_help())

    # argparse counts characters, of which Chinese ones take two cells, and breaks at blanks alone

    def _split_lines(self, text: str, width: int) -> list[str]:
        # Rich's widths: for help alone
        from tui.style.wrapping import wrapped

        return wrapped(text, width)

    def _fill_text(self, text: str, width: int, indent: str) -> str:
        return "\n".join(self._split_lines(text, width))


class _Parser(argparse.ArgumentParser):
    """Raises instead of printing its usage, so that every error is one line."""

    def __init__(self, **options: Any) -> None:
        super().__init__(formatter_class=_Help, **options)
        # -1e5 too is a value, not an option
        self._negative_number_matcher = re.compile(r"-[\d.][\d._]*(e[-+]?\d+)?$|-(inf|nan)$", re.I)

    def error(self, message: str) -> NoReturn:
        raise UsageError(message)

    def _print_message(self, message: str, file: Any = None) -> None:
        put(message.rstrip("\n"), file)

    def _check_value(self, action: argparse.Action, value: str) -> None:
        if isinstance(action, argparse._SubParsersAction) and value not in action.choices:
            raise _UnknownCommandError(value)
        super()._check_value(action, value)


class _Version(argparse._VersionAction):
    """Finds the version out when it is asked for: that takes long."""

    def __call__(self, *arguments: Any) -> None:
        from importlib.metadata import version

        self.version = f"{PROGRAM} {version(PROGRAM)}"
        super().__call__(*arguments)


@cache
def commands() -> dict[str, Command]:
    """Every command by its name: the modules of this package that have one."""
    names = [module.name for module in iter_modules(tui.commands.__path__)]
    modules = [import_module(f"tui.commands.{name}") for name in names if name not in _LATER]
    found = [module.COMMAND for module in modules if hasattr(module, "COMMAND")]
    return {command.name: command for command in sorted(found, key=lambda c: (c.rank, c.name))}


def build_parser() -> argparse.ArgumentParser:
    """The parser of the whole command line."""
    parser = _Parser(prog=PROGRAM, description=HELP_WORDS["description"], allow_abbrev=False)
    parser.add_argument("--version", action=_Version, help=FLAG_HELP["version"])
    add_flags(parser, LANGUAGE)
    app.add_arguments(parser)
    subparsers = parser.add_subparsers(
        title=HELP_WORDS["commands"],
        prog=PROGRAM,
        dest="command",
        metavar="COMMAND",
        parser_class=_Parser,
    )
    for name, command in commands().items():
        of_command = subparsers.add_parser(name, help=COMMAND_HELP[name], allow_abbrev=False)
        _add_arguments(of_command, command)
    parser.set_defaults(parser=parser)
    return parser


def _add_arguments(parser: argparse.ArgumentParser, command: Command) -> None:
    """What all commands take, and its own."""
    add_flags(parser, LANGUAGE)
    command.add_arguments(parser)


def _option_names(parser: argparse.ArgumentParser, command: str | None = None) -> list[str]:
    """The options of the app, or of a command."""
    if command is not None:
        parser = argparse.ArgumentParser()
        _add_arguments(parser, commands()[command])
    return [name for name in parser._option_string_actions if name.startswith("--")]


def parse(arguments: Sequence[str]) -> argparse.Namespace:
    """The options; raises UsageError."""
    if not arguments:
        # as most often: the app starts before there is a parser
        return argparse.Namespace(command=None)
    parser = build_parser()
    try:
        options, unknown = parser.parse_known_args(arguments)
    except _UnknownCommandError as error:
        names = _option_names(parser)
        unknown = [a for a in arguments if a.startswith("--") and a not in names]
        if unknown:
            # its value was taken for the command
            raise _no_such_word(unknown[0], names) from None
        hint, allowed = suggestion(str(error), commands()), ", ".join(commands())
        why = line_text("unknown_command", word=str(error), hint=hint, allowed=allowed)
        raise UsageError(why) from None
    if unknown:
        raise _no_such_word(unknown[0], _option_names(parser, options.command), options.command)
    for name, value in vars(options).items():
        # what argparse makes of --depth=--; and no file has an empty name
        if value == [] or (name in FILES and value == ""):
            raise UsageError(line_text("no_value", option=flag(name)))
    return options


def _no_such_word(argument: str, names: Sequence[str], command: str | None = None) -> UsageError:
    """An option or another argument that a command does not have."""
    word = argument.split("=")[0]
    code = "unknown_option" if word.startswith("-") else "unknown_argument"
    see = f"{PROGRAM} {command}" if command else PROGRAM
    return UsageError(line_text(code, word=word, hint=suggestion(word, names), see=see))


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; 0, or 2 with one line on stderr for input that cannot be used."""
    try:
        words = sys.argv[1:] if arguments is None else arguments
        language = speak_for(words)
        options = parse(words)
        app.check(options)
        check_language(options)
        speak(language, glyphs_of(options, sys.stdout))
        if options.command is None and is_terminal(sys.stdout):
            if has_cursor(os.environ):
                return app.execute(options)
            experiment_of(options)
            term = os.environ.get("TERM")
            complain(line_text("no_cursor", term=term) if term else line_text("no_term"))
        return commands()[options.command or "run"].execute(options, sys.stdout)
    except (UsageError, FileError) as error:
        complain(error)
        return 2
    except SettingError as error:
        complain(error_text(error))
        return 2
    except BrokenPipeError as error:
        # the reader went away, as head does
        _forget_output()
        return error.exit_code if isinstance(error, ReaderGoneError) else 0
    except OutputError as error:
        _forget_output()
        complain(line_text("cannot_write", why=error))
        return 1
    except RunLogError as error:
        complain(error)
        return 1
    except MemoryError:
        complain(line_text("no_memory"))
        return 1
    except KeyboardInterrupt:
        return 130


def _forget_output() -> None:
    """Keep Python from writing at its end what could not be written."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
