"""The settings file: what the app is like, apart from the experiment.

A bad entry is a sentence and the default, never a refusal.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import platformdirs

from tui.style.themes import THEMES
from tui.words.command_line import line_text
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
    """One entry of the file.

    `check` returns the value or raises BadValueError; a `variable` of the environment goes
    before the file.
    """

    name: str
    default: Value
    check: Callable[[object], Value]
    variable: str = ""


def _one_of(names: Iterable[str]) -> Callable[[object], Value]:
    def check(value: object) -> Value:
        if value in tuple(names):
            return str(value)
        hint = suggestion(str(value), names)
        allowed = ", ".join(names)
        raise BadValueError(line_text("not_allowed", value=value, hint=hint, allowed=allowed))

    return check


def _yes_or_no(value: object) -> Value:
    if isinstance(value, bool):
        return value
    raise BadValueError(line_text("not_yes_or_no", value=value))


def _frames(value: object) -> Value:
    low, high = 1, 60
    if value == "auto":
        return "auto"
    # a variable of the environment is text
    frames = int(value) if isinstance(value, str) and value.isdecimal() else value
    if type(frames) is int and low <= frames <= high:
        return frames
    raise BadValueError(line_text("not_frames", value=value, low=low, high=high))


FPS = Option("fps", "auto", _frames, "TEXTUAL_FPS")
GLYPHS = Option("glyphs", "auto", _one_of(("auto", "blocks", "ascii")))

OPTIONS: tuple[Option, ...] = (
    Option("theme", "chainrule-dark", _one_of(THEMES)),
    FPS,
    GLYPHS,
    Option("reduced_motion", False, _yes_or_no),
    # the only one so far
    Option("language", "en", _one_of(("en",))),
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
    return platformdirs.user_config_path("chainrule", appauthor=False) / "config.toml"


def read_file(path: Path | None) -> File:
    """The settings file; one that is not there says nothing."""
    if path is None:
        return File(None, {})
    try:
        return File(path, tomllib.loads(path.read_text(encoding="utf-8")), there=True)
    except FileNotFoundError:
        missing = line_text("no_file", path=path)
        return File(path, {}, problem=missing if PATH_VARIABLE in os.environ else "")
    except OSError as error:
        problem = line_text("unreadable", path=path, why=error.strerror)
    except UnicodeDecodeError:
        problem = line_text("not_text", path=path)
    except RecursionError:
        problem = line_text("nested", path=path)
    except tomllib.TOMLDecodeError as error:
        problem = line_text("not_toml", path=path, why=error)
    return File(path, {}, there=True, problem=problem)


def setting(option: Option, file: File) -> Setting:
    """An option's value: the environment's, the file's or the default."""
    found = Setting(option.default)
    sources = {"file": file.entries.get(option.name)}
    if option.variable:
        sources[option.variable] = os.environ.get(option.variable) or None
    problems = []
    for source, value in sources.items():
        if value is None:
            continue
        try:
            found = Setting(option.check(value), source)
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
    problems += [
        line_text(
            "unknown_entry", name=name, hint=suggestion(name, allowed), allowed=", ".join(allowed)
        )
        for name in file.entries
        if name not in allowed
    ]
    keymap = file.entries.get(KEYMAP, {})
    if not isinstance(keymap, dict):
        problems.append(line_text("keymap_no_table", value=keymap))
        keymap = {}
    return Config(file, settings, keymap, tuple(problems))


def frames_per_second(file: File) -> int:
    """The frame rate, before Textual is imported."""
    value = setting(FPS, file).value
    if isinstance(value, int):
        return value
    return REMOTE_FPS if "SSH_CONNECTION" in os.environ else LOCAL_FPS
