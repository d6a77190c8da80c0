"""What a command is, and the options that several of them share."""

from __future__ import annotations

import argparse
import shutil
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from engine import Experiment
from engine.experiment.domains import Choice, Value, Whole
from engine.experiment.sections import DOMAINS
from tui.config import settings_file as config
from tui.config.catalogues import allowed
from tui.config.command_line import parse_screen, screen_of
from tui.config.experiment_files import from_texts, read_experiment
from tui.state.presets import PRESETS, Preset
from tui.state.state import SHARED
from tui.style.glyphs import Glyphs, glyphs_for
from tui.words.settings import SETTING_HELP, flag, screen_help

MAX_STEPS = 1_000_000

# an option that is not given leaves no trace, so that it counts before and after the command
UNSET = argparse.SUPPRESS


class UsageError(ValueError):
    """A command line that cannot be understood; its text is one line for a person."""


@dataclass(frozen=True)
class Command:
    """One command: its own options, and what it does; `execute` returns the exit code."""

    name: str
    help: str
    add_arguments: Callable[[argparse.ArgumentParser], None]
    execute: Callable[[argparse.Namespace, IO[str]], int]


def add_settings(parser: argparse.ArgumentParser) -> None:
    """A flag for every setting, and where else an experiment may come from."""
    defaults = Experiment().settings()
    group = parser.add_argument_group("settings")
    group.add_argument(
        "--experiment", metavar="FILE", default=UNSET, help="a TOML file; the flags change it"
    )
    group.add_argument(
        "--preset",
        metavar="NAME",
        default=UNSET,
        help="one of the gallery (chainrule list presets); the flags change it",
    )
    for name in DOMAINS:
        help_text = f"{SETTING_HELP[name]}: {allowed(name)} (default {defaults[name]})"
        group.add_argument(
            flag(name), metavar="X", dest=name, default=UNSET, help=help_text.replace("%", "%%")
        )


def add_screen(parser: argparse.ArgumentParser) -> None:
    """A flag for everything that a shared command line says of the screen."""
    group = parser.add_argument_group("screen")
    for name, shared in SHARED.items():
        group.add_argument(
            flag(name), metavar="X", dest=name, default=UNSET, help=screen_help(name, shared.names)
        )


def add_steps(parser: argparse.ArgumentParser) -> None:
    """--steps."""
    parser.add_argument(
        "--steps", default=UNSET, metavar="N", help="training steps to take first (default 0)"
    )


def steps_of(options: argparse.Namespace) -> int:
    """How many steps to train first; raises SettingError."""
    return Whole(0, MAX_STEPS).parse("steps", getattr(options, "steps", "0"))


def add_ascii(parser: argparse.ArgumentParser) -> None:
    """--ascii."""
    parser.add_argument(
        "--ascii", action="store_true", default=UNSET, help="draw with ASCII characters only"
    )


def _preset(options: argparse.Namespace) -> Preset | None:
    if "preset" not in options:
        return None
    if "experiment" in options:
        raise UsageError("--preset and --experiment each bring an experiment: give one of them")
    return PRESETS[Choice(tuple(PRESETS)).parse("preset", options.preset)]


def experiment_of(options: argparse.Namespace) -> Experiment:
    """The experiment that the options ask for; raises SettingError, FileError or UsageError."""
    given = vars(options)
    preset = _preset(options)
    base = preset.experiment if preset else None
    if "experiment" in given:
        base = read_experiment(Path(given["experiment"]))
    return from_texts({name: given[name] for name in DOMAINS if name in given}, base)


def screen_options(options: argparse.Namespace, experiment: Experiment) -> dict[str, Value]:
    """The fields of the state that the options ask for; raises SettingError."""
    preset = _preset(options)
    given = parse_screen(experiment, vars(options))
    return {**(screen_of(preset) if preset else {}), **given}


def terminal_width() -> int:
    """Columns of the terminal; 80 where there is none."""
    return shutil.get_terminal_size((80, 24)).columns


def glyphs_of(options: argparse.Namespace, stream: IO[str] | None) -> Glyphs:
    """The characters for a stream: the flag's, the settings file's or what it can show."""
    wanted = config.setting(config.GLYPHS, config.read_file(config.config_path())).value
    if wanted == "blocks" and "ascii" not in options:
        return glyphs_for("utf-8", False)
    return glyphs_for(getattr(stream, "encoding", None), "ascii" in options or wanted == "ascii")


def print_lines(lines: Iterable[str], out: IO[str]) -> None:
    """Lines, in ASCII where the stream knows no more."""
    spell = glyphs_for(getattr(out, "encoding", None), False).spell
    print("\n".join(spell(line) for line in lines), file=out, flush=True)


def table(rows: Iterable[tuple[str, ...]]) -> list[str]:
    """Rows as lines with aligned columns."""
    listed = list(rows)
    widths = [max(map(len, column)) for column in zip(*listed, strict=True)]
    return [
        "  ".join(f"{cell:<{width}}" for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in listed
    ]
