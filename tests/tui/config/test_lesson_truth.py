"""What lessons say without a number holds in the network that is beside it, with three seeds."""

import numpy as np
import pytest

from engine import Experiment, Trace, Trainer, run, verdict
from engine.diagnosis.remedies import remedies
from engine.training.displacement import STILL
from tui.config.lessons import read_lesson
from tui.state.actions import BY_ID
from tui.state.presets import PRESETS, REMEDIES
from tui.state.state import initial_state
from tui.words.language import ENGLISH

SEEDS = (0, 1, 2)


def experiment_of_step(lesson: str, step: int) -> Experiment:
    """What a step sets."""
    found = read_lesson(lesson, ENGLISH).steps[step - 1].experiment
    assert found is not None
    return found


def seeds_of(lesson: str, step: int) -> list[Experiment]:
    """The same, drawn anew."""
    return [experiment_of_step(lesson, step).with_settings(seed=seed) for seed in SEEDS]


def accuracy(trace: Trace) -> float:
    """On the test set, which there is."""
    assert trace.test_accuracy is not None
    return trace.test_accuracy


def likeness(experiment: Experiment) -> list[float]:
    """The mean cosine between the digits of a batch after each layer of a ReLU network.

    A plain one, or one with BatchNorm and pre-activation skips.
    """
    trainer, found = Trainer(experiment), []
    h = trainer.split.train.x[:128]
    for weights in trainer.state.parameters.weights:
        if experiment.network.norm == "batch":
            normed = (h - h.mean(axis=0)) / np.sqrt(h.var(axis=0) + 1e-5)
            h = h + np.maximum(normed, 0.0) @ np.asarray(weights).T
        else:
            h = np.maximum(h @ np.asarray(weights).T, 0.0)
        length = np.linalg.norm(h, axis=1, keepdims=True)
        unit = h / np.where(length == 0, 1.0, length)
        found.append(float((unit @ unit.T)[np.triu_indices(len(h), 1)].mean()))
    return found


@pytest.mark.heavy
def test_digits_look_more_alike_from_layer_to_layer_of_relu() -> None:
    """Lesson 6: and more units are dead; lesson 10: after a hundred, but with remedies not."""
    for experiment in seeds_of("relu", 3):
        alike = likeness(experiment)
        assert alike[0] < alike[9] < alike[-1]
        dead = run(experiment).dead_fraction
        assert dead[:5].mean() < dead[-5:].mean()
    plain, remedied = seeds_of("together", 1), seeds_of("together", 3)
    assert all(likeness(experiment)[-1] > 0.95 for experiment in plain)
    assert all(likeness(experiment)[-1] < 0.5 for experiment in remedied)


@pytest.mark.heavy
def test_skips_save_sigmoid_and_are_recommended_and_explode_with_relu_and_he() -> None:
    """Lesson 8: both remedies are in the app, and do not contradict each other."""
    for experiment in seeds_of("skips", 1):
        first = remedies(run(experiment))[0].candidate
        assert first.setting == "residual"
        saved = run(experiment.with_settings(residual="post_activation"))
        assert verdict(saved).kind == "healthy"
        assert saved.factors.branch[1:].max() < 0.5
    assert PRESETS["remedy-skips"] in REMEDIES
    for experiment in seeds_of("skips", 2):
        grown = run(experiment.with_settings(residual="pre_activation"))
        assert verdict(grown).kind == "exploding"
        assert grown.factors.branch[1:].min() > 0.5


@pytest.mark.heavy
def test_skips_and_batch_norm_explode_alone_and_not_together() -> None:
    """Lesson 10, in a hundred layers; a branch is the smaller beside the skip the deeper it is."""
    for experiment in seeds_of("together", 2):
        for alone in ({"norm": "batch"}, {"residual": "pre_activation"}):
            assert verdict(run(experiment.with_settings(**alone))).kind == "exploding"
        both = run(experiment.with_settings(norm="batch", residual="pre_activation"))
        assert verdict(both).kind == "healthy"
        branch = both.factors.branch
        assert branch[-20:].mean() < branch[20:40].mean() < branch[2:10].mean()
        assert both.activation_rms[-1] > both.activation_rms[1]


def test_keys_do_what_texts_say_of_them() -> None:
    """i from small_normal is a hundred times as large; r twice is h + W phi(h); a twice is ReLU."""
    state = initial_state(experiment_of_step("weights", 5))
    small = run(state.experiment).weight_norm
    change = BY_ID["next_init"].apply
    assert change is not None
    assert run(change(state).experiment).weight_norm == pytest.approx(100 * small)
    state = initial_state(experiment_of_step("skips", 2))
    for _ in range(2):
        turn = BY_ID["next_residual"].apply
        assert turn is not None
        state = turn(state)
    assert state.experiment.network.residual == "pre_activation"


def test_four_times_as_many_units_change_hardly_anything_with_xavier() -> None:
    """Lesson 4: each weight is half as large; what layer 1 gets is of the same size."""
    for narrow in seeds_of("weights", 4):
        wide = narrow.with_settings(width=4 * narrow.network.width)
        sizes, shares = [], []
        for experiment in (narrow, wide):
            trace, width = run(experiment), experiment.network.width
            sizes.append(trace.weight_norm[1:].mean() / width)
            shares.append(np.log10(trace.output_grad_norm[0] / trace.output_grad_norm[-1]))
            assert sizes[-1] == pytest.approx(width**-0.5, rel=0.02)
        assert sizes[1] == pytest.approx(sizes[0] / 2, rel=0.02)
        assert abs(shares[1] - shares[0]) < 1


@pytest.mark.heavy
@pytest.mark.parametrize("seed", SEEDS)
def test_what_training_shows_does_not_hang_on_a_seed(seed: int) -> None:
    """Lessons 5 and 10: who stands still, who guesses, who learns."""
    experiment = experiment_of_step("consequences", 1).with_settings(seed=seed)
    deep = run(experiment, 200, evaluates=True)
    still = deep.displacement < STILL
    assert still[:12].all()
    assert not still[17:].any()
    assert accuracy(deep) < 0.2
    shallow = run(experiment.with_settings(depth=3), 200, evaluates=True)
    assert accuracy(shallow) > 0.7
    plain = experiment_of_step("together", 1).with_settings(seed=seed)
    trained = run(plain, 50, evaluates=True)
    assert accuracy(trained) < 0.25
    if plain == experiment_of_step("together", 1):
        assert verdict(trained).kind == "healthy"
    remedied = plain.with_settings(norm="batch", residual="pre_activation")
    assert accuracy(run(remedied, 50, evaluates=True)) > 0.7


@pytest.mark.heavy
@pytest.mark.parametrize("seed", SEEDS)
def test_only_the_depth_decides_about_the_spiral(seed: int) -> None:
    """Lesson 5: its steps differ in nothing else; with skips as many layers do better."""
    one, three = (experiment_of_step("consequences", step) for step in (4, 5))
    assert one.with_settings(depth=three.network.depth) == three
    deep = three.with_settings(depth=three.network.depth + 20)

    def learned(experiment: Experiment) -> float:
        return accuracy(run(experiment.with_settings(seed=seed), 1000, evaluates=True))

    assert learned(three) > 0.9 > 0.85 > learned(one)
    assert abs(learned(deep) - 0.5) < 0.05
    assert verdict(run(deep.with_settings(seed=seed))).kind == "vanishing"
    assert learned(deep.with_settings(residual="post_activation")) > 0.8
