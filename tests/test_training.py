"""Training: optimisers, schedules, clipping, runs that can be had again, divergence."""

from __future__ import annotations

import dataclasses
import math
from typing import Any

import numpy as np
import pytest

from engine import Divergence, Experiment, Factors, SettingError, Trace, Trainer, replay, run
from engine.catalogue.optimizers import OPTIMIZERS, Pace
from engine.data.datasets import batch
from engine.experiment.sections import Training
from engine.network.network import NetworkState
from engine.network.norm_operation import RUNNING_SHARE
from engine.numerics.norms import cosine, norm
from engine.training.updates import learning_rate_at
from tests.support import experiment_of

SMALL = {"depth": 4, "width": 8, "batch_size": 32, "activation": "tanh"}
REMEDIED = {
    "activation": "relu",
    "init": "he_normal",
    "norm": "batch",
    "residual": "pre_activation",
}
RUNAWAY = {"activation": "relu", "init": "he_normal", "learning_rate": 10.0, "depth": 5}


def small(**settings: Any) -> Experiment:
    """A network that takes a step in a moment."""
    return experiment_of(**{**SMALL, **settings})


def assert_same(one: Trace, other: Trace) -> None:
    """Every number, bit for bit."""
    for item in dataclasses.fields(Trace):
        mine, theirs = getattr(one, item.name), getattr(other, item.name)
        if isinstance(mine, Factors):
            for factor in dataclasses.fields(Factors):
                np.testing.assert_array_equal(
                    getattr(mine, factor.name), getattr(theirs, factor.name), factor.name
                )
        else:
            np.testing.assert_array_equal(mine, theirs, item.name)


def changed(trainer: Trainer, **settings: Any) -> None:
    """Change training settings on the way."""
    trainer.change(dataclasses.replace(trainer.experiment.training, **settings))


# optimisers

BY_HAND: dict[str, tuple[float, float]] = {
    # two steps from W = 1 with gradients 0.5 and -0.25 at eta 0.1, mu 0.9
    "sgd": (1 - 0.05, 1 - 0.05 + 0.025),
    "momentum": (1 - 0.05, 1 - 0.05 - 0.1 * (0.9 * 0.5 - 0.25)),
    "nesterov": (
        1 - 0.1 * (0.5 + 0.9 * 0.5),
        1 - 0.1 * (0.5 + 0.9 * 0.5) - 0.1 * (-0.25 + 0.9 * (0.9 * 0.5 - 0.25)),
    ),
    "rmsprop": (
        1 - 0.1 * 0.5 / (math.sqrt(0.01 * 0.25) + 1e-8),
        1
        - 0.1 * 0.5 / (math.sqrt(0.01 * 0.25) + 1e-8)
        + 0.1 * 0.25 / (math.sqrt(0.99 * 0.01 * 0.25 + 0.01 * 0.0625) + 1e-8),
    ),
    "adam": (
        1 - 0.1 * 0.5 / (0.5 + 1e-8),
        1
        - 0.1 * 0.5 / (0.5 + 1e-8)
        - 0.1
        * ((0.9 * 0.1 * 0.5 - 0.1 * 0.25) / (1 - 0.81))
        / (math.sqrt((0.999 * 0.001 * 0.25 + 0.001 * 0.0625) / (1 - 0.999**2)) + 1e-8),
    ),
}
BY_HAND["adamw"] = BY_HAND["adam"]


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_two_steps_of_each_optimiser_by_hand(name: str) -> None:
    """Bias correction, eps outside the root, momentum without dampening."""
    entry = OPTIMIZERS[name]
    memory = [np.zeros(1) for _ in entry.memory]
    weight, out = np.ones(1), np.empty(1)
    for count, gradient in enumerate((0.5, -0.25), start=1):
        entry.step(Pace(0.1, 0.9, 0.0, count), np.array([gradient]), memory, out)
        weight -= out
        assert weight[0] == pytest.approx(BY_HAND[name][count - 1], rel=1e-14)


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_the_update_ratio_is_that_of_the_next_step(name: str) -> None:
    """With decay, clipping, warm-up and memory, on every layer, to the last digits."""
    trainer = Trainer(
        small(optimizer=name, weight_decay=0.01, clip_value=0.01, clip_norm=0.05, warmup=7)
    )
    for _ in range(4):
        before = [weight.copy() for weight in trainer.state.parameters.weights]
        predicted = trainer.trace.update_ratio
        trainer.step()
        pairs = zip(trainer.state.parameters.weights, before, strict=True)
        moved = [norm(now - then) / norm(then) for now, then in pairs]
        np.testing.assert_allclose(predicted, moved, rtol=1e-10)


