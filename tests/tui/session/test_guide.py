"""The tour's guide: steps begin as they are set, go on once they are done, and come back."""

from dataclasses import replace

import numpy as np
import pytest

from engine import run
from tests.support.led import Led
from tests.support.session import Later, scene_of
from tui.session.guide import DONE_SECONDS
from tui.state.animations import Phase
from tui.state.motion import MOTIONS
from tui.state.notices import notice
from tui.state.tour import Stage


@pytest.fixture
def led() -> Led:
    """At the first step."""
    made = Led()
    made.guide.open("one")
    made.shown()
    return made


def test_a_step_sets_what_it_is_about(led: Led) -> None:
    """Experiment, view, cursor and the wave's speed; what was pinned or listed before is gone."""
    state = led.session.state
    assert (state.view, state.cursor, state.metric, state.table) == ("chain", 3, "g", False)
    assert state.experiment.network.depth == 5
    assert state.speed == 0.5
    assert len(state.past) == 1


def test_it_goes_on_by_itself_once_the_condition_holds_and_was_seen(led: Led) -> None:
    """A sign first; not behind another screen."""
    assert led.stage == "reading"
    assert led.act("next_activation").stage is Stage.DONE
    led.wait(DONE_SECONDS / 2)
    assert led.place == ("one", 0)
    led.seen = False
    led.wait(DONE_SECONDS)
    assert not led.guide.is_waiting
    led.seen = True
    led.guide.tick()
    assert led.place == ("one", 1)


def test_before_an_audience_nothing_goes_on_by_itself() -> None:
    """The speaker's key does."""
    led = Led()
    led.guide.open("one", presents=True)
    led.shown()
    assert led.act("next_activation").stage is Stage.DONE
    led.wait(10 * DONE_SECONDS)
    assert led.place == ("one", 0)
    led.guide.go_on()
    assert (led.place, led.tour.presents) == (("one", 1), True)
    for key, index in (("pageup", 0), ("pagedown", 1)):
        assert led.guide.takes(key)
        led.guide.answer(key)
        assert led.place == ("one", index)


def test_a_question_holds_the_wave_and_is_compared_after_it(led: Led) -> None:
    """The cursor picks, enter takes; time alone leads nowhere."""
    led.guide.go_on()
    tour = led.shown()
    wave = led.session.animation.wave
    assert tour.stage is Stage.ASKING
    assert (wave.held, wave.phase) == (True, Phase.BACKWARD)
    assert scene_of(led.session).cursor == 2
    led.wait(100.0)
    assert led.stage == "asking"
    for key in ("left", "up", "right", "left", "left", "down"):
        assert led.guide.takes(key)
        led.guide.answer(key)
    assert led.session.state.cursor == 1
    led.guide.answer("enter")
    assert led.stage == "answered"
    assert not led.guide.takes("left")
    led.wait(0.1)
    assert led.stage == "answered"
    led.wait(100.0)
    assert (led.stage, led.tour.expected, led.tour.right) == ("compared", 1, 1)
    led.wait(10 * DONE_SECONDS)
    assert led.place == ("one", 1)
    led.guide.answer("enter")
    assert led.place == ("one", 2)


@pytest.mark.parametrize(("key", "expected"), [("1", 1), ("3", 3), ("enter", 2)])
def test_the_choice_whose_value_is_nearest_is_right(key: str, expected: int) -> None:
    """A digit answers at once, enter takes the one that is lit."""
    led = Led()
    led.guide.open("two")
    led.shown()
    assert not led.guide.takes("4")
    led.guide.answer("right")
    led.guide.answer("right")
    assert led.tour.lit == 1
    led.guide.answer(key)
    led.wait(100.0)
    assert (led.tour.expected, led.tour.right) == (expected, 2)


def test_going_back_restores_a_step_as_it_began_with_its_training_run(led: Led) -> None:
    """Whatever was done since, and undo comes back from there."""
    led.guide.go_on()
    led.shown()
    begun = led.session.state
    trace = led.session.trace
    assert trace is not None
    assert trace.step == 4
    assert np.array_equal(trace.delta_norm, run(begun.experiment, 4).delta_norm)
    for action in ("faster_learning", "step_forward", "next_metric", "view_gradients", "deeper"):
        led.act(action)
    led.guide.go_on()
    led.guide.go_back()
    led.shown()
    now = led.session.state
    for field in ("run", "cursor", "view", "metric", "table", "speed", "pinned", "picture"):
        assert getattr(now, field) == getattr(begun, field), field
    assert led.session.trace is not None
    assert np.array_equal(led.session.trace.delta_norm, trace.delta_norm)
    assert led.stage == "asking"
    led.act("undo")
    assert led.session.state.experiment.network.depth == 7


