"""The lessons of the tour, read from their files: one in Markdown a lesson and language."""

import re
import shlex
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from string import Formatter
from typing import Any, TypeVar

from engine import Experiment, SettingError
from engine.experiment.sections import DOMAINS
from tui.config.command_line import parse_screen
from tui.config.experiment_files import from_texts
from tui.config.toml import FileError, parsed
from tui.state.actions import ACTIONS
from tui.state.conditions import CONDITIONS, NAMES
from tui.state.keys import key_label
from tui.state.lessons import TOUR_SPEED, Condition, Lesson, Question, Step
from tui.state.state import SHARED, SPEEDS
from tui.words.errors import error_text
from tui.words.lesson_numbers import ANSWERS, NUMBERS
from tui.words.settings import flag, suggestion
from tui.words.tour import KINDS, lesson_text

T = TypeVar("T")

FENCE, AFTER = "+++", "---"
"""The lines round a step's front matter, and before what is told after a comparison."""

MOST_CHOICES = 4

_FILE = re.compile(r"(\d\d)-([a-z0-9-]+)\.md")
_KEYS = {key: key for action in ACTIONS for key in action.keys}
_KEYS |= {key_label(key): key for key in _KEYS}


class LessonError(FileError):
    """A lesson that cannot be used, or is not there; its text is one line for a person."""


def _wrong(code: str, **details: object) -> LessonError:
    return LessonError(lesson_text(code, **details))


def _misfit(name: str, value: object, kind: str) -> LessonError:
    return _wrong("wrong_kind", name=name, value=value, kind=KINDS[kind])


def _one_of(name: str, value: object, allowed: Iterable[str]) -> str:
    names = list(allowed)
    if isinstance(value, str) and value in names:
        return value
    hint = suggestion(value, names)
    raise _wrong("unknown_name", name=name, value=value, hint=hint, allowed=", ".join(names))


# a step's front matter, entry by entry


def _text(name: str, value: object) -> str:
    if isinstance(value, str) and value.strip():
        return value
    raise _misfit(name, value, "text")


def _texts(name: str, value: object) -> tuple[str, ...]:
    listed = value if isinstance(value, list) else [value]
    return tuple(_text(name, entry) for entry in listed)


def _truth(name: str, value: object) -> bool:
    if isinstance(value, bool):
        return value
    raise _misfit(name, value, "truth")


def _count(name: str, value: object) -> int:
    if isinstance(value, int) and not isinstance(value, bool) and value >= 0:
        return value
    raise _misfit(name, value, "count")


def _speed(name: str, value: object) -> float:
    if isinstance(value, int | float) and value in SPEEDS:
        return float(value)
    raise _misfit(name, value, "speed")


def _values(name: str, value: object) -> tuple[float, ...]:
    listed = value if isinstance(value, list) else [value]
    if all(isinstance(v, int | float) and v > 0 for v in listed):
        return tuple(map(float, listed))
    raise _misfit(name, value, "values")


