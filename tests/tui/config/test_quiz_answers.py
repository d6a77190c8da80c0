"""A person's answers: kept whole, read back, her own seed, and what makes no sense left out."""

import secrets

import pytest

from tui.config import state_files
from tui.config.quiz_answers import keep_answers, read_answers
from tui.config.state_files import read_state, write_state
from tui.state.quiz import AFTER, BEFORE, Answered

pytestmark = pytest.mark.usefixtures("settings_file")


def test_answers_and_seed_are_read_back() -> None:
    """As they were kept."""
    answered = Answered(5).with_answer(BEFORE, "relu", "one").with_answer(AFTER, "relu", "half")
    assert keep_answers(answered) is None
    assert read_answers() == answered


def test_a_new_person_has_a_seed_of_her_own(monkeypatch: pytest.MonkeyPatch) -> None:
    """Which orders the answers."""
    monkeypatch.setattr(secrets, "randbelow", lambda most: most - 1)
    assert read_answers().seed == 999_999


@pytest.mark.parametrize(
    "content",
    [
        {"seed": "x", "before": 3},
        {"seed": True, "before": {"relu": 4, "skips": ["more"]}},
        {"seed": None, "before": [1], "later": {"relu": "one"}},
    ],
)
def test_what_makes_no_sense_is_left_out(content: dict[str, object]) -> None:
    """And the quiz begins anew."""
    write_state("quiz", content)
    found = read_answers()
    assert 0 <= found.seed < 1_000_000
    assert not found.of(BEFORE)
    assert not found.of(AFTER)


def test_why_answers_cannot_be_kept_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """By the system's word."""
    monkeypatch.setattr(state_files, "state_folder", lambda: None)
    assert keep_answers(Answered(5)) == "No such file or directory"


def test_who_wants_no_settings_file_gets_no_other_either(monkeypatch: pytest.MonkeyPatch) -> None:
    """And no complaint."""
    monkeypatch.setenv("CHAINRULE_CONFIG", "")
    assert keep_answers(Answered(5)) is None
    assert read_state("quiz") == {}
