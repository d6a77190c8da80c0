"""What a command is, and the options that several of them share."""

import argparse
import os
import shutil
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from engine import Experiment
from engine.experiment.domains import Choice, Value, Whole
from engine.experiment.sections import DOMAINS
from tui.config import settings_file as config
from tui.config.command_line import parse_screen
from tui.config.experiment_files import from_texts, read_experiment
from tui.config.flags import GLYPHS, SETTINGS, Flag
from tui.config.terminals import glyphs_for, names_other_charset
from tui.state.presets import PRESETS, Preset
from tui.style.glyphs import ASCII, SETS, Glyphs, has_blocks
from tui.words.command_line import FLAG_HELP, GROUP_TITLES, line_text
from tui.words.language import _
from tui.words.settings import flag

MAX_STEPS = 1_000_000_000
"""More than a run on the screen can come to: what is copied there must be accepted here."""

MAX_WIDTH = 1000
"""Text is drawn at most so wide, whatever COLUMNS says."""

# an option that is not given leaves no trace, so that it counts before and after the command
UNSET = argparse.SUPPRESS


class UsageError(ValueError):
    """A command line that cannot be understood; its text is one line for a person."""


class OutputError(Exception):
    """Standard output takes no more; its text is the system's word for why."""


class ReaderGoneError(BrokenPipeError):
    """Nobody reads standard output any more, before what was asked for; `exit_code` says so."""

    def __init__(self, exit_code: int) -> None:
        self.exit_code = exit_code


class RunLogError(Exception):
    """A run log takes no more; its text is one line for a person."""


@dataclass(frozen=True)
class Command:
    """One command: what it does, with its exit code, and its own options.

    A module of this package with a `COMMAND` is one; the lowest rank is listed first. The options
    hold the whole command line's `parser` too.
    """

    name: str
    execute: Callable[[argparse.Namespace, IO[str]], int]
    add_arguments: Callable[[argparse.ArgumentParser], None] = lambda parser: None
    rank: int = 100


def add_flags(to: argparse._ActionsContainer, *flags: Flag, **options: Any) -> None:
    """Those flags, for a parser or one of its groups, with more of argparse's options."""
    for name, value, about in flags:
        kind: dict[str, Any] = {"metavar": value} if value else {"action": "store_true"}
        words = about(name).replace("%", "%%")
        to.add_argument(flag(name), dest=name, default=UNSET, help=words, **kind, **options)


def add_glyphs(to: argparse._ActionsContainer) -> None:
    """The characters to draw with, and the short form of one choice."""
    add_flags(to, GLYPHS)
    to.add_argument(
        "--ascii",
        dest=GLYPHS.name,
        action="store_const",
        const=ASCII.name,
        default=UNSET,
        help=FLAG_HELP["ascii"],
    )


def add_settings(parser: argparse.ArgumentParser, *training: Flag) -> None:
    """A flag for every setting, group by group; more of them stand with the training's."""
    for title, flags in SETTINGS.items():
        more = training if title == "training" else ()
        add_flags(parser.add_argument_group(GROUP_TITLES[title]), *more, *flags)


def steps_of(options: argparse.Namespace) -> int:
    """How many steps to train first; raises SettingError."""
    return Whole(0, MAX_STEPS).parse("steps", getattr(options, "steps", "0"))


def _preset(options: argparse.Namespace) -> Preset | None:
    if "preset" not in options:
        return None
    if "experiment" in options:
        raise UsageError(line_text("two_experiments"))
    return PRESETS[Choice(tuple(PRESETS)).parse("preset", options.preset)]


def experiment_of(options: argparse.Namespace) -> Experiment:
    """The experiment that the options ask for; raises SettingError, FileError or UsageError."""
    given = vars(options)
    preset = _preset(options)
    texts = {name: given[name] for name in DOMAINS if name in given}
    if "experiment" in given:
        return read_experiment(Path(given["experiment"]), texts)
    return from_texts(texts, preset.experiment.settings() if preset else None)


def rival_of(options: argparse.Namespace) -> Experiment | None:
    """What the preset's experiment trains beside, with the same flags; raises SettingError."""
    preset, given = _preset(options), vars(options)
    if preset is None or preset.rival is None:
        return None
    texts = {name: given[name] for name in DOMAINS if name in given}
    return from_texts(texts, preset.rival.settings())


def screen_options(options: argparse.Namespace, experiment: Experiment) -> dict[str, Value]:
    """The fields of the state that the options ask for; raises SettingError."""
    preset = _preset(options)
    given = parse_screen(experiment, vars(options))
    return {**(preset.screen if preset else {}), **given}


def terminal_width() -> int:
    """Columns of the terminal, MAX_WIDTH at most; 80 where there is none."""
    return min(shutil.get_terminal_size((80, 24)).columns, MAX_WIDTH)


def glyphs_wanted(options: argparse.Namespace) -> str:
    """What the option asks for, or else the settings file; raises SettingError."""
    if "glyphs" in options:
        return Choice(config.GLYPH_NAMES).parse("glyphs", options.glyphs)
    return str(config.setting(config.GLYPHS, config.read_file(config.config_path())).value)


def glyphs_of(options: argparse.Namespace, stream: IO[str] | None) -> Glyphs:
    """The characters for a stream: those that are wanted, where it has them, or the best."""
    wanted = glyphs_wanted(options)
    is_wanted = wanted in SETS and _has_blocks(stream)
    return SETS[wanted] if is_wanted else glyphs_for_stream(stream)


def _has_blocks(stream: IO[str] | None) -> bool:
    return has_blocks(getattr(stream, "encoding", None))


def glyphs_for_stream(stream: IO[str] | None) -> Glyphs:
    """The best characters that a stream is sure to show."""
    is_foreign = names_other_charset(os.environ, sys.flags.utf8_mode)
    return glyphs_for(os.environ) if _has_blocks(stream) and not is_foreign else ASCII


def is_terminal(stream: IO[str] | None) -> bool:
    """Whether a stream leads to a terminal; a closed one is None."""
    return stream is not None and stream.isatty()


def put(text: str, out: IO[str] | None) -> None:
    """Print all that a command has to say; raises OutputError, or BrokenPipeError."""
    try:
        print(text, file=out, flush=True)
    except BrokenPipeError:
        raise
    except OSError as error:
        raise OutputError(_(str(error.strerror))) from None


def print_lines(lines: Iterable[str], out: IO[str]) -> None:
    """Lines, in ASCII where the stream knows no more."""
    spell = glyphs_for_stream(out).spell
    put("\n".join(spell(line) for line in lines), out)


def table(rows: Iterable[tuple[str, ...]]) -> list[str]:
    """Rows as lines with aligned columns."""
    # these load Rich, which numbers alone do without
    from rich.cells import cell_len

    from tui.style.cells import to_left

    listed = list(rows)
    widths = [max(map(cell_len, column)) for column in zip(*listed, strict=True)]
    return ["  ".join(map(to_left, row, widths)).rstrip() for row in listed]
