"""States of a training run that are kept."""

from engine import Trainer
from tests.support.experiments import experiment_of
from tui.session.checkpoints import Checkpoints
from tui.session.kept import held_bytes

SMALL = {"depth": 4, "width": 8, "batch_size": 16, "activation": "tanh"}


def test_kept_states_give_way_from_the_oldest_on() -> None:
    """By the bytes that they hold."""
    trainer = Trainer(experiment_of(**SMALL))
    trainer.step()
    each = held_bytes(trainer.snapshot())
    kept = Checkpoints(most_bytes=3 * each)
    for _ in range(5):
        kept.keep(trainer.snapshot())
        trainer.step()
    assert len(kept) == 3
    assert kept.before(3) is None
    last = kept.before(100)
    assert last is not None
    assert last.run.step == 5
    kept.drop_from(4)
    assert len(kept) == 1
