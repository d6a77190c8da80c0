"""The settings file: what the app is like, apart from the experiment.

A bad entry is a sentence and the default, never a refusal.
"""

import errno
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from engine import SettingError
from engine.data.foreign_files import read_text
from tui.config.folders import config_folder
from tui.config.terminals import is_remote
from tui.config.toml import FileError, parsed, told
from tui.state.motion import MOTIONS
from tui.style.glyphs import SETS
from tui.style.themes import THEMES
from tui.words.command_line import line_text
from tui.words.errors import error_text
from tui.words.language import LANGUAGES
from tui.words.numbers import range_text
from tui.words.settings import suggestion

PATH_VARIABLE = "CHAINRULE_CONFIG"
"""Names another settings file; empty: none at all."""

LOCAL_FPS, REMOTE_FPS = 30, 15
"""Over SSH half the frames: a slow link that is behind would answer keys late."""

Value = str | int | bool


class BadValueError(ValueError):
    """A value that an option cannot have; its text says what is allowed."""


@dataclass(frozen=True)
class Option:
    """One entry of the file: its default, and all that it can be, or `in_brief` what is long.

    A `variable` of the environment goes before the file.
    """

    name: str
    default: Value
    allowed: tuple[Value, ...]
    in_brief: Callable[[], str] | None = None
    variable: str = ""

    def checked(self, value: object) -> Value:
        """The allowed value that is meant; raises BadValueError."""
        for allowed in self.allowed:
            # True equals 1 and is no number; a variable of the environment is text
            meant = str(allowed) if type(allowed) is int else allowed
            if value in (allowed, meant) and type(value) in (type(allowed), type(meant)):
                return allowed
        names = [str(name) for name in self.allowed]
        hint = "" if self.in_brief else suggestion(value, names)
        listed = self.in_brief() if self.in_brief else ", ".join(names)
        raise BadValueError(line_text("not_allowed", value=value, hint=hint, allowed=listed))


MIN_FPS, MAX_FPS = 1, 60
FPS = Option(
    "fps",
    "auto",
    ("auto", *range(MIN_FPS, MAX_FPS + 1)),
    lambda: ", ".join(("auto", range_text(MIN_FPS, MAX_FPS))),
    "TEXTUAL_FPS",
)
GLYPH_NAMES = ("auto", *SETS)
GLYPHS = Option("glyphs", "auto", GLYPH_NAMES)
LANGUAGE = Option("language", "auto", ("auto", *LANGUAGES))

OPTIONS: tuple[Option, ...] = (
    Option("theme", "chainrule-dark", tuple(THEMES)),
    FPS,
    GLYPHS,
    Option("motion", "full", tuple(MOTIONS)),
    LANGUAGE,
)
KEYMAP = "keymap"
"""The table of the file that maps action ids to keys."""


@dataclass(frozen=True)
class Setting:
    """What an option is, where that comes from, and what was wrong with the file's entry."""

    value: Value
    source: str = "default"
    problem: str = ""


@dataclass(frozen=True)
class File:
    """What a settings file says, unchecked; `problem` is why it cannot be read."""

    path: Path | None
    entries: Mapping[str, object]
    there: bool = False
    problem: str = ""


def config_path() -> Path | None:
    """Where the settings file is, or would be; None for none."""
    if PATH_VARIABLE in os.environ:
        return Path(os.environ[PATH_VARIABLE]) if os.environ[PATH_VARIABLE] else None
    folder = config_folder()
    return None if folder is None else folder / "config.toml"


def read_file(path: Path | None) -> File:
    """The settings file; one that is not there says nothing."""
    if path is None:
        return File(None, {})
    try:
        return File(path, _current(parsed(read_text(path))), there=True)
    except SettingError as error:
        missing = error.details.get("errno") in (errno.ENOENT, errno.ENOTDIR)
        asked_for = not missing or PATH_VARIABLE in os.environ
        return File(path, {}, not missing, error_text(error) if asked_for else "")
    except FileError as error:
        return File(path, {}, there=True, problem=line_text("in_file", path=path, why=error))


def _current(entries: Mapping[str, object]) -> Mapping[str, object]:
    """Files written before there were three amounts of motion count, too."""
    reduced = entries.get("reduced_motion")
    if not isinstance(reduced, bool):
        return entries
    others = {name: value for name, value in entries.items() if name != "reduced_motion"}
    return {"motion": "reduced" if reduced else "full", **others}


def setting(option: Option, file: File) -> Setting:
    """An option's value: the environment's, the file's or the default."""
    found = Setting(option.default)
    variable = os.environ.get(option.variable) or None
    sources = {"file": file.entries.get(option.name), option.variable: variable}
    problems = []
    for source, value in sources.items():
        if value is None:
            continue
        try:
            found = Setting(option.checked(value), source)
        except BadValueError as error:
            code = "bad_option" if source == "file" else "bad_variable"
            problems.append(line_text(code, name=option.name, variable=source, why=error))
    return Setting(found.value, found.source, "; ".join(problems))


@dataclass(frozen=True)
class Config:
    """Every option by name, the keys asked for, and everything that is wrong."""

    file: File
    settings: Mapping[str, Setting]
    keymap: Mapping[str, object]
    problems: tuple[str, ...]

    def __getitem__(self, name: str) -> Value:
        """An option's value."""
        return self.settings[name].value


def load(file: File) -> Config:
    """The file checked."""
    settings = {option.name: setting(option, file) for option in OPTIONS}
    problems = [file.problem] if file.problem else []
    problems += [found.problem for found in settings.values() if found.problem]
    allowed = [*settings, KEYMAP]
    unknown = [name for name in file.entries if name not in allowed]
    problems += told(unknown, lambda name: _unknown(name, allowed))
    keymap = file.entries.get(KEYMAP, {})
    if not isinstance(keymap, dict):
        problems.append(line_text("keymap_no_table", value=keymap))
        keymap = {}
    return Config(file, settings, keymap, tuple(problems))


def _unknown(name: str, allowed: list[str]) -> str:
    hint = suggestion(name, allowed)
    return line_text("unknown_entry", name=name, hint=hint, allowed=", ".join(allowed))


def frames_per_second(chosen: object) -> int:
    """The frame rate that is chosen by a number, or left to the program."""
    if isinstance(chosen, int):
        return chosen
    return REMOTE_FPS if is_remote(os.environ) else LOCAL_FPS