def test_of_another_network_nothing_is_compared_and_back_leads_to_the_steps_own(led: Led) -> None:
    """Also one that is trained further; what the keys lead to is not another one."""
    led.guide.go_on()
    led.shown()
    led.guide.answer("enter")
    for action in ("deeper", "step_forward"):
        led.act(action)
        led.session.animation.finish()
        led.shown()
        assert led.stage == "answered", action
        led.guide.go_back()
        assert led.place == ("one", 1)
        led.shown()
        assert (led.stage, led.session.state.run.step) == ("asking", 4)
        led.guide.answer("enter")
        led.session.animation.finish()
    led.act("step_forward")
    led.guide.go_on()
    assert led.session.state.run.step == 0
    led.guide.go_back()
    led.guide.go_back()
    led.shown()
    assert led.act("next_activation").stage is Stage.DONE
    led.guide.go_back()
    assert led.session.state.notices == (notice("tour_begins"),)


def test_a_wave_that_has_set_out_before_the_answer_goes_on() -> None:
    """The answer does not pause it."""
    led = Led()
    led.guide.open("two")
    led.shown()
    led.act("play")
    led.wait(0.1)
    led.guide.answer("2")
    assert led.session.animation.moving
    led.wait(100.0)
    assert led.stage == "compared"


def test_a_lesson_begins_with_an_untrained_network() -> None:
    """Also where its network is there already, and trained."""
    led = Led()
    led.guide.open("two")
    led.guide.close()
    led.controller.act("view_training")
    led.controller.act("step_forward")
    assert led.session.state.run.step == 1
    led.guide.open("two")
    assert led.shown().since.state.run.step == 0


@pytest.mark.parametrize("gain", [0.0, 1.0])
def test_where_nothing_is_measured_no_choice_is_right(gain: float) -> None:
    """A factor of exactly 0 is none of those there are."""
    led = Led()
    led.guide.open("two")
    led.shown()
    network = replace(led.session.state.experiment.network, gain=gain)
    scene = scene_of(led.session)
    trace = run(replace(scene.trace.ours, network=network))
    assert led.tour.right_answer(replace(scene, trace=trace)) == (2 if gain else None)


def test_skipping_leads_where_the_keys_lead(led: Led) -> None:
    """A step sets what it needs; the first step of a lesson needs nothing from before it."""
    led.guide.go_on()
    led.guide.go_on()
    led.shown()
    assert led.session.state.experiment.network.depth == 7
    led.guide.go_on()
    assert led.place == ("two", 0)
    led.guide.go_back()
    assert led.place == ("one", 2)
    assert led.session.state.experiment.network.depth == 7
    for _ in range(6):
        led.guide.go_on()
    assert led.guide.tour is None
    assert [said.code for said in led.session.state.notices] == ["tour_ended"]


def test_what_is_only_looked_at_is_not_done(led: Led) -> None:
    """A preview in a list beside the chart leads nowhere, and a clicker only a speaker."""
    assert not led.guide.takes("pagedown")
    led.session.open_panel()
    led.act("next_activation")
    assert led.stage == "reading"
    led.session.close_panel()
    assert led.shown().stage is Stage.DONE


def test_the_tour_has_a_beginning(led: Led) -> None:
    """Nothing is before it."""
    led.guide.go_back()
    assert led.place == ("one", 0)
    assert [said.code for said in led.session.state.notices] == ["tour_begins"]


def test_leaving_keeps_what_is_set_and_gives_the_speed_back(led: Led) -> None:
    """No wave is left waiting."""
    led.guide.go_on()
    led.shown()
    experiment = led.session.state.experiment
    led.guide.close()
    assert led.guide.tour is None
    assert (led.session.state.speed, led.session.state.experiment) == (1.0, experiment)
    assert led.session.animation.wave.phase is Phase.DONE
    assert led.guide.last == ("one", 1)


def test_where_nothing_moves_a_wave_is_over_as_soon_as_it_is_asked_for(led: Led) -> None:
    """Reduced motion has no wave to wait for."""
    led.session.motion = MOTIONS["reduced"]
    led.guide.go_on()
    led.shown()
    led.guide.answer("enter")
    assert led.shown().stage is Stage.COMPARED
    led.guide.go_on()
    led.shown()
    assert led.act("play").stage is Stage.DONE


def test_a_condition_waits_for_what_is_still_computed() -> None:
    """What is on the screen until then is the step's before."""
    led = Led()
    later = Later()
    led.guide.open("one")
    led.session.jobs._spawn = later
    led.guide.go_on()
    assert scene_of(led.session).computing
    assert led.shown().begun is None
    assert not led.session.animation.wave.held
    while later.jobs:
        later.run()
    assert led.shown().begun is led.session.trace
    assert led.session.animation.wave.held


def test_nothing_is_said_to_be_lost_while_a_training_is_made_again() -> None:
    """A step that begins with a trained network makes it, whoever skipped to it."""
    led = Led()
    later = Later()
    led.guide.open("one")
    led.session.jobs._spawn = later
    led.guide.go_on()
    assert led.session.state.notices == ()
    while later.jobs:
        later.run()
    assert led.session.state.run.step == 4
    assert led.session.state.notices == ()
