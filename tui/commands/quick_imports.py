"""Imports without the search for garbage, of which they make next to none."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

MADE = 20_000
"""New objects after which garbage is looked for: a frame makes thousands, and next to none."""


@contextmanager
def quick_imports() -> Iterator[None]:
    """What is made meanwhile stays, and is never looked through."""
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.set_threshold(MADE, *gc.get_threshold()[1:])
        gc.enable()
