"""The gallery's presets that train: each learns what its line claims, in the steps it claims."""

import math
from collections.abc import Callable

import pytest

from engine import Trainer, run
from tui.state.presets import PRESETS


def accuracy_after(name: str, steps: int = 1000) -> float:
    """On the test set."""
    return run(PRESETS[name].experiment, steps, evaluates=True).test_accuracy or 0.0


def spiral_depth_1() -> None:
    """Between a coin and 70 %."""
    assert accuracy_after("spiral-depth-1") < 0.7


def spiral_depth_3() -> None:
    """Separated."""
    assert accuracy_after("spiral-depth-3") >= 0.95


def spiral_sigmoid_20() -> None:
    """A coin, and a first layer that did not move beside the last one."""
    trace = run(PRESETS["spiral-sigmoid-20"].experiment, 1000, evaluates=True)
    assert trace.test_accuracy == pytest.approx(0.5, abs=0.05)
    assert trace.displacement[0] < 1e-4 < 0.1 < trace.displacement[-1]


def spiral_plain_50() -> None:
    """A coin, to whichever step."""
    trace = run(PRESETS["spiral-plain-50"].experiment, 1000)
    assert trace.milestone is None
    assert trace.evaluations[-1].accuracy == pytest.approx(0.5, abs=0.05)


def spiral_remedied_50() -> None:
    """90 % on the way, the best of the last steps above it too."""
    trace = run(PRESETS["spiral-remedied-50"].experiment, 1000)
    assert trace.milestone is not None
    assert max(e.accuracy or 0.0 for e in trace.evaluations[-4:]) >= 0.9


def steps_to_90(depth: int, kind: str, within: int) -> float:
    """The steps to 90 % of the test digits as the screen names them; inf without."""
    milestone = run(PRESETS[f"digits-{depth}-{kind}"].experiment, within).milestone
    return math.inf if milestone is None else milestone


def digits_3_plain() -> None:
    """20 steps."""
    assert steps_to_90(3, "plain", 100) == 20


def digits_10_plain() -> None:
    """120 steps."""
    assert steps_to_90(10, "plain", 200) == pytest.approx(120, abs=20)


def digits_30_plain() -> None:
    """More than 300 steps; how many is up to the rounding of the BLAS at hand.

    At 0.1 it does not come that far.
    """
    assert steps_to_90(30, "plain", 300) == math.inf
    higher = PRESETS["digits-30-plain"].experiment.with_settings(learning_rate=0.1)
    assert (run(higher, 490, evaluates=True).test_accuracy or 0.0) < 0.5


def digits_50_plain() -> None:
    """Never; below 50 % at the end."""
    trace = run(PRESETS["digits-50-plain"].experiment, 1000)
    assert trace.milestone is None
    assert (trace.evaluations[-1].accuracy or 0.0) < 0.5


def digits_3_remedied() -> None:
    """40 steps."""
    assert steps_to_90(3, "remedied", 100) == 40


def digits_10_remedied() -> None:
    """50 steps."""
    assert steps_to_90(10, "remedied", 100) == pytest.approx(50, abs=10)


def digits_30_remedied() -> None:
    """60 steps."""
    assert steps_to_90(30, "remedied", 100) == pytest.approx(60, abs=10)


def digits_50_remedied() -> None:
    """60 steps."""
    assert steps_to_90(50, "remedied", 100) == pytest.approx(60, abs=10)


def digits_50_bypassed() -> None:
    """97 % by the read-out alone: no hidden weight has moved from 0, nor a branch opened."""
    trainer = Trainer(PRESETS["digits-50-bypassed"].experiment)
    trainer.advance(300)
    assert (trainer.evaluate().test_accuracy or 0.0) == pytest.approx(0.97, abs=0.01)
    assert (trainer.trace.weight_norm == 0).all()
    assert (trainer.trace.activation_rms == trainer.trace.activation_rms[0]).all()


def race_remedies() -> None:
    """90 % at step 50; what it trains beside is at chance there, and still at step 200."""
    preset = PRESETS["race-remedies"]
    assert preset.rival is not None
    assert run(preset.rival, 60).milestone == pytest.approx(50, abs=10)
    trace = run(preset.experiment, 200)
    assert max(e.accuracy or 0.0 for e in trace.evaluations) < 0.2


CLAIMS: dict[str, Callable[[], None]] = {
    claim.__name__.replace("_", "-"): claim
    for claim in (
        spiral_depth_1,
        spiral_depth_3,
        spiral_sigmoid_20,
        spiral_plain_50,
        spiral_remedied_50,
        digits_3_plain,
        digits_10_plain,
        digits_30_plain,
        digits_50_plain,
        digits_3_remedied,
        digits_10_remedied,
        digits_30_remedied,
        digits_50_remedied,
        digits_50_bypassed,
        race_remedies,
    )
}

TRAINED = [name for name in PRESETS if name.startswith(("spiral-", "digits-", "race-"))]


@pytest.mark.heavy
@pytest.mark.parametrize("name", TRAINED)
def test_a_preset_shows_what_its_line_claims(name: str) -> None:
    """Every entry of the gallery has its numbers here, or in test_presets."""
    CLAIMS[name]()
