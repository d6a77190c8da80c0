"""What a person has answered in the quiz, kept for her alone."""

import os
import secrets
from collections.abc import Mapping

from tui.config.state_files import read_state, write_state
from tui.state.quiz import TAKINGS, Answered

FILE = "quiz"


def read_answers() -> Answered:
    """What is kept, as far as it makes sense, or a new beginning with a seed of its own."""
    found = read_state(FILE)
    seed = found.get("seed")
    answers = {taking: _texts(found.get(taking)) for taking in TAKINGS}
    is_seed = isinstance(seed, int) and not isinstance(seed, bool)
    return Answered(int(str(seed)) if is_seed else secrets.randbelow(1_000_000), answers)


def keep_answers(answered: Answered) -> str | None:
    """Keep it, where anything is kept; why that cannot be done, by the system's word."""
    try:
        write_state(FILE, {"seed": answered.seed, **answered.answers})
    except OSError as error:
        return error.strerror or os.strerror(error.errno or 0)
    return None


def _texts(found: object) -> Mapping[str, str]:
    listed = found.items() if isinstance(found, dict) else ()
    return {str(item): answer for item, answer in listed if isinstance(answer, str)}
