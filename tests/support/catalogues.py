"""The catalogues of messages: `python -m tests.support.catalogues` brings all up to date.

What `tui/words/NAME.py` marks is in `locale/LANGUAGE/LC_MESSAGES/NAME.po`; beside it is what the
program reads, compiled.
"""

import io
import sys
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from tui.words.language import ENGLISH, LANGUAGES, LOCALE

KEYWORDS = {"_": None, "later": None, "n_": (1, 2), "p_": ((1, "c"), 2)}
"""The functions that mark a message, as Babel writes which of their arguments it is."""

WORDS = LOCALE.parent
TRANSLATIONS = tuple(code for code in LANGUAGES if code != ENGLISH)


def sources() -> tuple[Path, ...]:
    """The files whose messages are translated."""
    return tuple(path for path in sorted(WORDS.glob("*.py")) if path.stem != "language")


def messages_of(source: Path) -> Catalog:
    """What a file marks, without translations."""
    found = Catalog(charset="utf-8")
    with source.open("rb") as file:
        for _line, message, _comments, context in extract("python", file, KEYWORDS):
            found.add(message, context=context)
    return found


def catalogue_path(source: Path, code: str) -> Path:
    """Where a file's translations into a language are."""
    return LOCALE / code / "LC_MESSAGES" / f"{source.stem}.po"


def catalogue(source: Path, code: str) -> Catalog:
    """A file's translations as they are."""
    path = catalogue_path(source, code)
    if not path.exists():
        return Catalog(locale=code, charset="utf-8")
    with path.open("rb") as file:
        return read_po(file, locale=code, charset="utf-8")


def updated(source: Path, code: str) -> Catalog:
    """A file's translations with every message that it marks, and no others.

    A translation whose message has changed is kept and marked fuzzy.
    """
    found = catalogue(source, code)
    found.update(messages_of(source), update_creation_date=False)
    return found


def written(found: Catalog) -> bytes:
    """The catalogue as text, without dates and lines of code: it changes only where words do."""
    bare = Catalog(locale=found.locale, charset="utf-8", header_comment="")
    out = io.BytesIO()
    for message in found:
        if message.id:
            bare[message.id] = message
    write_po(out, bare, width=100, omit_header=True, no_location=True, ignore_obsolete=True)
    return b'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\n' + out.getvalue()


def compiled(found: Catalog) -> bytes:
    """The catalogue as gettext reads it; the same for the same words."""
    out = io.BytesIO()
    found.creation_date = found.revision_date = datetime(2000, 1, 1, tzinfo=UTC)
    write_mo(out, found)
    return out.getvalue()


def main() -> int:
    """Extract, update and compile; 1 where messages are left to translate, which are listed."""
    left = 0
    for code in TRANSLATIONS:
        for source in sources():
            path, found = catalogue_path(source, code), updated(source, code)
            if not len(found):
                path.unlink(missing_ok=True)
                path.with_suffix(".mo").unlink(missing_ok=True)
                continue
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(written(found))
            path.with_suffix(".mo").write_bytes(compiled(found))
            for message in found:
                if message.id and (message.fuzzy or not message.string):
                    left += 1
                    print(f"{path.name}: {message.id}")
    return min(left, 1)


if __name__ == "__main__":
    sys.exit(main())
