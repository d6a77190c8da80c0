"""The command line: the app, and `run`, which prints one Trace."""

from __future__ import annotations

import argparse
import os
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import IO, NoReturn

from engine import Experiment, SettingError, run
from engine.domains import Choice, Real, Whole
from engine.experiment import DOMAINS
from tui import report
from tui.glyphs import Glyphs, glyphs_for
from tui.messages import SETTING_HELP, error_text, flag, number, suggestion
from tui.serialization import FileError, from_texts, read_experiment

MAX_STEPS = 1_000_000

# an option that is not given leaves no trace, so that it counts before and after the command
UNSET = argparse.SUPPRESS


class UsageError(ValueError):
    """A command line that cannot be understood; its text is one line for a person."""


class _Parser(argparse.ArgumentParser):
    """Raises instead of printing its usage, so that every error is one line."""

    def error(self, message: str) -> NoReturn:
        raise UsageError(message)


def _values(name: str) -> str:
    domain = DOMAINS[name]
    if isinstance(domain, Choice):
        return ", ".join(domain.names)
    assert isinstance(domain, Whole | Real)
    return f"{number(domain.low)} to {number(domain.high)}"


def _add_settings(parser: argparse.ArgumentParser) -> None:
    defaults = Experiment().settings()
    group = parser.add_argument_group("settings")
    group.add_argument(
        "--experiment", metavar="FILE", default=UNSET, help="a TOML file; the flags change it"
    )
    for name in DOMAINS:
        help_text = f"{SETTING_HELP[name]}: {_values(name)} (default {defaults[name]})"
        group.add_argument(
            flag(name), metavar="X", dest=name, default=UNSET, help=help_text.replace("%", "%%")
        )


def _add_ascii(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--ascii", action="store_true", default=UNSET, help="draw with ASCII characters only"
    )


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
    _add_ascii(parser)
    parser.add_argument(
        "--reduced-motion", action="store_true", help="draw end states at once, no animation"
    )
    _add_settings(parser)
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", parser_class=_Parser)
    runner = commands.add_parser(
        "run", help="print one pass as text, JSON or CSV", allow_abbrev=False
    )
    _add_ascii(runner)
    runner.add_argument("--steps", default="0", metavar="N", help="training steps to take first")
    runner.add_argument("--format", default="text", metavar="X", help="text, json or csv")
    _add_settings(runner)
    return parser


def _option_names(parser: argparse.ArgumentParser) -> list[str]:
    return [name for name in parser._option_string_actions if name.startswith("--")]


def parse(arguments: Sequence[str]) -> argparse.Namespace:
    """The options; raises UsageError."""
    parser = build_parser()
    try:
        options, unknown = parser.parse_known_args(_with_negative_values(arguments))
    except UsageError as error:
        raise UsageError(_clearer(str(error), arguments)) from None
    if unknown:
        names = _option_names(parser)
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


def _clearer(message: str, arguments: Sequence[str]) -> str:
    """argparse's message, with the command's nearest match where a command was mistyped."""
    if "invalid choice" in message and "COMMAND" in message:
        word = next((a for a in arguments if not a.startswith("-")), "")
        return f"no command {word!r}{suggestion(word, ['run'])}; one of run"
    return message.replace("expected one argument", "needs a value")


def experiment_of(options: argparse.Namespace) -> Experiment:
    """The experiment that the options ask for; raises SettingError or FileError."""
    given = vars(options)
    base = read_experiment(Path(given["experiment"])) if "experiment" in given else None
    return from_texts({name: given[name] for name in DOMAINS if name in given}, base)


def _print_run(options: argparse.Namespace, out: IO[str]) -> None:
    experiment = experiment_of(options)
    formats = ("text", "json", "csv")
    name = Choice(formats).parse("format", getattr(options, "format", "text"))
    steps = Whole(0, MAX_STEPS).parse("steps", getattr(options, "steps", "0"))
    trace = run(experiment, steps, evaluates=True)
    if name == "text":
        text = report.to_text(trace, _terminal_width(), _glyphs(options, out))
    else:
        text = {"json": report.to_json, "csv": report.to_csv}[name](trace)
    print(text, file=out, flush=True)


def _terminal_width() -> int:
    return shutil.get_terminal_size((80, 24)).columns


def _glyphs(options: argparse.Namespace, stream: IO[str] | None) -> Glyphs:
    return glyphs_for(getattr(stream, "encoding", None), "ascii" in options)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; 0, or 2 with one line on stderr for input that cannot be used."""
    try:
        options = parse(sys.argv[1:] if arguments is None else arguments)
        if options.command == "run" or not sys.stdout.isatty():
            _print_run(options, sys.stdout)
            return 0
        return _run_app(options)
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


def _run_app(options: argparse.Namespace) -> int:
    from engine.training import check_memory

    experiment = experiment_of(options)
    check_memory(experiment)
    if not sys.stdin.isatty():
        raise UsageError("the app needs a keyboard: stdin is not a terminal; try chainrule run")
    from tui.app import ChainruleApp

    app = ChainruleApp(
        experiment,
        glyphs=_glyphs(options, sys.__stderr__),
        reduced_motion=options.reduced_motion,
    )
    app.run()
    return app.return_code or 0
