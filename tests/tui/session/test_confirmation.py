"""The cause on the screen: the largest share at once, and what removals show when they have run."""

import pytest

from engine import run, verdict
from engine.diagnosis.removal import confirm, removals
from tests.support.experiments import experiment_of
from tests.support.session import SMALL, Clock, Later, scene_of, started
from tui.config.command_line import opened
from tui.session.controller import Controller
from tui.session.session import Session
from tui.state.motion import MOTIONS

ODDS = {"activation": "elu", "init": "unit_normal", "norm": "layer", "norm_position": "post"}
ODDS_DEEP = {**ODDS, "depth": 50, "width": 32}


@pytest.mark.heavy
def test_the_shares_cause_stands_until_removals_have_run() -> None:
    """The key shows a verdict at once; frame by frame the removals run, and another scene tells."""
    session, controller = started(**ODDS_DEEP)
    trace = scene_of(session).trace
    assert scene_of(session).verdict == verdict(trace)
    told: list[bool] = []
    session.changed = told.append
    count = len(removals(trace.ours))
    for _ in range(count):
        assert scene_of(session).verdict == verdict(trace)
        assert controller.is_active
        controller.tick()
    assert told[-1]
    assert scene_of(session).verdict == confirm(trace) != verdict(trace)
    session.diagnose()
    found = scene_of(session).diagnosis
    assert found is not None
    assert found.verdict == confirm(trace)


def test_another_run_s_cause_is_its_own() -> None:
    """Neither a trained network's nor a preview's is that of the run before."""
    session, controller = started(init="small_normal")
    for _ in range(60):
        controller.tick()
    assert scene_of(session).verdict.confirmation is not None
    controller.act("step_forward")
    controller.act("train")
    controller.tick()
    assert scene_of(session).trace.step > 0
    assert scene_of(session).verdict.confirmation is None
    controller.act("rewind")
    session.open_panel()
    session.preview(experiment_of(**{**SMALL, "init": "small_normal", "depth": 5}))
    assert scene_of(session).verdict.confirmation is None


def test_a_slow_network_s_removals_run_in_threads(monkeypatch: pytest.MonkeyPatch) -> None:
    """By themselves, one after another; a frame starts each, and none comes while it runs."""
    monkeypatch.setattr("tui.session.jobs.KEY_SECONDS", -1.0)
    later = Later()
    session = Session(
        opened(experiment_of(**{**SMALL, "init": "small_normal"}), {}), Clock(), later
    )
    controller = Controller(session, lambda action: action)
    session.motion = MOTIONS["reduced"]
    session.start()
    later.run()
    trace = scene_of(session).trace
    for _ in removals(trace.ours):
        assert scene_of(session).verdict == verdict(trace)
        assert controller.is_active
        controller.tick()
        assert not controller.is_active
        later.run()
    assert scene_of(session).verdict == confirm(trace)
    assert later.jobs == []
    assert not controller.is_active


@pytest.mark.heavy
def test_beyond_the_budget_the_shares_decide() -> None:
    """Nothing is run for a network whose removals take too long."""
    session, _ = started(init="small_normal")
    assert session.trials.wants_removals
    large = run(experiment_of(init="small_normal", depth=1000, width=64, batch_size=8))
    session.trials.attend(large)
    assert not session.trials.wants_removals
