"""What an answer costs that never comes: by a simulated terminal."""

import math

import pytest

from tests.support.slow_terminal import SlowTerminal
from tui.terminal.link import LATE_SECONDS, LATE_TRIPS, PATIENCE, REMINDER_SECONDS

SMALL, LARGE = "x" * 700, "y" * 25_000


@pytest.mark.parametrize(("rate", "delay"), [(1e6, 0.002), (50e3, 0.05), (200e3, 0.15)])
@pytest.mark.parametrize("lost", [1, 2])
def test_a_lost_answer_costs_a_few_round_trips(rate: float, delay: float, lost: int) -> None:
    """Also that to the reminder; and never is more under way than the link holds."""
    terminal = SlowTerminal(rate, delay)
    terminal.ask()
    terminal.animate(SMALL, 5)
    terminal.most_under_way = 0
    most = math.ceil((2 * delay + 0.02) * 15) + 1
    for _ in range(5):
        terminal.lost = lost
        terminal.animate(SMALL, 5)
        pauses = [b - a for a, b in zip(terminal.sent, terminal.sent[1:], strict=False)]
        longest = max(LATE_SECONDS, LATE_TRIPS * 2 * delay) + 2 * delay
        assert max(pauses) < lost * longest + 0.1
        assert terminal.most_under_way <= most
        assert terminal.frames_a_second(2) == pytest.approx(15, abs=0.5)


def test_a_lost_answer_at_rest_costs_nothing_until_something_moves_again() -> None:
    """Nobody asks before that."""
    terminal = SlowTerminal(50e3, 0.05)
    terminal.ask()
    terminal.animate(SMALL, 5)
    terminal.lost = 1
    terminal.show("last")
    terminal.wait(10)
    assert terminal.is_at_rest
    reminders = terminal.reminders
    terminal.wait(60)
    assert terminal.reminders == reminders
    terminal.link.hurry()
    pressed = terminal.show("again")
    terminal.wait(1)
    assert terminal.came("again") - pressed < 0.1


def test_answers_that_are_only_slow_are_asked_for_rarely_and_bound_frames_as_before() -> None:
    """On a link that is slower than any should be."""
    terminal = SlowTerminal(20e3, 0.3)
    terminal.ask()
    terminal.animate(SMALL, 5)
    terminal.most_under_way = 0
    for _ in range(5):
        terminal.show(LARGE)
        terminal.animate(SMALL, 5)
    assert terminal.most_under_way <= 11
    assert terminal.reminders <= 30 / REMINDER_SECONDS


def test_who_does_not_know_the_reminder_is_asked_as_before() -> None:
    """A lost answer costs the longer wait there."""
    terminal = SlowTerminal(50e3, 0.05)
    terminal.ask()
    terminal.animate(SMALL, 5)
    terminal.knows_reminders = False
    terminal.lost = 1
    terminal.animate(SMALL, 10)
    pauses = [b - a for a, b in zip(terminal.sent, terminal.sent[1:], strict=False)]
    assert max(pauses) < PATIENCE + 0.2