def test_weight_decay_is_coupled_but_for_adamw() -> None:
    """Plain descent with decay subtracts eta (g + lambda W); adamw shrinks W beside adam's step."""
    bare, coupled = (Trainer(small(weight_decay=decay)) for decay in (0.0, 0.5))
    start = bare.state.parameters.flat.copy()
    difference = _after_a_step(bare) - _after_a_step(coupled)
    np.testing.assert_allclose(difference, 0.1 * 0.5 * start, atol=1e-15)
    bare, decoupled = (
        Trainer(small(optimizer="adamw", weight_decay=decay)) for decay in (0.0, 0.5)
    )
    difference = _after_a_step(bare) - _after_a_step(decoupled)
    np.testing.assert_allclose(difference, 0.1 * 0.5 * start, atol=1e-15)


def _after_a_step(trainer: Trainer) -> Any:
    trainer.step()
    return trainer.state.parameters.flat.copy()


def test_a_large_network_is_updated_in_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    """The pieces cut through layers, and change no bit."""
    experiment = small(optimizer="adam", clip_value=0.01, weight_decay=0.1)
    whole = Trainer(experiment)
    monkeypatch.setattr("engine.training.updates.PIECE", 37)
    pieces = Trainer(experiment)
    for _ in range(3):
        whole.step()
        pieces.step()
    assert (whole.state.parameters.flat == pieces.state.parameters.flat).all()
    np.testing.assert_allclose(whole.trace.update_ratio, pieces.trace.update_ratio, rtol=1e-13)


# schedule and clipping


def test_warm_up_rises_to_the_rate_and_cosine_falls_to_0() -> None:
    """(step + 1) / warmup, then half a cosine until schedule_steps, then nothing."""
    training = Training(learning_rate=2.0, schedule="cosine", schedule_steps=110, warmup=10)
    rates = [learning_rate_at(step, training) for step in (0, 4, 9, 10, 35, 60, 110, 999)]
    quarter = 1 + math.sqrt(0.5)
    assert rates == pytest.approx([0.2, 1.0, 2.0, 2.0, quarter, 1.0, 0.0, 0.0])
    constant = Training(learning_rate=2.0, warmup=4)
    assert [learning_rate_at(step, constant) for step in (0, 3, 4, 10**6)] == [0.5, 2, 2, 2]


def test_the_schedule_is_followed() -> None:
    """Once a cosine has ended, nothing moves any more."""
    trainer = Trainer(small(schedule="cosine", schedule_steps=3, learning_rate=0.1))
    rates = [trainer.trace.learning_rate, *(trainer.step().learning_rate for _ in range(3))]
    assert rates == pytest.approx([0.1, 0.075, 0.025, 0.0])
    before = trainer.state.parameters.flat.copy()
    trainer.step()
    assert (trainer.state.parameters.flat == before).all()


def test_clipping_by_norm_and_by_value() -> None:
    """Before and after are recorded, and the step taken is that of the clipped gradient."""
    free = Trainer(small())
    gradient, start = free.state.gradients.flat.copy(), free.state.parameters.flat.copy()
    size = norm(gradient)
    assert free.trace.gradient_norm == free.trace.clipped_gradient_norm == pytest.approx(size)

    limit = size / 3
    by_norm = Trainer(small(clip_norm=limit))
    assert by_norm.trace.gradient_norm == pytest.approx(size)
    assert by_norm.trace.clipped_gradient_norm == pytest.approx(limit, rel=1e-4)
    expected = start - 0.1 * gradient * limit / (size + 1e-6)
    np.testing.assert_allclose(_after_a_step(by_norm), expected, atol=1e-16)

    bound = float(np.abs(gradient).max()) / 4
    by_value = Trainer(small(clip_value=bound))
    clipped = np.clip(gradient, -bound, bound)
    assert by_value.trace.clipped_gradient_norm == pytest.approx(norm(clipped))
    np.testing.assert_allclose(_after_a_step(by_value), start - 0.1 * clipped, atol=1e-16)

    assert Trainer(small(clip_norm=2 * size)).trace.clipped_gradient_norm == size


@pytest.mark.parametrize(
    ("settings", "code"),
    [
        ({"momentum": 0.5}, "momentum_without_use"),
        ({"momentum": 0.5, "optimizer": "adam"}, "momentum_without_use"),
        ({"schedule_steps": 50}, "length_without_end"),
        ({"schedule": "cosine", "schedule_steps": 50, "warmup": 50}, "warmup_exceeds_schedule"),
    ],
)
def test_a_setting_without_use_is_an_error_with_a_sentence(
    settings: dict[str, Any], code: str
) -> None:
    """One line that names the setting and what is allowed."""
    from tui.words.errors import error_text

    with pytest.raises(SettingError) as caught:
        experiment_of(**settings)
    assert caught.value.code == code
    assert "allowed" in error_text(caught.value)


