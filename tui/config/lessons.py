"""The lessons of the tour, read from their files: one in Markdown a lesson and language."""

import math
import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any, TypeVar

from engine import Experiment, SettingError
from engine.experiment.sections import DOMAINS
from tui.config.command_line import parse_screen
from tui.config.front_matter import (
    FENCE,
    LessonError,
    a_count,
    a_text,
    a_truth,
    an_experiment,
    checked_text,
    entries_of,
    misfit,
    one_of,
    text_of,
    texts_of,
    wrong,
)
from tui.config.toml import FileError, parsed
from tui.state.actions import ACTIONS
from tui.state.conditions import CONDITIONS, spelled
from tui.state.keys import key_label
from tui.state.lessons import TOUR_SPEED, Condition, Lesson, Question, Step
from tui.state.screen_state import SPEEDS
from tui.state.state import SHARED
from tui.words.errors import error_text
from tui.words.language import LANGUAGES, current
from tui.words.lesson_numbers import ANSWERS
from tui.words.settings import suggestion

T = TypeVar("T")

AFTER = "---"
"""The line before what is told after a comparison."""

MOST_CHOICES = 4

_FILE = re.compile(r"(\d\d)-([a-z0-9-]+)\.md")
_KEYS = {key: key for action in ACTIONS for key in action.keys}
_KEYS |= {key_label(key): key for key in _KEYS}


# a step's front matter, entry by entry


def _speed(name: str, value: object) -> float:
    if isinstance(value, int | float) and not isinstance(value, bool) and value in SPEEDS:
        return float(value)
    raise misfit(name, value, "speed")


def _values(name: str, value: object) -> tuple[float, ...]:
    listed = value if isinstance(value, list) else [value]
    if listed and all(isinstance(v, int | float) and 0 < v < math.inf for v in listed):
        return tuple(map(float, listed))
    raise misfit(name, value, "values")


def _condition(value: str) -> Condition:
    name, *arguments = value.split()
    one_of("until", name, CONDITIONS)
    rule = CONDITIONS[name]
    count = (rule.argument is not None) + rule.has_value
    if len(arguments) != count:
        raise wrong("arguments", value=value, name=name, count=count)
    if rule.argument is not None:
        first = spelled(rule.argument.parse(name, arguments[0]))
        # as it is compared: --gain 1 is 1.0
        arguments = [first, *(_spelled(first, text) for text in arguments[1:])]
    return Condition(name, tuple(arguments))


def _spelled(field: str, text: str) -> str:
    domain = DOMAINS[field] if field in DOMAINS else SHARED[field].domain(Experiment())
    return spelled(domain.parse(field, text))


def _conditions(name: str, value: object) -> tuple[Condition, ...]:
    return tuple(map(_condition, texts_of(name, value)))


def _keys(name: str, value: object) -> tuple[str, ...]:
    keys = texts_of(name, value)
    for key in keys:
        if key not in _KEYS:
            raise wrong("unknown_key", key=key)
    return tuple(_KEYS[key] for key in keys)


_ASKED: dict[str, Callable[[str, object], Any]] = {
    "ask": lambda name, value: checked_text(a_text(name, value)),
    "answer": lambda name, value: one_of(name, value, ANSWERS),
    "choices": texts_of,
    "values": _values,
    "pick": lambda name, value: one_of(name, value, ("layer",)),
}


def _question(name: str, value: object) -> Question:
    if not isinstance(value, dict):
        raise misfit(name, value, "table")
    entries = entries_of(value, _ASKED)
    picks = "pick" in entries
    asked = Question(**{"ask": "", "answer": "", **_without(entries, "pick")})
    for missing in ("ask", "answer"):
        if missing not in entries:
            raise misfit(missing, "", "text")
    if picks == bool(asked.choices):
        raise wrong("pick")
    if asked.choices and not 2 <= len(asked.choices) <= MOST_CHOICES:
        raise wrong("choices")
    if asked.values and len(asked.values) != len(asked.choices):
        raise wrong("values", values=len(asked.values), choices=len(asked.choices))
    return asked


