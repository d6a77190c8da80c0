"""The session without a screen: one state, what is measured of it, and frozen scenes."""

import dataclasses
from itertools import pairwise

import numpy as np
import pytest

from engine import Experiment, run, verdict
from tests.support.experiments import experiment_of
from tests.support.session import SMALL, Clock, Later, scene_of, started
from tui.config.command_line import opened
from tui.session.jobs import Jobs
from tui.session.session import Session
from tui.state.actions import ACTIONS, BY_ID
from tui.state.animations import Phase
from tui.state.notices import notice
from tui.state.scene import Waiting, Wants


def test_before_the_first_pass_there_is_nothing_to_show() -> None:
    """And after it the wave plays."""
    session = Session(opened(experiment_of(**SMALL), {}))
    assert isinstance(session.scene(Wants()), Waiting)
    session.start()
    scene = scene_of(session)
    assert scene.trace.loss == run(experiment_of(**SMALL)).loss
    assert scene.verdict == verdict(scene.trace)
    assert scene.wave.phase is Phase.FORWARD


def test_every_scene_is_frozen_through_and_through() -> None:
    """No value in it can be changed, and none of them is the session's own."""
    session, controller = started(dataset="moons")
    controller.act("train")
    controller.tick()
    controller.act("train")
    controller.act("toggle_seeds")
    for _ in range(4):
        controller.trials.work()
    wants = Wants(frozenset({1}), frozenset(), True, 20, (8, 8), None, True)
    seen: list[object] = [scene_of(session, wants)]
    arrays = 0
    while seen:
        value = seen.pop()
        if dataclasses.is_dataclass(value) and not isinstance(value, type):
            assert value.__dataclass_params__.frozen, type(value)  # type: ignore[attr-defined]
            seen += [getattr(value, field.name) for field in dataclasses.fields(value)]
        elif isinstance(value, tuple | frozenset):
            seen += value
        elif isinstance(value, dict):
            seen += value.values()
        elif isinstance(value, np.ndarray):
            assert not value.flags.writeable
            arrays += 1
        else:
            assert value is None or not type(value).__module__.startswith("tui.session"), value
    assert arrays > 10


def test_a_key_changes_the_state_and_what_is_shown_follows() -> None:
    """In one step, and the change is told once."""
    session, controller = started()
    told: list[bool] = []
    session.changed = told.append
    controller.act("next_activation")
    assert told == [True]
    assert session.state.experiment == experiment_of(**{**SMALL, "activation": "relu"})
    assert scene_of(session).trace.experiment == session.state.experiment
    controller.act("cursor_last")
    assert scene_of(session).cursor == SMALL["depth"]


def test_a_preview_is_shown_and_not_taken() -> None:
    """On the axis from before the panel; without it everything is as it was."""
    session, _ = started()
    before = session.axis
    session.open_panel()
    session.preview(experiment_of(**{**SMALL, "depth": 60, "init": "small_normal"}))
    assert scene_of(session).trace.depth == 60
    assert session.axis != before
    assert session.state.experiment == experiment_of(**SMALL)
    session.say(notice("trying"))
    session.close_panel()
    assert session.state.notices == ()
    assert scene_of(session).trace.depth == SMALL["depth"]
    assert session.axis == before


def test_too_large_a_network_is_refused_whole() -> None:
    """The state stays, with a notice."""
    session, _ = started(depth=1000, width=4)
    state = session.state
    session.preview(state.experiment.with_settings(width=2048))
    assert session.state.experiment == state.experiment
    assert session.state.preview is None
    assert [n.code for n in session.state.notices] == ["setting_error"]


def test_training_goes_on_frame_by_frame_and_not_beside_a_panel() -> None:
    """The state's run is the trainer's, step by step."""
    session, controller = started()
    controller.act("train")
    assert controller.is_training
    for _ in range(4):
        controller.tick()
    reached = session.state.run.step
    assert reached > 0
    assert scene_of(session).trace.step == reached
    session.open_panel()
    assert not controller.is_training
    controller.tick()
    assert session.state.run.step == reached
    session.close_panel()
    controller.tick()
    assert session.state.run.step > reached