# determinism, runs, snapshots

VARIANTS: list[dict[str, Any]] = [
    {},
    {"optimizer": "adam", "clip_norm": 0.5, "norm": "batch", "residual": "pre_activation"},
    {"optimizer": "nesterov", "clip_value": 0.01, "schedule": "cosine", "dtype": "float32"},
    {"optimizer": "rmsprop", "init": "lsuv", "learning_rate": 0.001, "norm": "layer"},
]


@pytest.mark.parametrize("settings", VARIANTS)
def test_unmeasured_steps_are_the_same_steps(settings: dict[str, Any]) -> None:
    """Nine single steps, and nine of which the last alone is measured."""
    single, together = Trainer(small(**settings)), Trainer(small(**settings))
    for _ in range(9):
        single.step()
    together.advance(9)
    assert together.step_number == 9
    assert_same(single.trace, together.trace)
    assert (single.state.parameters.flat == together.state.parameters.flat).all()
    assert_same(single.evaluate(), together.evaluate())
    assert_same(single.step(), together.step())


@pytest.mark.parametrize("settings", VARIANTS)
def test_a_run_can_be_had_again(settings: dict[str, Any]) -> None:
    """With its changes, optimiser and loss among them, from the value alone."""
    trainer = Trainer(small(**settings))
    trainer.advance(3)
    changed(trainer, learning_rate=0.02)
    changed(trainer, learning_rate=0.03)
    trainer.step()
    changed(trainer, optimizer="momentum", clip_norm=0.3)
    trainer.advance(4)
    changed(trainer, loss="mse")
    changed(trainer, optimizer="adam", learning_rate=0.001)
    changed(trainer, optimizer="momentum", learning_rate=0.04)
    trainer.advance(2)
    assert [change.step for change in trainer.run.changes] == [3, 4, 8, 8, 8]
    again = replay(trainer.run)
    assert again.run == trainer.run
    assert hash(again.run) == hash(trainer.run)
    assert_same(again.trace, trainer.trace)
    assert (again.state.parameters.flat == trainer.state.parameters.flat).all()
    assert_same(again.step(), trainer.step())


def test_changing_the_rate_changes_no_weight_and_no_draw() -> None:
    """The pass stays, the next step is another; the optimiser keeps its memory."""
    trainer, other = (Trainer(small(optimizer="momentum")) for _ in range(2))
    trainer.advance(5)
    other.advance(5)
    before = trainer.trace
    changed(trainer, learning_rate=0.2)
    assert trainer.trace.loss == before.loss
    np.testing.assert_allclose(trainer.trace.update_ratio, 2 * before.update_ratio, rtol=1e-12)
    np.testing.assert_array_equal(trainer.trace.gradient_cosine, before.gradient_cosine)
    start = trainer.state.parameters.flat.copy()
    np.testing.assert_allclose(
        _after_a_step(trainer) - start, 2 * (_after_a_step(other) - start), atol=1e-15
    )


@pytest.mark.parametrize("settings", VARIANTS)
def test_a_snapshot_brings_the_trained_state_back(settings: dict[str, Any]) -> None:
    """In the same trainer and in a new one; what follows is the same to the bit."""
    trainer = Trainer(small(**settings))
    at_start = trainer.snapshot()
    trainer.advance(5)
    changed(trainer, learning_rate=0.01)
    snapshot = trainer.snapshot()
    trainer.advance(3)
    after = trainer.trace
    for mine in (trainer, Trainer(small(**settings))):
        mine.restore(snapshot)
        assert_same(mine.trace, snapshot.trace)
        assert mine.run == snapshot.run
        assert_same(mine.advance(3), after)
        mine.restore(at_start)
        assert_same(mine.step(), Trainer(small(**settings)).step())


def test_a_snapshot_of_another_network_is_refused() -> None:
    """Rather than half restored."""
    snapshot = Trainer(small()).snapshot()
    with pytest.raises(ValueError, match="another network"):
        Trainer(small(activation="relu")).restore(snapshot)


@pytest.mark.parametrize("settings", VARIANTS)
def test_rewinding_draws_nothing(settings: dict[str, Any]) -> None:
    """Step 0 again, the same weights, and the same steps from there."""
    trainer = Trainer(small(**settings))
    start, first = trainer.state.parameters.flat.copy(), trainer.trace
    trainer.advance(5)
    later = trainer.trace
    assert_same(trainer.rewind(), first)
    assert (trainer.state.parameters.flat == start).all()
    assert trainer.run.step == 0
    assert_same(trainer.advance(5), later)
    faster = dataclasses.replace(trainer.experiment.training, learning_rate=0.5)
    assert trainer.rewind(faster).experiment.training == faster


# divergence