_STEP: dict[str, Callable[[str, object], Any]] = {
    "settings": an_experiment,
    "keys": _keys,
    "until": _conditions,
    "question": _question,
    "steps": a_count,
    "speed": _speed,
    "plays": a_truth,
    "note": a_text,
    **dict.fromkeys(SHARED, lambda name, value: str(value)),
}


def _without(entries: Mapping[str, T], *names: str) -> dict[str, T]:
    return {name: value for name, value in entries.items() if name not in names}


def _step(front: str, body: str, before: Experiment) -> Step:
    entries = entries_of(parsed(front), _STEP)
    texts = {name: entries.pop(name) for name in SHARED if name in entries}
    experiment = entries.pop("settings", None)
    screen = parse_screen(experiment or before, texts)
    text, fence, after = (part.strip() for part in checked_text(body).partition(f"\n{AFTER}\n"))
    if not text:
        raise wrong("no_text")
    if "question" in entries and not after:
        raise wrong("no_after")
    if fence and "question" not in entries:
        raise wrong("no_question")
    entries = {"speed": TOUR_SPEED, **entries}
    return Step(text=text, after=after, experiment=experiment, screen=screen, **entries)


# a file


def lesson_of(file: str, text: str) -> Lesson:
    """The lesson in a file of that name; raises LessonError, which names file and step."""
    number, step = 0, 0
    try:
        named = _FILE.fullmatch(file)
        if named is None:
            raise wrong("file_name")
        number = int(named[1])
        head, *parts = re.split(rf"^{re.escape(FENCE)}\s*$", text, flags=re.MULTILINE)
        title = head.strip()
        if not title.startswith("# ") or "\n" in title:
            raise wrong("no_title")
        if not parts:
            raise wrong("no_steps")
        steps: list[Step] = []
        experiment = Experiment()
        for step, front in enumerate(parts[::2], 1):
            if 2 * step > len(parts):
                raise wrong("open_front")
            steps.append(_step(front, parts[2 * step - 1], experiment))
            experiment = steps[-1].experiment or experiment
    except SettingError as error:
        why = error_text(error)
    except FileError as error:
        why = str(error)
    else:
        return Lesson(number, named[2], title.removeprefix("# "), tuple(steps))
    code = "in_step" if step else "in_lesson"
    raise wrong(code, file=file, step=step, why=why)


def _folder(language: str) -> Traversable:
    return files("tui.words") / "lessons" / language


def lesson_files(language: str) -> dict[str, str]:
    """The name of each lesson's file by the lesson's name, in the order of the tour."""
    found = sorted(entry.name for entry in _folder(language).iterdir())
    return {name[3:-3]: name for name in found if _FILE.fullmatch(name)}


def lesson_titles(language: str) -> dict[str, str]:
    """The title of each lesson by its name, in the order of the tour."""
    titles = {}
    for name, file in lesson_files(language).items():
        try:
            titles[name] = text_of(_folder(language) / file).partition("\n")[0][2:].strip()
        except LessonError:
            # whoever opens it is told why
            titles[name] = name
    return titles


def lesson_called(word: str, language: str) -> str:
    """The name of the lesson that a number or a name means; raises LessonError."""
    names = list(lesson_files(language))
    if word in names:
        return word
    numbers = {file[:2].lstrip("0"): name for name, file in lesson_files(language).items()}
    if word.lstrip("0") in numbers:
        return numbers[word.lstrip("0")]
    hint, allowed = suggestion(word, names), ", ".join(names)
    raise wrong("no_lesson", name=word, hint=hint, last=len(names), allowed=allowed)


def lesson_read(name: str) -> Lesson:
    """A lesson in the language that is spoken now; raises LessonError, also for another's.

    A step that is open can so be told in any of them.
    """
    return {code: read_lesson(name, code) for code in LANGUAGES}[current()]


@lru_cache(maxsize=64)
def read_lesson(name: str, language: str) -> Lesson:
    """A lesson in a language; raises LessonError."""
    file = lesson_files(language)[lesson_called(name, language)]
    return lesson_of(file, text_of(_folder(language) / file))
