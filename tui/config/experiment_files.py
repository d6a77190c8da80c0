"""Experiments as texts of flags and as TOML, both ways, exactly."""

import os.path
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

import tomli_w

from engine import SettingError
from engine.data.files import suffix_of
from engine.data.foreign_files import read_text
from engine.experiment.domains import Value
from engine.experiment.experiment import DEFAULTS, Experiment, experiment_from
from engine.experiment.sections import DOMAINS, SECTIONS
from tui.config.toml import FileError, parsed
from tui.words.command_line import line_text
from tui.words.errors import error_text
from tui.words.settings import flag, suggestion


def to_flags(settings: Mapping[str, Value]) -> list[str]:
    """The flags that make an experiment of those settings, what is at its default left out."""
    flags: list[str] = []
    for name, value in settings.items():
        if value != DEFAULTS[name]:
            # repr of a float is the shortest text that reads back as the same number
            flags += [flag(name), value if isinstance(value, str) else repr(value)]
    return flags


def from_texts(texts: Mapping[str, str], base: Mapping[str, object] | None = None) -> Experiment:
    """The experiment of the settings in `base`, some replaced by texts; raises SettingError."""
    settings = dict(base or {})
    for name, text in texts.items():
        if name not in DOMAINS:
            raise SettingError("unknown_setting", setting=name, allowed=tuple(DOMAINS))
        settings[name] = DOMAINS[name].parse(name, text)
    return experiment_from(settings)


def absolute_name(name: str) -> str:
    """A dataset's name as it holds in any folder."""
    if suffix_of(name):
        # where this process's folder has gone, the name stays
        with suppress(OSError):
            return os.path.abspath(name)
    return name


def to_toml(experiment: Experiment) -> str:
    """Every setting, in the tables [network], [data] and [training]."""
    tables = experiment.tables()
    tables["data"]["dataset"] = absolute_name(experiment.data.dataset)
    return tomli_w.dumps(tables)


def from_toml(text: str) -> Experiment:
    """The experiment of a TOML text, defaults where it is silent.

    Raises FileError for text that is not such TOML, SettingError for a setting in it.
    """
    return experiment_from(_settings(text))


def _settings(text: str) -> dict[str, object]:
    settings: dict[str, object] = {}
    for title, table in parsed(text).items():
        if title not in SECTIONS:
            allowed = ", ".join(f"[{name}]" for name in SECTIONS)
            hint = suggestion(title, SECTIONS)
            why = line_text("experiment_no_table", title=title, hint=hint, allowed=allowed)
            raise FileError(why)
        if not isinstance(table, dict):
            raise FileError(line_text("experiment_value", title=title, value=table))
        fields = SECTIONS[title].__dataclass_fields__  # type: ignore[attr-defined]
        for name, value in table.items():
            if name not in fields:
                raise SettingError("unknown_setting", setting=name, allowed=tuple(fields))
            settings[name] = value
    return settings


def read_experiment(path: Path, texts: Mapping[str, str] | None = None) -> Experiment:
    """The experiment of a TOML file, of whose settings texts replace some.

    Raises FileError, which names the file, or SettingError for one of the texts.
    """
    changes = texts or {}
    try:
        text = read_text(path)
    except SettingError as error:
        raise FileError(error_text(error)) from None
    try:
        return from_texts(changes, _settings(text))
    except FileError as error:
        raise FileError(line_text("in_file", path=path, why=error)) from None
    except SettingError as error:
        # one without a setting is of a file of data that cannot be opened; an unknown one is the
        # file's, in which a setting may stand in another's table
        blamed = error.details.get("setting", "dataset")
        if blamed in changes and error.code != "unknown_setting":
            raise
        raise FileError(line_text("in_file", path=path, why=error_text(error))) from None