def test_divergence_ends_the_training_and_keeps_the_last_finite_pass() -> None:
    """Step by step, or many at once: the same step, layer and Trace."""
    single, together = Trainer(experiment_of(**RUNAWAY)), Trainer(experiment_of(**RUNAWAY))
    while single.diverged is None:
        last = single.trace
        single.step()
        assert single.step_number < 100
    end = single.diverged
    assert 1 < end.step == single.step_number == last.step + 1
    assert end.layer is not None
    assert math.isfinite(single.trace.loss)
    assert_same(dataclasses.replace(single.trace, divergence=None), last)
    together.advance(100)
    assert together.diverged == end
    assert_same(together.trace, single.trace)
    assert_same(run(experiment_of(**RUNAWAY), 1000), single.trace)
    assert replay(single.run).diverged == end

    for move in (single.step, lambda: changed(single, learning_rate=0.1)):
        with pytest.raises(ValueError, match="diverged at step"):
            move()
    assert single.rewind().divergence is None
    assert single.step().step == 1


def test_a_network_that_overflows_from_the_start_has_diverged_at_step_0() -> None:
    """Its Trace is the pass that overflowed: there is none before."""
    trainer = Trainer(experiment_of(init="unit_normal", activation="linear", depth=500))
    assert trainer.diverged == Divergence(0, trainer.trace.first_nonfinite_layer)
    assert trainer.diverged.layer is not None


def test_training_that_does_not_fit_is_refused_before_it_starts(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The first step needs more than the pass: first weights, last gradient, adam's memory."""
    from engine.network.memory import required_bytes

    experiment = small(optimizer="adam")
    needed = required_bytes(experiment) / 0.8 * 1.01
    monkeypatch.setattr("engine.network.memory.available_bytes", lambda: needed)
    trainer = Trainer(experiment)
    with pytest.raises(SettingError):
        trainer.step()


# what a Trace says of the training


def test_displacement_and_cosine_by_hand() -> None:
    """Against the weights at step 0, and the gradient one pass before."""
    trainer = Trainer(small())
    weights, gradients = trainer.state.parameters.weights, trainer.state.gradients.weights
    start = [weight.copy() for weight in weights]
    assert (trainer.trace.displacement == 0).all()
    assert np.isnan(trainer.trace.gradient_cosine).all()
    trainer.advance(3)
    before = [gradient.copy() for gradient in gradients]
    trace = trainer.step()
    for i in range(4):
        moved = np.linalg.norm(weights[i] - start[i]) / np.linalg.norm(start[i])
        assert trace.displacement[i] == pytest.approx(moved, rel=1e-12)
        a, b = before[i].ravel(), gradients[i].ravel()
        angle = a @ b / np.linalg.norm(a) / np.linalg.norm(b)
        assert trace.gradient_cosine[i] == pytest.approx(angle, rel=1e-10)


def test_zeros_have_no_displacement() -> None:
    """A ratio to 0 is nan; the gradients are 0 too."""
    trace = run(small(init="zeros"), 2)
    assert np.isnan(trace.displacement).all()
    assert np.isnan(trace.update_ratio).all()
    assert np.isnan(trace.gradient_cosine).all()


@pytest.mark.parametrize("exponents", [(0, 0), (-200, -250), (200, 180), (-315, 300)])
def test_a_cosine_at_any_magnitude(exponents: tuple[int, int]) -> None:
    """Where the product would underflow or overflow."""
    a, b = np.array([3.0, 4.0]), np.array([4.0, 3.0])
    scaled = a * 10.0 ** exponents[0], b * 10.0 ** exponents[1]
    assert cosine(*scaled) == pytest.approx(0.96, rel=1e-6)
    assert math.isnan(cosine(a, np.zeros(2)))
    single = a.astype(np.float32) * np.float32(1e-30), b.astype(np.float32)
    assert cosine(*single) == pytest.approx(0.96, rel=1e-6)


# evaluation mode


@pytest.mark.parametrize("norm_name", ["none", "layer", "rms"])
@pytest.mark.parametrize("residual", ["none", "post_activation", "pre_activation"])
def test_without_a_batch_norm_evaluation_is_the_same_function(
    norm_name: str, residual: str
) -> None:
    """Any number of samples, layer outputs included, and the pass's own arrays untouched."""
    state = NetworkState(small(norm=norm_name, residual=residual))
    x = np.random.default_rng(0).standard_normal((32, 64))
    expected = state.forward(x).copy()
    seen: list[int] = []
    output = state.evaluate(np.concatenate((x, x, x)), lambda i, h: seen.append(len(h)))
    np.testing.assert_allclose(output, np.concatenate([expected] * 3), atol=1e-13)
    assert seen == [96] * 4
    assert (state.output == expected).all()


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
