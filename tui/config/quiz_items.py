"""The items of the quiz, read from their files: one in Markdown an item and language."""

import re
from collections.abc import Callable, Mapping
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

from engine import SettingError
from tui.config.command_line import parse_screen
from tui.config.front_matter import (
    FENCE,
    a_count,
    a_text,
    a_truth,
    an_experiment,
    checked_text,
    entries_of,
    misfit,
    text_of,
    wrong,
)
from tui.config.toml import FileError, parsed
from tui.state.quiz import Answer, Demonstration, Item
from tui.state.state import SHARED
from tui.words.errors import error_text
from tui.words.language import LANGUAGES, current

LEAST_ANSWERS, MOST_ANSWERS = 3, 4

_FILE = re.compile(r"\d\d-([a-z0-9-]+)\.md")

_Readers = Mapping[str, Callable[[str, object], Any]]

_RUN: _Readers = {
    "settings": an_experiment,
    "pinned": an_experiment,
    "steps": a_count,
    **dict.fromkeys(SHARED, lambda name, value: str(value)),
}
_ANSWER: _Readers = {
    "id": a_text,
    "text": a_text,
    "right": a_truth,
    "shows": lambda name, value: checked_text(a_text(name, value)),
    **_RUN,
}


def _answer(front: Mapping[str, Any], entries: Mapping[str, Any]) -> Answer:
    """An answer, with the run of its item but for what it says itself."""
    for name in ("id", "text", "shows"):
        if name not in entries:
            raise misfit(name, "", "text")
    run = {**front, **entries}
    experiment = run["settings"]
    screen = parse_screen(experiment, {name: run[name] for name in SHARED if name in run})
    demonstration = Demonstration(
        experiment, entries["shows"], screen, run.get("steps", 0), run.get("pinned")
    )
    return Answer(entries["id"], entries["text"], demonstration, entries.get("right", False))


def _answers(front: dict[str, object]) -> tuple[Answer, ...]:
    listed = front.pop("answers", None)
    if not isinstance(listed, list) or not all(isinstance(entry, dict) for entry in listed):
        raise misfit("answers", listed, "table")
    own = {"settings": "", **front}
    found = tuple(_answer(entries_of(own, _RUN), entries_of(a, _ANSWER)) for a in listed)
    if not LEAST_ANSWERS <= len(found) <= MOST_ANSWERS:
        raise wrong("answers", least=LEAST_ANSWERS, most=MOST_ANSWERS)
    if sum(answer.is_right for answer in found) != 1:
        raise wrong("right")
    if len({answer.id for answer in found}) != len(found):
        raise wrong("same_id")
    return found


def item_of(file: str, text: str) -> Item:
    """The item in a file of that name; raises LessonError, which names the file."""
    try:
        named = _FILE.fullmatch(file)
        if named is None:
            raise wrong("file_name")
        parts = text.split(f"\n{FENCE}\n")
        title = parts[0].strip()
        if not title.startswith("# ") or "\n" in title:
            raise wrong("no_title")
        if len(parts) != 3:
            raise wrong("open_front")
        asked = parts[2].strip()
        if not asked:
            raise wrong("no_text")
        answers = _answers(parsed(parts[1]))
    except SettingError as error:
        why = error_text(error)
    except FileError as error:
        why = str(error)
    else:
        return Item(named[1], title.removeprefix("# "), asked, answers)
    raise wrong("in_lesson", file=file, why=why)


def item_files(language: str) -> dict[str, Traversable]:
    """The file of each item by its name, in the quiz's order."""
    folder = files("tui.words") / "quiz" / language
    return {file.name: file for file in sorted(folder.iterdir(), key=lambda file: file.name)}


def items_read() -> tuple[Item, ...]:
    """Every item in the language that is spoken now; raises LessonError, also for another's."""
    return {code: items(code) for code in LANGUAGES}[current()]


@cache
def items(language: str) -> tuple[Item, ...]:
    """Every item in a language; raises LessonError."""
    found = item_files(language).items()
    return tuple(item_of(name, text_of(file)) for name, file in found)
