"""The language of every sentence: English as it stands in the code, or a catalogue's."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    # English, which needs no catalogue, starts without it
    from gettext import GNUTranslations

ENGLISH, CHINESE = "en", "zh"
LANGUAGES: dict[str, str] = {ENGLISH: "English", CHINESE: "中文"}
"""Every language by its code, as those call it who speak it."""

LOCALE = Path(__file__).with_name("locale")
"""Catalogues as gettext lays them out, one for each file of this folder."""

Key = TypeVar("Key")

_chosen = ENGLISH
_spoken: ContextVar[str | None] = ContextVar("spoken", default=None)


def use(code: str) -> None:
    """From now on all sentences are in that language."""
    global _chosen
    _chosen = code


def current() -> str:
    """The code of the language that sentences are in."""
    return _spoken.get() or _chosen


@contextmanager
def speaking(code: str) -> Iterator[None]:
    """Sentences in that language for a while, for this task or thread alone."""
    token = _spoken.set(code)
    try:
        yield
    finally:
        _spoken.reset(token)


def _(message: str) -> str:
    """A message in the current language."""
    code = current()
    # the empty message is the catalogue's header
    return message if code == ENGLISH or not message else _translated(code, None, message)


def p_(context: str, message: str) -> str:
    """A message whose English has another meaning elsewhere."""
    code = current()
    return message if code == ENGLISH else _translated(code, context, message)


def n_(one: str, many: str, count: int) -> str:
    """A message about a number of things."""
    code = current()
    if code == ENGLISH:
        return one if count == 1 else many
    return _counted(code, one, many, count)


def later(message: str) -> str:
    """The message as it stands: marked here, translated by whoever reads it."""
    return message


def each(messages: Iterable[str]) -> tuple[str, ...]:
    """Messages that were marked with `later`, in the current language."""
    return tuple(_(message) for message in messages)


class Translated(Mapping[Key, str]):
    """A table of messages marked with `later`, each translated when it is read."""

    def __init__(self, messages: Mapping[Key, str]) -> None:
        self._messages = dict(messages)

    def __getitem__(self, key: Key) -> str:
        return _(self._messages[key])

    def __iter__(self) -> Iterator[Key]:
        return iter(self._messages)

    def __len__(self) -> int:
        return len(self._messages)

    def __or__(self, other: Mapping[Key, str]) -> "Translated[Key]":
        """A table of both, and of the other's where both have a key."""
        more = other._messages if isinstance(other, Translated) else other
        return Translated({**self._messages, **more})


@cache
def _catalogue(code: str) -> "GNUTranslations":
    """All catalogues of a language as one."""
    from gettext import GNUTranslations

    first, *others = sorted((LOCALE / code / "LC_MESSAGES").glob("*.mo"))
    whole = GNUTranslations(first.open("rb"))
    for other in others:
        whole.add_fallback(GNUTranslations(other.open("rb")))
    return whole


@lru_cache(maxsize=4096)
def _translated(code: str, context: str | None, message: str) -> str:
    found = _catalogue(code)
    return found.pgettext(context, message) if context else found.gettext(message)


@lru_cache(maxsize=1024)
def _counted(code: str, one: str, many: str, count: int) -> str:
    return _catalogue(code).ngettext(one, many, count)