def test_the_diagnosis_comes_when_it_is_asked_for() -> None:
    """As a frozen value of the run that is shown, and of no other."""
    session, controller = started()
    assert scene_of(session).diagnosis is None
    session.diagnose()
    found = scene_of(session).diagnosis
    assert found is not None
    assert found.verdict == scene_of(session).verdict
    controller.act("next_activation")
    assert scene_of(session).diagnosis is None


def test_inspections_are_made_of_the_layers_that_are_wanted() -> None:
    """And of no more."""
    session, _ = started()
    scene = scene_of(session, Wants(layers=frozenset({2, 5})))
    assert scene.inspections is not None
    assert sorted(scene.inspections) == [2, 5]
    assert scene_of(session).inspections == {}


def test_a_long_training_asks_once_before_it_is_lost() -> None:
    """And any key takes the question back."""
    session, controller = started()
    assert not controller.asks_before_quitting()
    controller.act("train")
    controller.tick()
    assert session.training.run is not None
    session.training.run.seconds = 11.0
    assert controller.asks_before_quitting()
    assert session.state.notices == (notice("quit_asks", key="q"),)
    controller.act("cursor_left")
    assert controller.asks_before_quitting()
    assert not controller.asks_before_quitting()
    # what undo would bring back is lost, too
    controller.act("next_activation")
    assert session.training.run is None
    assert controller.asks_before_quitting()


def test_a_step_that_is_not_done_counts_as_training() -> None:
    """The first of a large network may take a minute."""
    session, controller = started()
    later, clock = Later(), session.clock
    assert isinstance(clock, Clock)
    controller.act("train")
    run = session.training.run
    assert run is not None
    run.step_seconds = 1.0
    run.jobs = Jobs(later)
    controller.tick()
    assert run.is_busy
    assert not controller.asks_before_quitting()
    clock.now += 11.0
    assert controller.asks_before_quitting()


@pytest.mark.parametrize("action", [a.id for a in ACTIONS])
def test_what_the_controller_cannot_do_needs_a_screen(action: str) -> None:
    """Everything else it does without one, and a scene comes of it."""
    session, controller = started()
    if controller.can(action):
        controller.act(action)
        scene_of(session)
    else:
        assert BY_ID[action].apply is None


def test_the_default_is_the_default_experiment() -> None:
    """Nothing but the experiment decides the numbers."""
    session = Session(opened(Experiment(), {"view": "chain", "cursor": 3}))
    session.start()
    assert scene_of(session).trace.loss == run(Experiment()).loss


def test_the_words_beside_a_wave_can_be_read() -> None:
    """Every frame moves the picture, words follow ten times a second and at every phase."""
    session, _ = started(depth=50)
    told: list[tuple[bool, Phase]] = []
    session.changed = lambda words: told.append((words, session.animation.wave.phase))
    session.animation.play()
    while session.animation.moving:
        session.clock.now += 0.03  # type: ignore[attr-defined]
        session.advance(0.03)
    changes = [before for (_, before), (_, phase) in pairwise(told) if phase is not before]
    assert changes == [Phase.FORWARD, Phase.LOSS, Phase.BACKWARD]
    assert all(words for (_, before), (words, phase) in pairwise(told) if phase is not before)
    assert 0.2 * len(told) < sum(words for words, _ in told) < 0.4 * len(told)


def test_the_cursor_stays_where_the_words_are() -> None:
    """Beside a wave that has gone on: words and marker name one layer."""
    animation = started(depth=50)[0].animation
    animation.play()
    animation.advance(0.5, 1.0)
    state = opened(Experiment(), {})
    told = animation.followed(state, True).cursor
    animation.advance(0.1, 1.0)
    assert animation.followed(state, False).cursor == told < animation.wave.layer
    assert animation.followed(state, True).cursor == animation.wave.layer


def test_within_a_layer_of_the_wave_nothing_is_shown_again() -> None:
    """A frame for each of the few layers, however many pass meanwhile; each with its words."""
    session, _ = started(depth=3)
    shown: list[tuple[int, bool]] = []
    session.changed = lambda words: shown.append((session.animation.wave.layer, words))
    session.animation.play()
    while session.animation.moving:
        session.clock.now += 0.03  # type: ignore[attr-defined]
        session.advance(0.03)
    assert shown == [(layer, True) for layer in (1, 2, 3, 3, 3, 2, 1, 1)]
