"""When frames are sent: by a simulated terminal that answers late, lost, never and unasked."""

from functools import partial

import pytest

from tests.support.slow_terminal import SlowTerminal
from tui.terminal.link import BURST_SECONDS, PATIENCE, WINDOW

SMALL, LARGE = "x" * 700, "y" * 25_000


@pytest.mark.parametrize(("rate", "delay", "most"), [(50e3, 0.05, 3), (200e3, 0.15, 6)])
def test_as_many_frames_are_under_way_as_the_round_trip_holds(
    rate: float, delay: float, most: int
) -> None:
    """And so the rate is kept; ceil(round trip times rate) + 1."""
    terminal = SlowTerminal(rate, delay)
    terminal.ask()
    terminal.wait(1)
    terminal.animate(SMALL, 30)
    assert terminal.most_under_way <= most
    assert terminal.frames_a_second(5) == pytest.approx(15, abs=0.5)


def test_the_round_trip_is_that_of_the_question() -> None:
    """Although frames without one are sent before the first answer comes."""
    terminal = SlowTerminal(200e3, 0.15)
    terminal.ask()
    terminal.animate(SMALL, 0.5)
    assert terminal.link.statistics.round_trip == pytest.approx(0.3, abs=0.01)


@pytest.mark.parametrize(
    ("rate", "delay", "size", "longest"),
    [
        (50e3, 0.05, 700, 0.17),
        (50e3, 0.05, 5_000, 0.45),
        (50e3, 0.05, 25_000, 1.1),
        (200e3, 0.15, 5_000, 0.45),
        (5e3, 0.3, 700, 3.0),
    ],
)
def test_an_answer_waits_behind_little(
    rate: float, delay: float, size: int, longest: float
) -> None:
    """However large the frames before it, after seconds as after minutes."""
    terminal = SlowTerminal(rate, delay)
    terminal.ask()
    terminal.wait(1)
    for minute in range(3):
        terminal.animate("z" * size, 60)
        answer = f"answer {minute}"
        terminal.link.hurry()
        pressed = terminal.show(answer)
        terminal.wait(10)
        assert terminal.came(answer) - pressed < longest


def test_the_newest_state_wins() -> None:
    """What could not be sent in time never is."""
    terminal = SlowTerminal(50e3, 0.05)
    terminal.show(LARGE)
    for number in range(100):
        terminal.show(f"{number}")
        terminal.wait(0.001)
    terminal.wait(5)
    assert terminal.frames[-1][1] == "99"
    assert len(terminal.frames) < 10


def test_nothing_is_made_that_is_not_sent() -> None:
    """And nothing is sent for nothing."""
    made: list[int] = []

    def make(number: int) -> str:
        made.append(number)
        return str(number)

    terminal = SlowTerminal(50e3, 0.05)
    for number in range(10):
        terminal.link.show(partial(make, number))
    terminal.wait(5)
    assert made == [0, 9]
    terminal.link.show(lambda: "")
    terminal.wait(5)
    assert len(terminal.frames) == 2
    assert terminal.link.is_free


def test_without_answers_the_rate_is_fixed() -> None:
    """From the first frame on, and the terminal is asked again only now and then."""
    terminal = SlowTerminal(1e6, 0.0)
    terminal.answers = False
    assert not terminal.link.statistics.is_new
    terminal.ask()
    # until then it is not known to be silent
    assert terminal.link.statistics.is_new
    terminal.animate(SMALL, 30)
    assert not terminal.link.statistics.is_new
    assert terminal.frames_a_second(30) == pytest.approx(15, abs=0.5)
    assert terminal.link.statistics.round_trip is None


def test_a_terminal_that_stops_to_answer_freezes_nothing_and_may_answer_again() -> None:
    """As when another terminal takes the session over."""
    terminal = SlowTerminal(50e3, 0.05)
    terminal.ask()
    terminal.animate(SMALL, 5)
    terminal.answers = False
    terminal.animate(SMALL, 20)
    pauses = [b - a for a, b in zip(terminal.sent, terminal.sent[1:], strict=False)]
    assert max(pauses) < PATIENCE + 0.2
    assert terminal.frames_a_second(10) == pytest.approx(15, abs=0.5)
    terminal.answers = True
    terminal.animate(SMALL, 5)
    assert terminal.link.statistics.round_trip == pytest.approx(0.114, abs=0.1)
    terminal.most_under_way = 0
    terminal.animate(SMALL, 20)
    assert terminal.most_under_way <= 4


def test_a_change_of_the_link_is_followed() -> None:
    """In both directions, while something moves all the time."""
    terminal = SlowTerminal(1e6, 0.01)
    terminal.ask()
    terminal.animate(SMALL, 20)
    for delay in (0.3, 0.01):
        terminal.delay = delay
        terminal.animate(SMALL, 2 * WINDOW)
        assert terminal.frames_a_second(5) == pytest.approx(15, abs=1)
        assert terminal.link.statistics.round_trip == pytest.approx(2 * delay, abs=0.02)