def _experiment(name: str, value: object) -> Experiment:
    try:
        words = shlex.split(_text(name, value) if value else "")
    except ValueError:
        words = ["?"]
    flags = {flag(setting): setting for setting in DOMAINS}
    texts = {}
    for key, text in zip(words[::2], [*words[1::2], None][: (len(words) + 1) // 2], strict=True):
        if text is None:
            raise _wrong("not_flags", value=value)
        if key not in flags:
            hint = suggestion(key, flags)
            raise _wrong("unknown_flag", flag=key, hint=hint, allowed=", ".join(flags))
        texts[flags[key]] = text
    return from_texts(texts)


def _condition(value: str) -> Condition:
    name, *arguments = value.split()
    _one_of("until", name, CONDITIONS)
    if len(arguments) != CONDITIONS[name].arguments:
        raise _wrong("arguments", value=value, name=name, count=CONDITIONS[name].arguments)
    if name in ("is", "changed"):
        allowed = (*NAMES, "experiment") if name == "changed" else NAMES
        _one_of("until", arguments[0], allowed)
    if name == "is":
        field, text = arguments
        domain = DOMAINS[field] if field in DOMAINS else SHARED[field].domain(Experiment())
        domain.parse(field, text)
    return Condition(name, tuple(arguments))


def _conditions(name: str, value: object) -> tuple[Condition, ...]:
    return tuple(map(_condition, _texts(name, value)))


def _keys(name: str, value: object) -> tuple[str, ...]:
    keys = _texts(name, value)
    for key in keys:
        if key not in _KEYS:
            raise _wrong("unknown_key", key=key)
    return tuple(_KEYS[key] for key in keys)


_ASKED: dict[str, Callable[[str, object], Any]] = {
    "ask": lambda name, value: _checked_text(_text(name, value)),
    "answer": lambda name, value: _one_of(name, value, ANSWERS),
    "choices": _texts,
    "values": _values,
    "pick": lambda name, value: _one_of(name, value, ("layer",)),
}


def _question(name: str, value: object) -> Question:
    if not isinstance(value, dict):
        raise _misfit(name, value, "table")
    entries = _entries(value, _ASKED)
    picks = "pick" in entries
    asked = Question(**{"ask": "", "answer": "", **_without(entries, "pick")})
    for missing in ("ask", "answer"):
        if missing not in entries:
            raise _misfit(missing, "", "text")
    if picks == bool(asked.choices):
        raise _wrong("pick")
    if asked.choices and not 2 <= len(asked.choices) <= MOST_CHOICES:
        raise _wrong("choices")
    if asked.values and len(asked.values) != len(asked.choices):
        raise _wrong("values", values=len(asked.values), choices=len(asked.choices))
    return asked


_STEP: dict[str, Callable[[str, object], Any]] = {
    "settings": _experiment,
    "keys": _keys,
    "until": _conditions,
    "question": _question,
    "steps": _count,
    "speed": _speed,
    "plays": _truth,
    "note": _text,
    **dict.fromkeys(SHARED, lambda name, value: str(value)),
}


def _entries(
    table: Mapping[str, object], readers: Mapping[str, Callable[[str, object], Any]]
) -> dict[str, Any]:
    for name in table:
        if name not in readers:
            hint, allowed = suggestion(name, readers), ", ".join(readers)
            raise _wrong("unknown_entry", name=name, hint=hint, allowed=allowed)
    return {name: readers[name](name, value) for name, value in table.items()}


def _without(entries: Mapping[str, T], *names: str) -> dict[str, T]:
    return {name: value for name, value in entries.items() if name not in names}


def _checked_text(body: str) -> str:
    try:
        names = [name for _, name, _, _ in Formatter().parse(body)]
    except ValueError as error:
        raise _wrong("braces", why=error) from None
    for name in names:
        if name is not None and name not in NUMBERS:
            hint, allowed = suggestion(name, NUMBERS), ", ".join(NUMBERS)
            raise _wrong("unknown_number", name=name, hint=hint, allowed=allowed)
    return body


def _step(front: str, body: str, before: Experiment) -> Step:
    entries = _entries(parsed(front), _STEP)
    texts = {name: entries.pop(name) for name in SHARED if name in entries}
    experiment = entries.pop("settings", None)
    screen = parse_screen(experiment or before, texts)
    text, fence, after = (part.strip() for part in _checked_text(body).partition(f"\n{AFTER}\n"))
    if not text:
        raise _wrong("no_text")
    if "question" in entries and not after:
        raise _wrong("no_after")
    if fence and "question" not in entries:
        raise _wrong("no_question")
    entries = {"speed": TOUR_SPEED, **entries}
    return Step(text=text, after=after, experiment=experiment, screen=screen, **entries)


# a file


def lesson_of(file: str, text: str) -> Lesson:
    """The lesson in a file of that name; raises LessonError, which names file and step."""
    number, step = 0, 0
    try:
        named = _FILE.fullmatch(file)
        if named is None:
            raise _wrong("file_name")
        number = int(named[1])
        head, *parts = re.split(rf"^{re.escape(FENCE)}\s*$", text, flags=re.MULTILINE)
        title = head.strip()
        if not title.startswith("# ") or "\n" in title:
            raise _wrong("no_title")
        if not parts:
            raise _wrong("no_steps")
        steps: list[Step] = []
        experiment = Experiment()
        for step, front in enumerate(parts[::2], 1):
            if 2 * step > len(parts):
                raise _wrong("open_front")
            steps.append(_step(front, parts[2 * step - 1], experiment))
            experiment = steps[-1].experiment or experiment
    except SettingError as error:
        why = error_text(error)
    except FileError as error:
        why = str(error)
    else:
        return Lesson(number, named[2], title.removeprefix("# "), tuple(steps))
    code = "in_step" if step else "in_lesson"
    raise _wrong(code, file=file, step=step, why=why)


def _folder(language: str) -> Traversable:
    return files("tui.words") / "lessons" / language


def lesson_files(language: str) -> dict[str, str]:
    """The name of each lesson's file by the lesson's name, in the order of the tour."""
    found = sorted(entry.name for entry in _folder(language).iterdir())
    return {name[3:-3]: name for name in found if _FILE.fullmatch(name)}


def lesson_called(word: str, language: str) -> str:
    """The name of the lesson that a number or a name means; raises LessonError."""
    names = list(lesson_files(language))
    if word in names:
        return word
    numbers = {file[:2].lstrip("0"): name for name, file in lesson_files(language).items()}
    if word.lstrip("0") in numbers:
        return numbers[word.lstrip("0")]
    hint, allowed = suggestion(word, names), ", ".join(names)
    raise _wrong("no_lesson", name=word, hint=hint, allowed=allowed)


@lru_cache(maxsize=64)
def read_lesson(name: str, language: str) -> Lesson:
    """A lesson in a language; raises LessonError."""
    file = lesson_files(language)[lesson_called(name, language)]
    return lesson_of(file, (_folder(language) / file).read_text(encoding="utf-8"))
