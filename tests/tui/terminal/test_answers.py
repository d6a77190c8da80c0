"""Answers go to the link, from any thread, and are no keys."""

import pytest

from tests.support.slow_terminal import SlowTerminal
from tui.terminal.answers import (
    ANY,
    LONGEST_FAREWELL,
    LONGEST_FIRST_FAREWELL,
    MODE,
    STATUS,
    Answers,
)
from tui.terminal.input_pieces import InputPieces, Piece

MODE_ANSWER, STATUS_ANSWER = Piece("sequence", "\x1b[?2026;2$y"), Piece("sequence", "\x1b[0n")


def _answers(question: str = ANY) -> tuple[SlowTerminal, Answers, list[int]]:
    terminal, woken = SlowTerminal(1e6, 0.0), list[int]()
    terminal.link.asked()
    return terminal, Answers(terminal.link, question, lambda: woken.append(1)), woken


@pytest.mark.parametrize(
    ("found", "question"),
    [([MODE_ANSWER, STATUS_ANSWER], MODE), ([STATUS_ANSWER], STATUS)],
)
def test_what_was_answered_is_asked_from_then_on(found: list[Piece], question: str) -> None:
    """Of two answers at the start one counts."""
    terminal, answers, _ = _answers()
    # of the first about modes the app hears, too
    assert [answers.take(piece) for piece in found] == [piece is not MODE_ANSWER for piece in found]
    assert answers.question == question
    answers.deliver()
    assert terminal.link.is_answered
    assert not answers.are_missing
    assert answers.take(MODE_ANSWER)


def test_a_terminal_without_modes_is_never_asked_about_one() -> None:
    """Whatever is typed there by hand."""
    _, answers, _ = _answers(STATUS)
    answers.take(MODE_ANSWER)
    assert answers.question == STATUS


def test_split_answers_are_answers_and_others_are_not() -> None:
    """In reads of any length."""
    terminal, answers, _ = _answers()
    pieces, others = InputPieces(), []
    for byte in b"a\x1b[?2026;0$y\x1b[?2048;2$y\x1b[?2026;1$yb\x1b[0n\x1b[3n":
        others += [p.text for p in pieces.feed(bytes((byte,))) if not answers.take(p)]
    assert others == ["a", "\x1b[?2026;0$y", "\x1b[?2048;2$y", "b", "\x1b[3n"]
    answers.deliver()
    assert terminal.link.is_answered


def test_a_flood_wakes_the_loop_once() -> None:
    """And the next one again."""
    _, answers, woken = _answers()
    for _ in range(2):
        for _ in range(10_000):
            answers.take(STATUS_ANSWER)
        answers.deliver()
    assert len(woken) == 2


def test_what_is_to_come_is_waited_for() -> None:
    """Longer from who is known to answer; nothing is waited for where all is there."""
    terminal, answers, _ = _answers()
    assert answers.are_missing
    assert answers.farewell == LONGEST_FIRST_FAREWELL
    answers.take(STATUS_ANSWER)
    assert not answers.are_missing
    answers.deliver()
    terminal.link.asked()
    assert answers.are_missing
    assert answers.farewell == LONGEST_FAREWELL
    terminal.wait(10)
    assert not answers.are_missing


def test_over_a_link_the_first_answers_are_waited_for_as_long() -> None:
    """Who leaves there before they come may be far away."""
    terminal = SlowTerminal(1e6, 0.0)
    assert Answers(terminal.link, ANY, lambda: None, is_remote=True).farewell == LONGEST_FAREWELL


def test_an_answer_to_the_reminder_tells_that_nothing_else_is_to_come() -> None:
    """Although one was lost; what terminal it is concerns nobody."""
    terminal, answers, _ = _answers()
    terminal.link.answered(terminal.now)
    terminal.link.asked()
    terminal.wait(1)
    terminal.link.remind_if_late()
    assert terminal.reminders
    assert answers.are_missing
    assert answers.take(Piece("sequence", "\x1b[?62;22c"))
    assert not answers.are_missing
    answers.deliver()
    assert terminal.link.is_free


def test_answers_to_old_questions_stand_for_no_newer_one() -> None:
    """On a link so slow that questions get too old while the last answers are waited for."""
    terminal, answers, _ = _answers()
    answers.take(STATUS_ANSWER)
    answers.deliver()
    for _ in range(10):
        terminal.wait(0.1)
        terminal.link.asked()
    terminal.wait(1.5)
    for _ in range(9):
        assert answers.are_missing
        answers.take(STATUS_ANSWER)
    assert answers.are_missing
    answers.take(STATUS_ANSWER)
    assert not answers.are_missing
