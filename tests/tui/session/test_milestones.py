"""When 90 % was first seen: one number on the screen, headless and in JSON, whatever the timing."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine import Trainer, run, verdict
from tests.support.experiments import experiment_of
from tui.session.jobs import Jobs
from tui.session.training_run import TrainingRun
from tui.style.glyphs import ASCII
from tui.views.trace_records import to_json
from tui.views.trace_text import to_text

MOONS = {
    "dataset": "moons",
    "activation": "tanh",
    "learning_rate": 0.03,
    "depth": 2,
    "width": 8,
    "batch_size": 32,
}


@settings(max_examples=settings().max_examples // 6, deadline=None)
@given(
    seconds=st.floats(1e-5, 0.2),
    budgets=st.lists(st.floats(0.001, 0.03), min_size=1, max_size=4),
    hands=st.lists(st.sampled_from(["step", "back", "pause"]), max_size=4),
)
@pytest.mark.heavy
def test_the_screen_s_milestone_is_the_headless_run_s(
    seconds: float, budgets: list[float], hands: list[str]
) -> None:
    """However fast the machine, however long a frame, and whatever keys fall in between."""
    trainer = Trainer(experiment_of(**MOONS))
    live = TrainingRun(trainer, Jobs(), clock=lambda: trainer.step_number * seconds)
    frames = 0
    while live.run.step < 120:
        if frames % 3 == 0 and hands:
            getattr(live, hands.pop())()
        if not live.playing:
            live.play()
        live.work(budgets[frames % len(budgets)])
        frames += 1
    headless = run(experiment_of(**MOONS), 120)
    until = [e for e in live.trace.evaluations if e.step <= 120]
    assert until == list(headless.evaluations)
    found = headless.milestone
    assert found is not None
    assert live.trace.milestone == found
    assert json.loads(to_json(live.trace, verdict(live.trace), ()))["milestone"] == {
        "test_accuracy": 0.9,
        "step": found,
    }
    text = to_text(headless, verdict(headless), 80, ASCII)
    assert f"90% at step {found}" in " ".join(text.split())
