"""Textual draws on stderr, also where that is a file or closed: then on stdout, the terminal."""

import sys
from typing import IO


def drawn_stream() -> IO[str] | None:
    """The stream that the app will be drawn on; stdout is known to be a terminal."""
    if sys.__stderr__ is None or not sys.__stderr__.isatty():
        # what a driver of Textual opens; messages still go to sys.stderr
        sys.__stderr__ = sys.__stdout__  # type: ignore[misc]
    return sys.__stderr__
