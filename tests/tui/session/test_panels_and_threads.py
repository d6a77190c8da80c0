"""The session beside panels and threads: nothing stale is shown, and the newest wish wins."""

from typing import Any

import numpy as np
import pytest

from tests.support.experiments import experiment_of
from tests.support.session import SMALL, Clock, scene_of, started
from tui.charts.painter import Painter
from tui.config.command_line import opened
from tui.session.controller import Controller
from tui.session.session import Session
from tui.state.actions import ACTIONS
from tui.state.edits import Edit, attempt
from tui.state.motion import MOTIONS
from tui.state.notices import notice
from tui.state.scene import Waiting, Wants
from tui.style.glyphs import BLOCKS
from tui.style.palette import Palette
from tui.views.screen_lines import screen_lines


def test_what_is_set_beside_a_panel_is_drawn_on_the_axis_that_stays() -> None:
    """The last scene that is told has the axis that holds the run."""
    session, _ = started()
    axes = []
    session.changed = lambda words: axes.append(scene_of(session).axis)
    session.open_panel()
    session.set_state(session.state.edited(attempt(session.state.experiment, init="small_normal")))
    session.close_panel()
    assert axes[-1] == session.axis
    assert session.axis is not None
    assert session.axis.low < np.log10(scene_of(session).trace.delta_norm.min())


def test_what_is_taken_from_a_panel_is_drawn_on_an_axis_that_holds_it() -> None:
    """Though it was shown before it was taken."""
    session, _ = started()
    wanted = experiment_of(**{**SMALL, "depth": 60, "init": "small_normal"})
    session.open_panel()
    session.preview(wanted)
    session.close_panel(session.state.edited(Edit(wanted)))
    trace = scene_of(session).trace
    assert trace.experiment == session.state.experiment == wanted
    assert session.axis is not None
    assert session.axis.low < np.log10(trace.delta_norm[trace.delta_norm > 0].min())


def test_what_is_tried_is_about_what_was_set_beside_the_panel() -> None:
    """Remedies, seeds and the key that makes the best change."""
    session, controller = started(init="small_normal")
    for _ in range(60):
        controller.tick()
    assert session.trials.remedies
    session.open_panel()
    healthy = attempt(session.state.experiment, init="xavier_normal", activation="linear")
    session.set_state(session.state.edited(healthy))
    session.close_panel()
    assert session.is_healthy
    assert scene_of(session).remedies == ()
    controller.act("apply_remedy")
    assert session.state.experiment == healthy.experiment
    assert session.state.notices == (notice("nothing_to_repair"),)


def test_a_preview_shows_nothing_that_was_tried_of_another_network() -> None:
    """Neither its remedies nor the band of its seeds; they are back when the panel closes."""
    session, controller = started(init="small_normal")
    session.trials.wants_seeds = True
    for _ in range(60):
        controller.tick()
    assert scene_of(session).remedies
    assert scene_of(session).band is not None
    session.open_panel()
    session.preview(experiment_of(**{**SMALL, "activation": "relu"}))
    assert scene_of(session).remedies is None
    assert scene_of(session).band is None
    session.close_panel()
    assert scene_of(session).remedies
    assert scene_of(session).band is not None


def slow_session(
    monkeypatch: pytest.MonkeyPatch, **settings: Any
) -> tuple[Session, Controller, list[Any]]:
    """A session whose passes and networks take a thread, and what the threads are to do."""
    monkeypatch.setattr("tui.session.trace_cache.is_short", lambda experiment: False)
    monkeypatch.setattr("tui.session.current_run.is_short", lambda experiment: False)
    jobs: list[Any] = []
    state = opened(experiment_of(**{**SMALL, **settings}), {})
    session = Session(state, Clock(), spawn=lambda work, done: jobs.append((work, done)))
    session.start()
    return session, Controller(session, lambda action: action), jobs


def deliver(jobs: list[Any]) -> None:
    """The oldest thread comes back."""
    work, done = jobs.pop(0)
    work()
    done()


def test_a_panel_that_closes_before_the_first_pass_has_come(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """What was previewed meanwhile has an axis, and gives way to what is set."""
    session, _, jobs = slow_session(monkeypatch)
    session.open_panel()
    session.preview(experiment_of(**{**SMALL, "depth": 3}))
    deliver(jobs)
    deliver(jobs)
    assert scene_of(session).trace.depth == 3
    session.close_panel()
    assert scene_of(session).trace.depth == SMALL["depth"]
    assert not scene_of(session).computing


def test_a_network_is_made_in_a_thread_though_its_trace_is_known(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Making it takes as long as its first pass."""
    session, controller, jobs = slow_session(monkeypatch)
    deliver(jobs)
    controller.act("train")
    assert len(jobs) == 1
    assert session.training.run is None
    assert scene_of(session).computing


def test_reduced_motion_does_not_swallow_what_a_thread_brings(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """While a training is playing beside a panel."""
    session, controller, jobs = slow_session(monkeypatch)
    session.motion = MOTIONS["reduced"]
    deliver(jobs)
    controller.act("train")
    deliver(jobs)
    assert session.training.run is not None
    assert session.training.run.playing
    told: list[bool] = []
    session.changed = told.append
    session.open_panel()
    session.preview(experiment_of(**{**SMALL, "depth": 3}))
    told.clear()
    deliver(jobs)
    assert told
    assert scene_of(session).trace.depth == 3


def test_a_change_that_was_undone_while_the_network_was_busy_is_undone() -> None:
    """The newest wish wins, also over one that still waits."""
    session, controller = started()
    jobs: list[Any] = []
    controller.act("train")
    run = session.training.run
    assert run is not None
    session.jobs._spawn = lambda work, done: jobs.append((work, done))
    run.step_seconds = 1.0
    controller.tick()
    assert run.is_busy
    rate = session.state.experiment.training.learning_rate
    controller.act("faster_learning")
    controller.act("undo")
    run.playing = False
    while jobs:
        deliver(jobs)
    assert run.run.current.training.learning_rate == rate
    assert session.state.experiment.training.learning_rate == rate


def test_a_diagnosis_that_fails_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    """Too little memory, in the line below."""

    def fail(trace: Any) -> None:
        raise MemoryError

    monkeypatch.setattr("engine.diagnosis.diagnosis.diagnose", fail)
    session, _ = started()
    session.diagnose()
    assert session.state.notices == (notice("no_memory"),)
    assert scene_of(session).diagnosis is None


def test_where_nothing_can_be_measured_nothing_is_computing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The screen says why, instead of waiting for ever."""

    def fail(_: Any) -> None:
        raise MemoryError

    session = Session(opened(experiment_of(**SMALL), {}), Clock())
    monkeypatch.setattr(session.traces, "measure", fail)
    session.start()
    waiting = session.scene(Wants())
    assert isinstance(waiting, Waiting)
    lines = screen_lines(Painter(Palette(), BLOCKS), waiting, ACTIONS, 80)
    assert "not enough memory" in lines["why"].plain
    assert lines["verdict"].plain == ""
    Controller(session, str).act("apply_remedy")
    assert session.state.notices == (notice("nothing_measured"),)
