"""Every message has its translation, with the same placeholders, compiled."""

import io
import re
from gettext import GNUTranslations
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.catalog import Catalog, Message

from tests.support.catalogues import (
    TRANSLATIONS,
    catalogue,
    catalogue_path,
    compiled,
    messages_of,
    sources,
)
from tui.words.language import LOCALE, _, current, n_, p_, speaking


def keys(found: Catalog) -> set[tuple[str | None, str]]:
    """Context and English of all messages; of plurals the singular."""
    return {(m.context, m.id if isinstance(m.id, str) else m.id[0]) for m in found if m.id}


def texts(value: str | list[str] | tuple[str, ...] | None) -> tuple[str, ...]:
    """One text, or those of a plural."""
    return (value,) if isinstance(value, str) else tuple(value or ("",))


def places(text: str) -> set[str]:
    """What a template has filled in, each with its conversion and format."""
    named = set(re.findall(r"%(?:\(\w+\))?[rs]", text))
    if named:
        return named
    try:
        parsed = list(Formatter().parse(text))
    except ValueError:
        return set()
    # " layer" makes a number and its noun, which other languages make of a number
    specs = {(n, how, "," if spec and spec[0] == " " else spec) for _t, n, spec, how in parsed}
    return {f"{n}!{how}:{spec}" for n, how, spec in specs if n is not None}


def faults(message: Message) -> list[str]:
    """What is wrong with one translation."""
    given = texts(message.string)
    if message.fuzzy:
        return ["fuzzy"]
    if not all(given):
        return ["missing"]
    wanted = places(texts(message.id)[-1])
    return [f"{places(text)} for {wanted}" for text in given if places(text) != wanted]


@pytest.mark.parametrize("code", TRANSLATIONS)
def test_every_message_is_translated(code: str) -> None:
    """None missing, fuzzy, of a sentence that is gone, or with other placeholders."""
    found = {}
    for source in sources():
        translations = catalogue(source, code)
        wrong = {message.id: faults(message) for message in translations if message.id}
        wanted, there = keys(messages_of(source)), keys(translations)
        found[source.name] = (
            {id: why for id, why in wrong.items() if why},
            {"not in the .po": wanted - there} if wanted - there else {},
            {"no longer in the source": there - wanted} if there - wanted else {},
        )
    assert {name: wrong for name, wrong in found.items() if any(wrong)} == {}


@pytest.mark.parametrize("code", TRANSLATIONS)
def test_what_is_compiled_is_what_is_written(code: str) -> None:
    """`python -m tests.support.catalogues` was run; no catalogue is of a file that is gone."""
    expected: dict[Path, dict[str, str]] = {}
    for source in sources():
        if len(found := catalogue(source, code)):
            path = catalogue_path(source, code)
            expected[path.with_suffix(".mo")] = contents(io.BytesIO(compiled(found)))
    compiled_files = (LOCALE / code / "LC_MESSAGES").glob("*.mo")
    assert {path: contents(path.open("rb")) for path in compiled_files} == expected
    assert {path.with_suffix(".mo") for path in (LOCALE / code).rglob("*.po")} == set(expected)


def contents(file: io.BufferedIOBase) -> dict[str, str]:
    """What is in a compiled catalogue, besides its header."""
    with file:
        found = vars(GNUTranslations(file))["_catalog"]
    return {key: text for key, text in found.items() if key}


@pytest.mark.parametrize("code", TRANSLATIONS)
def test_one_message_has_one_translation(code: str) -> None:
    """In whichever file it stands: where it has two meanings, it has a context."""
    found: dict[tuple[str | None, tuple[str, ...]], set[tuple[str, ...]]] = {}
    for source in sources():
        for message in catalogue(source, code):
            if message.id:
                key = message.context, texts(message.id)
                found.setdefault(key, set()).add(texts(message.string))
    assert {key: all_of for key, all_of in found.items() if len(all_of) > 1} == {}


@pytest.mark.parametrize(
    ("english", "chinese", "why"),
    [
        ("{n} layers", "{n} 层", []),
        ("{n} layers", "层", ["set() for {'n!None:'}"]),
        ("{name!r}", "{name!s}", ["{'name!s:'} for {'name!r:'}"]),
        ("{n} layers", "{n:.1f} 层", ["{'n!None:.1f'} for {'n!None:'}"]),
        ("{n: layer}", "{n:,} 层", []),
        ("%(prog)s", "%(prog)s", []),
        ("layers", "", ["missing"]),
    ],
)
def test_a_wrong_translation_is_found(english: str, chinese: str, why: list[str]) -> None:
    """Missing or with other placeholders."""
    assert faults(Message(english, chinese)) == why


def test_english_needs_no_catalogue(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is what stands in the code."""
    monkeypatch.setattr("tui.words.language._catalogue", None)
    assert _("layers") == p_("a context", "layers") == n_("layer", "layers", 2) == "layers"


def test_a_language_is_spoken_for_a_while() -> None:
    """Unknown messages stay as they are."""
    with speaking("zh"):
        assert current() == "zh"
        assert _("no such message") == p_("nowhere", "no such message") == "no such message"
        assert n_("a thing", "{n} things", 1) == "a thing"
    assert current() == "en"
    assert [n_("a thing", "{n} things", count) for count in (1, 2)] == ["a thing", "{n} things"]
