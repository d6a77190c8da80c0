"""Evaluation of a network in training."""

import numpy as np

from engine import Trainer
from engine.data.datasets import batch
from engine.network.norm_operation import RUNNING_SHARE
from tests.support.experiments import experiment_of
from tests.support.training import small

REMEDIED = {
    "activation": "relu",
    "init": "he_normal",
    "norm": "batch",
    "residual": "pre_activation",
}


def test_running_statistics_follow_the_batches() -> None:
    """A tenth of each new batch, the variance unbiased; evaluation normalises by them."""
    trainer = Trainer(small(norm="batch", residual="pre_activation", depth=1, width=64))
    norm_layer = trainer.state.batch_norm
    assert norm_layer is not None
    mean, variance = np.zeros(64), np.ones(64)
    for step in range(3):
        if step:
            trainer.step()
        # the first norm sees the batch itself
        batch_x = batch(trainer.split, 32, 0, step).x
        mean += RUNNING_SHARE * (batch_x.mean(axis=0) - mean)
        variance += RUNNING_SHARE * (batch_x.var(axis=0, ddof=1) - variance)
    np.testing.assert_allclose(norm_layer.running[0], mean, atol=1e-14)
    np.testing.assert_allclose(norm_layer.running[1], variance, rtol=1e-12)
    one = trainer.outputs(trainer.split.test.x[:1])
    np.testing.assert_allclose(one, trainer.outputs(trainer.split.test.x)[:1], rtol=1e-10)


def test_test_accuracy_is_measured_on_the_test_set_on_demand() -> None:
    """None until asked for; training on does not carry a stale number along."""
    trainer = Trainer(small(activation="relu", init="he_normal"))
    trainer.advance(200)
    assert trainer.trace.test_accuracy is None
    trace = trainer.evaluate()
    test = trainer.split.test
    right = trainer.outputs(test.x).argmax(axis=1) == test.labels
    assert trace.test_accuracy == right.mean() > 0.5
    assert trace is trainer.trace
    assert trace.test_loss is not None
    assert trainer.step().test_accuracy is None
    assert Trainer(small(test_fraction=0.0)).evaluate().test_accuracy is None
    regression = Trainer(small(loss="mse")).evaluate()
    assert regression.test_accuracy is None
    assert regression.test_loss is not None
    assert Trainer(small(loss="probe")).evaluate().test_loss is None


def test_batch_norm_trains_and_tests_alike() -> None:
    """A remedied net that has learned its batches does well in evaluation mode too."""
    trainer = Trainer(experiment_of(**REMEDIED, depth=5, width=32))
    trainer.advance(150)
    assert (trainer.evaluate().test_accuracy or 0) > 0.85
