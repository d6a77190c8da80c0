"""TOML that somebody wrote, read within bounds."""

import sys
from collections.abc import Callable, Sequence

from tui.words.command_line import line_text

MAX_DOTS = 5000
"""A name of 20,000 dotted parts takes tomllib minutes; no file of this program needs three."""

MAX_DOTS_BY_LINES = 1_000_000
"""Under a title of many dotted parts tomllib goes through all of them again for each line."""

MOST_TOLD = 10
"""Of so many entries that mean nothing each is told."""


class FileError(ValueError):
    """A file that cannot be used; its text is one line for a person."""


def parsed(text: str) -> dict[str, object]:
    """The tables and values of a TOML text; raises FileError."""
    # only a person who has a file of hers waits for it
    import tomllib

    dots, lines = text.count("."), text.count("\n") + 1
    most = min(MAX_DOTS, MAX_DOTS_BY_LINES // lines)
    if dots > most:
        raise FileError(line_text("too_many_dots", count=dots, lines=lines, most=most))
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        why = line_text("not_toml", why=error)
    except RecursionError:
        why = line_text("nested")
    except ValueError:
        # the one that tomllib lets through: of a whole number
        why = line_text("too_many_digits", most=sys.get_int_max_str_digits())
    raise FileError(why)


def told(names: Sequence[str], sentence: Callable[[str], str]) -> list[str]:
    """A sentence for each of the first names, and one for the others together."""
    more = len(names) - MOST_TOLD
    told = [sentence(name) for name in names[:MOST_TOLD]]
    return [*told, line_text("more_entries", count=more)] if more > 0 else told