def test_answers_out_of_the_blue_do_no_harm() -> None:
    """Typed by hand, ten thousand of them, before, while and after something moves."""
    terminal = SlowTerminal(50e3, 0.05)
    for _ in range(10_000):
        terminal.link.answered(terminal.now)
    assert not terminal.link.is_answered
    terminal.ask()
    for _ in range(30):
        terminal.animate(SMALL, 1)
        for _ in range(300):
            terminal.link.answered(terminal.now)
    terminal.wait(5)
    terminal.most_under_way = 0
    terminal.animate(SMALL, 30)
    assert terminal.most_under_way <= 4
    assert terminal.frames_a_second(5) == pytest.approx(15, abs=0.5)


def test_the_loop_is_woken_by_what_happens_alone() -> None:
    """No polling while frames are under way, and no timer at rest."""
    terminal = SlowTerminal(20e3, 0.05)
    terminal.ask()
    terminal.wait(5)
    terminal.show(LARGE)
    terminal.show(SMALL)
    terminal.link.when_free(lambda: None)
    calls = terminal.calls
    terminal.wait(1.2)
    # it was written, and the answer is late
    assert terminal.calls == calls + 2
    assert terminal.reminders == 2
    terminal.wait(60)
    assert terminal.is_at_rest
    assert len(terminal.frames) == 2


def test_keys_that_wait_have_few_pictures_and_the_last_at_once() -> None:
    """A burst is over soon, and one sees it going on."""
    terminal = SlowTerminal(1e9, 0.0)
    terminal.ask()
    terminal.wait(1)
    terminal.is_behind = True
    for number in range(100):
        terminal.link.hurry()
        terminal.is_behind = number < 99
        last = terminal.show(f"{number}")
        terminal.wait(0.01)
    assert len(terminal.frames) == pytest.approx(1 / BURST_SECONDS, abs=2)
    assert terminal.came("99") == pytest.approx(last)


def test_an_answer_to_a_key_does_not_wait_for_its_turn() -> None:
    """Other frames do."""
    terminal = SlowTerminal(1e9, 0.0)
    terminal.ask()
    terminal.wait(1)
    terminal.show("1")
    terminal.wait(0.01)
    second = terminal.show("2")
    terminal.wait(0.01)
    assert len(terminal.frames) == 1
    terminal.wait(0.1)
    assert terminal.came("2") - second == pytest.approx(1 / 15 - 0.01, abs=1e-6)
    terminal.link.hurry()
    third = terminal.show("3")
    terminal.wait(0.01)
    assert terminal.came("3") == pytest.approx(third)


def test_an_answer_to_a_key_waits_behind_no_frame_that_was_due() -> None:
    """What the key asked for is there a moment after it, and something else may be before that."""
    terminal = SlowTerminal(1e9, 0.0)
    terminal.ask()
    terminal.wait(1)
    terminal.link.hurry()
    terminal.show("what moves")
    terminal.wait(0.02)
    answer = terminal.show("its answer")
    terminal.wait(0.01)
    assert terminal.came("its answer") == pytest.approx(answer)


def test_frames_that_are_late_are_no_fewer() -> None:
    """A late one does not put off the next, and nothing is made up for after a while of rest."""
    terminal = SlowTerminal(1e9, 0.0)
    terminal.ask()
    terminal.wait(1)
    for number in range(150):
        late = 0.03 if number % 3 == 0 else 0.0
        terminal.wait(100 + number / 15 + 2 + late - terminal.now)
        terminal.show(f"{number}")
    terminal.wait(1)
    assert len(terminal.frames) == 150
    terminal.wait(10)
    start = len(terminal.frames)
    for number in range(100):
        terminal.show(f"again {number}")
        terminal.wait(0.01)
    assert len(terminal.frames) - start == pytest.approx(15, abs=1)


def test_a_terminal_that_takes_nothing_gets_nothing_more() -> None:
    """Until all is written."""
    terminal = SlowTerminal(1e9, 0.0)
    terminal.takes = False
    terminal.animate(SMALL, 10)
    assert len(terminal.sent) == 1
    terminal.link.written(terminal.now)
    assert len(terminal.sent) == 1


def test_what_it_tells_is_of_the_last_second() -> None:
    """Frames, bytes and the round trip."""
    terminal = SlowTerminal(50e3, 0.05)
    terminal.ask()
    terminal.animate("é" * 350, 20)
    found = terminal.link.statistics
    assert found.frames == pytest.approx(15, abs=1)
    assert found.bytes == 700 * found.frames
    assert found.round_trip == pytest.approx(0.107, abs=0.01)
    terminal.wait(2)
    assert terminal.link.statistics.bytes == 0
