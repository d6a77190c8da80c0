"""What is kept for later stays within its bytes, and it is said when something is let go."""

import tracemalloc
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from engine import Trainer
from tests.support.experiments import experiment_of
from tests.support.session import SMALL, scene_of, started
from tui.session import kept
from tui.session.checkpoints import Checkpoints
from tui.session.controller import Controller
from tui.session.jobs import Jobs
from tui.session.kept import held_bytes
from tui.session.parked_runs import ParkedRuns
from tui.session.training_run import TrainingRun
from tui.state.scene import Wants


@contextmanager
def traced() -> Iterator[list[int]]:
    """How many bytes Python has come to hold, once it is over."""
    found: list[int] = []
    tracemalloc.start()
    yield found
    found.append(tracemalloc.get_traced_memory()[0])
    tracemalloc.stop()


@pytest.mark.parametrize("depth", [1, 200])
def test_bytes_are_about_those_that_are_held(depth: int) -> None:
    """Of snapshots, Traces and all, where arrays are small and where they are not."""
    trainer = Trainer(experiment_of(depth=depth, width=4, batch_size=8))
    trainer.step()
    with traced() as found:
        snapshots = []
        for _ in range(4):
            trainer.step()
            snapshots.append(trainer.snapshot())
    assert 0.5 < sum(map(held_bytes, snapshots)) / found[0] < 1.5


def test_small_states_are_counted_with_their_traces() -> None:
    """A network of one unit that trains for hours keeps no more than any other."""
    trainer = Trainer(experiment_of(depth=1, width=1, batch_size=8))
    states = Checkpoints(most_bytes=100_000)
    for _ in range(60):
        trainer.step()
        states.keep(trainer.snapshot())
    assert 5 < len(states) < 25
    assert states.bytes <= 100_000


def trained(**settings: object) -> TrainingRun:
    """A run of a few steps, with states to go back to."""
    live = TrainingRun(Trainer(experiment_of(**{**SMALL, **settings})), Jobs())
    for _ in range(5):
        live.step()
    return live


def test_parked_runs_stay_within_their_bytes() -> None:
    """The oldest give way: first what they could go back to, then they themselves."""
    runs = [trained(seed=seed) for seed in range(6)]
    network = runs[0].bytes - runs[0].checkpoints.bytes
    data = held_bytes(runs[0].trainer.split)
    parked = ParkedRuns(most_bytes=4 * network + 6 * data)
    for live in runs:
        parked.put(live)
        assert parked.bytes <= 4 * network + 6 * data
        assert live in parked
    assert 1 < len(parked) < 6
    assert runs[0] not in parked
    assert not len(runs[-2].checkpoints)


def key(controller: Controller, *actions: str) -> list[str]:
    """What is said after those keys."""
    for action in actions:
        controller.act(action)
    return [said.code for said in controller.session.state.notices]


def test_what_is_let_go_is_said_and_undo_does_not_promise_it() -> None:
    """An older run beside the new one, and a run that alone is too large."""
    session, controller = started({"view": "training"})
    parked = session.training.parked
    assert key(controller, "step_forward", "new_seed") == ["restarted"]
    session.training.parked = ParkedRuns(most_bytes=3 * parked.bytes // 2)
    assert key(controller, "step_forward", "new_seed") == ["restarted"]
    assert key(controller, "step_forward", "new_seed") == ["let_go_for_it"]
    assert key(controller, "undo") == []
    assert session.state.run.step == 1
    session.training.parked = ParkedRuns(most_bytes=0)
    assert key(controller, "deeper") == ["not_kept"]
    assert key(controller, "undo") == ["weights_gone"]
    assert session.state.run.step == 0
    assert scene_of(session).trace.step == 0


def test_a_network_that_was_inspected_is_not_kept_for_ever() -> None:
    """Only as long as it is the one on the screen."""
    session, controller = started()
    wants = Wants(layers=frozenset({1}))
    assert scene_of(session, wants).inspections
    assert session.inspections._trainer is not None
    controller.act("deeper")
    scene_of(session)
    assert session.inspections._trainer is None


def test_all_that_is_kept_is_small() -> None:
    """Beside the network on the screen, its data, and the program itself."""
    assert kept.PARKED_RUNS + kept.CHECKPOINTS + kept.TRACES + kept.INSPECTIONS == 64 * 2**20
