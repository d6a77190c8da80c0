"""A monkey changes the state: it stays valid, every way leads back, and what it found once."""

import random

import pytest

from engine import Run
from engine.diagnosis.remedies import candidates
from tests.support import state_monkey
from tests.support.experiments import experiment_of
from tests.support.heavy import cases
from tests.support.monkey import seed_of, shrunk
from tui.state.actions import BY_ID
from tui.state.presets import PRESETS
from tui.state.state import SHARED, State, initial_state
from tui.state.ways import Way, way_of


def act(state: State, *actions: str) -> State:
    """What the keys of those actions lead to."""
    for action in actions:
        apply = BY_ID[action].apply
        assert apply is not None
        state = apply(state)
    return state


@pytest.mark.parametrize(
    ("seed", "count"),
    cases([(0, 600), *((seed, 25_000) for seed in range(1, 5))], lambda c: not c[0]),
)
def test_any_transitions_leave_a_valid_state(seed: int, count: int) -> None:
    """Settings legal, fields within their domains, ways back, and the same through any text."""
    seed = seed_of(seed)
    steps = state_monkey.steps(count, seed)
    if state_monkey.fails(steps):
        least = shrunk(steps, state_monkey.fails)
        print(f"seed {seed}, the fewest steps: {least}; MONKEY_SEED={seed} has them all again")
        state_monkey.play(least, state_monkey.CHECKS)


def test_shrinking_keeps_what_it_takes() -> None:
    """Of a hundred steps the two that fail together, in their order."""
    steps = list(range(100))
    random.Random(1).shuffle(steps)
    needed = [step for step in steps if step in (17, 71)]
    assert shrunk(steps, lambda left: {17, 71} <= set(left)) == needed


def test_a_picture_that_the_data_do_not_have_gives_way() -> None:
    """The copied command names none that would be refused."""
    preset = PRESETS["spiral-depth-3"]
    state = initial_state(preset.experiment)
    state = act(state, "view_training", "next_picture")
    assert state.picture == "boundary"
    state = act(state, "next_dataset")
    assert state.experiment.data.dataset == "gaussian"
    assert SHARED["picture"].domain(state.experiment).check("picture", state.picture)


def test_a_change_that_is_taken_back_before_a_step_is_none() -> None:
    """So that the steps still fit in a command line."""
    trained = initial_state(experiment_of())
    trained = act(state_monkey.trained(trained, 40), "faster_learning")
    assert len(trained.run.changes) == 1
    assert act(trained, "slower_learning").run == Run(experiment_of(), 40)
    assert act(trained, "undo").run == Run(experiment_of(), 40)
    assert act(trained, "undo", "redo").run == trained.run
    # an optimiser that came and went emptied its memory
    assert len(act(state_monkey.trained(trained, 1), "next_optimizer", "undo").run.changes) == 3


def test_the_end_of_a_ring_is_a_whole_round_from_outside() -> None:
    """Too many presses, and never none."""
    outside = experiment_of(activation="hard_tanh", init="lsuv")
    ways = {(c.setting, c.value): way_of(outside, c) for c in candidates(outside)}
    assert ways["activation", "gelu"] == Way("pick_activation")
    assert ways["activation", "relu"] == Way("next_activation", 3)
