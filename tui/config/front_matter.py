"""Entries of the front matter of lessons and of the quiz's items: what each may be."""

import shlex
from collections.abc import Callable, Iterable, Mapping
from importlib.resources.abc import Traversable
from string import Formatter
from typing import Any

from engine import Experiment, SettingError
from engine.experiment.sections import DOMAINS
from tui.config.experiment_files import from_texts
from tui.config.toml import FileError
from tui.words.errors import error_text
from tui.words.lesson_numbers import NUMBERS
from tui.words.settings import flag, suggestion
from tui.words.tour import KINDS, lesson_text

FENCE = "+++"
"""The line before and after a front matter."""


class LessonError(FileError):
    """A lesson, or an item of the quiz, that cannot be used; its text is one line for a person."""


def text_of(file: Traversable) -> str:
    """The text of a file; raises LessonError."""
    try:
        return file.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise LessonError(error_text(SettingError("file_not_text", path=file.name))) from None


def wrong(code: str, **details: object) -> LessonError:
    """What is wrong with an entry, by its code in the words."""
    return LessonError(lesson_text(code, **details))


def misfit(name: str, value: object, kind: str) -> LessonError:
    """An entry of another kind than is needed."""
    return wrong("wrong_kind", name=name, value=value, kind=KINDS[kind])


def one_of(name: str, value: object, allowed: Iterable[str]) -> str:
    """One of those names; raises LessonError with the nearest."""
    names = list(allowed)
    if isinstance(value, str) and value in names:
        return value
    hint = suggestion(value, names)
    raise wrong("unknown_name", name=name, value=value, hint=hint, allowed=", ".join(names))


def a_text(name: str, value: object) -> str:
    """A text that says something."""
    if isinstance(value, str) and value.strip():
        return value
    raise misfit(name, value, "text")


def texts_of(name: str, value: object) -> tuple[str, ...]:
    """A text or a list of them."""
    listed = value if isinstance(value, list) else [value]
    return tuple(a_text(name, entry) for entry in listed)


def a_truth(name: str, value: object) -> bool:
    """True or false."""
    if isinstance(value, bool):
        return value
    raise misfit(name, value, "truth")


def a_count(name: str, value: object) -> int:
    """A whole number from 0."""
    if isinstance(value, int) and not isinstance(value, bool) and value >= 0:
        return value
    raise misfit(name, value, "count")


def an_experiment(name: str, value: object) -> Experiment:
    """The experiment that flags make of the default one; raises LessonError or SettingError."""
    try:
        words = shlex.split(value if value == "" else a_text(name, value))
    except ValueError:
        words = ["?"]
    flags = {flag(setting): setting for setting in DOMAINS}
    texts = {}
    for key, text in zip(words[::2], [*words[1::2], None][: (len(words) + 1) // 2], strict=True):
        if text is None:
            raise wrong("not_flags", value=value)
        if key not in flags:
            hint = suggestion(key, flags)
            raise wrong("unknown_flag", flag=key, hint=hint, allowed=", ".join(flags))
        texts[flags[key]] = text
    return from_texts(texts)


def entries_of(
    table: Mapping[str, object], readers: Mapping[str, Callable[[str, object], Any]]
) -> dict[str, Any]:
    """The entries of a table, each by its reader."""
    for name in table:
        if name not in readers:
            hint, allowed = suggestion(name, readers), ", ".join(readers)
            raise wrong("unknown_entry", name=name, hint=hint, allowed=allowed)
    return {name: readers[name](name, value) for name, value in table.items()}


def checked_text(body: str) -> str:
    """A text in whose braces there are names of numbers."""
    try:
        found = list(Formatter().parse(body))
    except ValueError as error:
        raise wrong("braces", why=error) from None
    for _, name, spec, conversion in found:
        if spec or conversion:
            raise wrong("plain_name", name=name)
        if name is not None and name not in NUMBERS:
            hint, allowed = suggestion(name, NUMBERS), ", ".join(NUMBERS)
            raise wrong("unknown_number", name=name, hint=hint, allowed=allowed)
    return body
