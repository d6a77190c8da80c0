"""Keys in a step of the tour: the answer goes before what would show it, and enter goes on."""

import pytest

from tests.support.led import Led
from tests.support.session import Later, scene_of
from tui.session.axis_ranges import AxisRanges
from tui.state.axis import Axis
from tui.state.motion import MOTIONS
from tui.state.tour import Stage


def said(led: Led) -> list[str]:
    """The codes of what was said last."""
    return [notice.code for notice in led.session.state.notices]


@pytest.fixture
def asked() -> Led:
    """At a question about what its keys do, with a network that is trained."""
    made = Led()
    made.guide.open("three")
    made.shown()
    return made


@pytest.mark.parametrize("action", ["next_activation", "train", "step_forward", "play"])
def test_what_shows_the_answer_waits_for_it(asked: Led, action: str) -> None:
    """The keys that a step asks for, and all that shows a network at work."""
    before = asked.session.state.run
    asked.act(action)
    assert (asked.stage, asked.session.state.run) == ("asking", before)
    assert said(asked) == ["answer_first"]
    asked.act("next_metric")
    assert said(asked) != ["answer_first"]


def test_nothing_is_chosen_until_somebody_chooses(asked: Led) -> None:
    """Enter alone takes none; the first arrow lights one."""
    asked.guide.answer("enter")
    assert (asked.stage, asked.tour.lit, said(asked)) == ("asking", None, ["choose_first"])
    asked.guide.answer("left")
    assert asked.tour.lit == 2
    asked.guide.answer("right")
    asked.guide.answer("enter")
    assert asked.tour.expected == 1


def test_a_second_thought_counts_until_something_is_done(asked: Led) -> None:
    """After that digits do nothing, until it is compared."""
    asked.guide.answer("1")
    for key in ("3", "4"):
        assert asked.guide.takes(key)
        asked.guide.answer(key)
        assert asked.tour.expected == 3
    asked.act("next_activation")
    assert asked.guide.takes("2")
    asked.guide.answer("2")
    assert asked.tour.expected == 3


def test_the_network_from_before_is_not_trained_in_place_of_the_other(asked: Led) -> None:
    """What the step asks to press first goes first; of the rest nothing is told before."""
    asked.guide.answer("1")
    asked.act("train")
    assert said(asked) == ["press_first"]
    assert not asked.controller.is_training
    asked.act("next_activation")
    assert said(asked) == []
    asked.act("train")
    assert asked.controller.is_training


def test_keys_wait_for_the_training_that_a_step_begins_with() -> None:
    """The network would be another one than the step's."""
    led = Led()
    later = Later()
    led.guide.open("two")
    led.shown()
    led.session.jobs._spawn = later
    led.guide.open("three")
    waiting = led.shown()
    assert not waiting.is_prepared
    run = led.session.state.run
    for action in ("deeper", "step_forward", "next_remedy"):
        led.act(action)
        assert (said(led), led.session.state.run) == (["step_prepares"], run)
    while later.jobs:
        later.run()
    # by which the panel knows that there is something else to tell
    assert led.shown() != waiting
    assert led.tour.is_prepared
    led.act("deeper")
    assert led.session.state.run != run


def test_enter_goes_on_where_the_step_trains_nothing(asked: Led) -> None:
    """It never trains what is only to be read of; what is to be pressed is named."""
    asked.guide.go_on()
    asked.shown()
    assert asked.guide.takes("enter")
    asked.guide.answer("enter")
    assert (asked.place, said(asked)) == (("three", 1), ["press_first"])
    asked.guide.go_on()
    assert asked.shown().stage is Stage.READING
    assert asked.guide.takes("enter")
    asked.guide.answer("enter")
    assert asked.place == ("three", 3)


def test_a_step_shows_only_what_it_speaks_of(asked: Led) -> None:
    """No theory, no number formats, no seeds from before; the lab has them all again."""
    session = asked.session
    assert not session.state.theory
    assert not scene_of(session).has_limits
    asked.act("toggle_theory")
    assert scene_of(session).has_limits
    asked.act("toggle_seeds")
    asked.guide.go_on()
    assert (session.trials.wants_seeds, session.state.theory) == (False, False)
    asked.guide.close()
    assert session.state.theory
    assert scene_of(session).has_limits


def test_the_axis_fits_what_is_compared() -> None:
    """However far it had to reach on the way."""
    led = Led()
    session = led.session
    session.motion = MOTIONS["reduced"]
    led.guide.open("two")
    led.shown()
    led.guide.answer("1")
    session.axes = AxisRanges({session.metric.id: Axis(-60, 60)})
    assert scene_of(session).axis_is_loose
    assert led.shown().stage is Stage.COMPARED
    assert not scene_of(session).axis_is_loose


def test_a_step_does_not_say_what_memory_could_not_keep(
    asked: Led, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It begins where it says, whatever was trained before."""
    monkeypatch.setattr(asked.session.training.parked, "put", lambda run: None)
    asked.guide.open("two")
    assert said(asked) == []
