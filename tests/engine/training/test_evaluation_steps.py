"""The test set is asked at fixed steps, however one gets there."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine import Experiment, Trainer, run
from engine.training.evaluation_steps import is_evaluated, spacing
from tests.support.training import changed, small

MOONS = {"dataset": "moons", "learning_rate": 0.03, "depth": 2}


def expected(experiment: Experiment, steps: int) -> list[tuple[int, float | None]]:
    """Of single steps, each evaluated by hand."""
    trainer, found = Trainer(experiment), []
    for step in range(1, steps + 1):
        trainer.step()
        if is_evaluated(step):
            found.append((step, trainer.evaluate().test_accuracy))
    return found


def test_the_steps_are_a_fixed_grid() -> None:
    """Dense where most happens; farther apart where the test set is large beside a batch."""
    steps = [step for step in range(2001) if is_evaluated(step)]
    assert steps == [*range(10, 200, 10), *range(200, 1000, 50), *range(1000, 2001, 200)]
    assert [step for step in range(6001) if is_evaluated(step, 3)] == [3 * step for step in steps]
    # a run of any length has few: each Trace holds them all
    assert sum(map(is_evaluated, range(100_001))) == 19 + 16 + 46 + 90
    assert [spacing(*sizes) for sizes in ((0, 1), (360, 128), (360, 32), (20000, 128))] == [
        *(1, 1, 2, 39)
    ]


@settings(max_examples=settings().max_examples // 6, deadline=None)
@given(st.lists(st.integers(1, 60), min_size=1, max_size=6), st.booleans())
@pytest.mark.heavy
def test_the_milestone_is_the_same_however_the_steps_are_taken(
    pieces: list[int], goes_back: bool
) -> None:
    """In pieces, there and back by a snapshot, and in one go."""
    experiment, steps = small(**MOONS), 120
    trainer = Trainer(experiment)
    for piece in pieces:
        kept = trainer.snapshot()
        trainer.advance(min(piece, steps - trainer.step_number))
        if goes_back:
            trainer.restore(kept)
            assert trainer.trace.evaluations == kept.trace.evaluations
            trainer.advance(min(piece, steps - trainer.step_number))
    trainer.advance(steps - trainer.step_number)
    in_one_go = run(experiment, steps)
    assert trainer.trace.evaluations == in_one_go.evaluations
    assert trainer.trace.milestone == in_one_go.milestone


def test_evaluations_are_those_of_their_steps_and_end_where_the_run_does() -> None:
    """Kept over a change of settings, gone at step 0, none without a test set."""
    experiment = small(**MOONS)
    trainer = Trainer(experiment)
    trainer.advance(120)
    seen = [(e.step, e.accuracy) for e in trainer.trace.evaluations]
    assert seen == expected(experiment, 120)
    good = [step for step, accuracy in seen if accuracy is not None and accuracy >= 0.9]
    assert trainer.trace.milestone == good[0]
    before = trainer.trace.evaluations
    changed(trainer, learning_rate=0.01)
    assert trainer.trace.evaluations == before
    assert trainer.rewind().evaluations == ()
    assert trainer.trace.milestone is None
    untested = Trainer(replace(experiment, data=replace(experiment.data, test_fraction=0.0)))
    untested.advance(20)
    assert untested.trace.milestone is None


def test_a_run_that_diverges_keeps_what_was_measured_before() -> None:
    """Nothing is evaluated at the step that is not finite."""
    trainer = Trainer(small(activation="linear", learning_rate=3.0, dataset="moons", depth=8))
    trainer.advance(400)
    assert trainer.diverged is not None
    assert all(e.step < trainer.diverged.step for e in trainer.trace.evaluations)
    assert len(trainer.trace.evaluations) == (trainer.diverged.step - 1) // 10


@pytest.mark.parametrize("loss", ["mse", "probe"])
def test_a_loss_without_classes_has_no_milestone(loss: str) -> None:
    """There is no accuracy to reach."""
    trace = run(small(loss=loss, dataset="gaussian"), 30)
    assert trace.milestone is None
