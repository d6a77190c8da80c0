"""What is wrong, said on stderr; needs no library, so that it can be said of a broken one, too."""

import contextlib
import sys

from tui.words.command_line import line_text


def tell(text: str) -> None:
    """Say something on stderr, if anybody can hear it."""
    if sys.stderr is not None:
        with contextlib.suppress(OSError):
            print(text, file=sys.stderr)


def complain(problem: object) -> None:
    """Say on stderr what is wrong, in one line."""
    tell(line_text("problem", problem=problem))
