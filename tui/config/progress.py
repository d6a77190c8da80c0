"""How far somebody has come in the tour, from one run to the next."""

from contextlib import suppress
from dataclasses import dataclass

from tui.config.state_files import is_missing, read_state, write_state

TOUR = "tour"
"""What it is kept under."""


@dataclass(frozen=True)
class Progress:
    """The lesson, by its name, and the step, from 0, that one has come to; None for no tour yet."""

    lesson: str | None = None
    step: int = 0


def is_first_start() -> bool:
    """Whether somebody is here for the first time; where nothing can be kept nobody ever is."""
    return is_missing(TOUR)


def read_progress() -> Progress:
    """How far one has come; a file that makes no sense is a new beginning."""
    found = read_state(TOUR)
    lesson, step = found.get("lesson"), found.get("step")
    if isinstance(lesson, str) and isinstance(step, int) and step >= 0:
        return Progress(lesson, int(step))
    return Progress()


def keep_progress(progress: Progress) -> None:
    """Remember it, as far as there is a place for that."""
    # a full or read-only disk: the tour goes on, and begins anew another time
    with suppress(OSError):
        write_state(TOUR, {"lesson": progress.lesson, "step": progress.step})
