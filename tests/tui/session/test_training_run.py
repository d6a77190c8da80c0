"""A training run at hand, its history and what is kept of it, on a clock that counts steps."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from engine import Run, Trainer, replay, run
from engine.experiment.sections import Training
from tests.support.experiments import experiment_of
from tests.support.session import Later
from tui.session.checkpoints import Checkpoints
from tui.session.jobs import Jobs, at_once
from tui.session.parked_runs import ParkedRuns
from tui.session.training_run import TrainingRun
from tui.words.notices import notice_text

SMALL = {"depth": 4, "width": 8, "batch_size": 16, "activation": "tanh"}


def live_of(spawn: Any = at_once, seconds: float = 0.001, **settings: Any) -> TrainingRun:
    """A run whose every step takes so many seconds by its clock."""
    trainer = Trainer(experiment_of(**{**SMALL, **settings}))
    return TrainingRun(trainer, Jobs(spawn), clock=lambda: trainer.step_number * seconds)


def said(live: TrainingRun) -> str:
    """What there is to say about the last thing that happened."""
    return "; ".join(notice_text(n.code, n.details) for n in live.notices)


def test_a_budget_is_filled_with_steps_and_kept() -> None:
    """At a millisecond a step, fifteen milliseconds are about fifteen of them."""
    live = live_of()
    assert not live.work(0.015)
    live.play()
    taken = []
    for _ in range(12):
        before = live.run.step
        assert live.work(0.015)
        taken.append(live.run.step - before)
    assert taken[0] <= 2
    assert all(10 <= steps <= 16 for steps in taken[6:])
    assert live.steps_per_second == pytest.approx(1000)
    assert live.seconds == pytest.approx(live.run.step / 1000)


def test_what_a_budget_leaves_over_counts_at_the_next() -> None:
    """Where one step fits and a second nearly, not half of the time is lost."""
    live = live_of(seconds=0.01)
    live.play()
    for _ in range(50):
        live.work(0.016)
    assert 70 <= live.run.step <= 90


def test_the_numbers_are_those_of_the_engine_alone() -> None:
    """Bit for bit, whatever the budgets were; the test set's with them after a pause."""
    live = live_of()
    live.play()
    while live.run.step < 40:
        live.work(0.007)
    live.pause()
    expected = run(experiment_of(**SMALL), live.run.step, evaluates=True)
    assert live.trace.loss == expected.loss
    assert (live.trace.delta_norm == expected.delta_norm).all()
    assert live.trace.test_accuracy == expected.test_accuracy
    assert live.run == Run(experiment_of(**SMALL), live.run.step)


def test_it_stops_at_the_step_that_was_asked_for() -> None:
    """Exactly there."""
    live = live_of()
    live.until = 23
    live.play()
    while live.playing:
        live.work(0.01)
    assert live.run.step == live.trace.step == 23


def test_a_slow_network_trains_where_it_is_spawned_and_keys_wait_for_it() -> None:
    """What the screen sees is frozen meanwhile; a change is made when the network is free."""
    later = Later()
    live = live_of(later, seconds=0.5)
    live.play()
    live.work(0.015)
    assert live.is_slow
    live.work(0.015)
    assert live.is_busy
    seen, before = live.trace, live.run
    live.change(replace(live.run.current.training, learning_rate=0.5))
    live.pause()
    assert not live.work(0.015)
    later.jobs[0][0]()
    assert live.trace is seen
    assert live.run == before
    later.jobs.pop(0)[1]()
    assert live.run.step == before.step + 1
    later.run()
    later.run()
    assert not live.is_busy
    assert live.run.current.training.learning_rate == 0.5
    assert live.trace.test_accuracy is not None


def test_a_key_that_waited_finds_the_training_diverged() -> None:
    """It is refused with a word, as it would have been at once."""
    later = Later()
    live = live_of(later, seconds=0.5, activation="linear", learning_rate=1e3)
    live.play()
    while live.playing:
        live.work(0.015)
        live.change(live.run.current.training)
        while later.jobs:
            later.run()
    assert live.trace.divergence is not None
    assert not live.is_busy
    assert "backspace" in said(live)


def test_a_step_back_is_the_very_state_that_was() -> None:
    """Alone, several, and over a change of the settings, which it undoes."""
    live = live_of()
    live.play()
    for _ in range(8):
        live.work(0.015)
    at = live.run.step
    live.back()
    assert live.run.step == at - 1
    assert not live.playing
    assert live.trace.loss == run(experiment_of(**SMALL), at - 1).loss
    live.step()
    live.change(Training(learning_rate=0.7))
    live.step()
    live.step()
    live.back()
    assert live.run == Run(experiment_of(**SMALL), at).changed(Training(learning_rate=0.7)).after(1)
    assert live.trace.loss == replay(live.run).trace.loss
    live.back()
    live.back()
    assert live.run == Run(experiment_of(**SMALL), at - 1)
    assert live.trace.loss == run(experiment_of(**SMALL), at - 1).loss


def test_there_is_no_step_before_the_first_and_none_that_is_not_kept() -> None:
    """Each is said."""
    live = live_of()
    live.back()
    assert said(live) == "this is step 0"
    live.checkpoints = Checkpoints(most_bytes=0)
    live.step()
    live.back()
    assert live.run.step == 1
    assert "backspace" in said(live)


def test_divergence_stops_with_the_last_finite_pass() -> None:
    """The step and the layer in words; nothing more to train, but a way back."""
    live = live_of(activation="linear", learning_rate=1e3)
    live.play()
    for _ in range(50):
        live.work(0.015)
    assert not live.playing
    end = live.trace.divergence
    assert end is not None
    assert np.isfinite(live.trace.delta_norm).all()
    assert f"diverged at step {end.step} in layer {end.layer}" in said(live)
    live.notices = ()
    for refused in (live.play, live.step, lambda: live.change(Training())):
        refused()
        assert not live.playing
        assert "backspace goes to step 0" in said(live)
    live.back()
    assert live.run.step == end.step - 1
    assert live.trace.divergence is None


def test_too_little_memory_is_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    """And the run stands still where it was."""
    live = live_of()
    monkeypatch.setattr("engine.network.cost.available_bytes", lambda: 1000)
    monkeypatch.setattr("engine.network.cost.available_bytes", lambda: 1000)
    live.play()
    live.work(0.01)
    assert not live.playing
    assert not live.is_busy
    assert "of memory" in said(live)
    assert live.run.step == 0


def test_the_parked_gives_back_the_run_that_was_meant() -> None:
    """Of several with the same network the one of that way and step; a slow one may be further."""
    parked = ParkedRuns()
    short, long, changed = live_of(), live_of(), live_of()
    short.step()
    for _ in range(4):
        long.step()
    changed.step()
    changed.change(Training(learning_rate=0.3))
    for live in (long, short, changed):
        parked.put(live)
    start = Run(experiment_of(**SMALL))
    assert parked.take(start.after(7)) is None
    assert parked.take(start.after(1)) is short
    assert parked.take(start.after(1)) is long
    assert parked.take(changed.run) is changed
    assert len(parked) == 0
    small = ParkedRuns(most_bytes=1)
    small.put(long)
    assert len(small) == 0
