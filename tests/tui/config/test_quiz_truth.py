"""Every answer of the quiz is a claim about its run: the right one holds, all others do not."""

import math
from collections.abc import Callable
from functools import cache

import numpy as np
import pytest

from engine import Experiment, Trace, run
from engine.measure.product import product_down_to
from tui.config.quiz_items import items
from tui.state.quiz import Answer, Item

Claim = Callable[[Trace, Trace], bool]
"""What an answer says, of its run and of the run that it is compared with or began with."""

GUESSED = 0.3
"""A test accuracy on ten digits of which nobody says that something was learnt."""


def share(trace: Trace) -> float:
    """log10 |g_1| / |g_L|."""
    return product_down_to(trace, 1).total


def per_layer(trace: Trace, family: str = "") -> float:
    """What a typical step does, or one family's part in it."""
    product = product_down_to(trace, 1)
    decades = product.decades.get(family, 0.0) if family else product.total
    return float(10 ** (decades / product.steps))


def spread(values: np.ndarray) -> float:
    """Decades from the smallest to the largest."""
    return float(np.ptp(np.log10(values)))


def on_test_set(trace: Trace) -> float:
    """On the test set, which there is."""
    assert trace.test_accuracy is not None
    return trace.test_accuracy


def quarters(trace: Trace) -> float:
    """log10 of 0.25 to the number of steps back."""
    return (trace.depth - 1) * math.log10(0.25)


def steps(trace: Trace) -> np.ndarray:
    """The factors of the way back, from layer 2's to the last layer's."""
    return trace.factors.total[1:]


def keeps_size(trace: Trace) -> bool:
    """Whether h is about as large in every layer."""
    return spread(trace.activation_rms) < 0.1


CLAIMS: dict[str, dict[str, Claim]] = {
    "each-step": {
        "last": lambda t, s: steps(t)[-6:].mean() < 0.8 * steps(t)[:-6].mean(),
        "each": lambda t, s: share(t) < -9 and spread(steps(t)) < 0.2,
        "first": lambda t, s: steps(t)[:6].mean() < 0.8 * steps(t)[6:].mean(),
        "one": lambda t, s: steps(t).min() < 0.5 * np.median(steps(t)),
    },
    "quarter": {
        "quarter": lambda t, s: abs(share(t) - quarters(t)) < 1,
        "less": lambda t, s: share(t) < quarters(t),
        "weights": lambda t, s: share(t) > quarters(t) + 6 and per_layer(t, "activation") < 0.25,
        "saturated": lambda t, s: share(t) < -6 or per_layer(t, "activation") < 0.01,
    },
    "relu": {
        "one": lambda t, s: share(t) > -0.5 or per_layer(t, "activation") > 0.9,
        "half": lambda t, s: (
            abs(t.off_fraction.mean() - 0.5) < 0.1
            and 0.63 < per_layer(t, "activation") < 0.75
            and abs(per_layer(t, "weight") - 1) < 0.05
        ),
        "same": lambda t, s: share(t) < share(s) + 3,
        "unbounded": lambda t, s: share(t) > 0 or bool((t.factors.activation > 1).any()),
    },
    "three-layers": {
        "never": lambda t, s: on_test_set(t) < GUESSED,
        "few": lambda t, s: on_test_set(t) > 0.9 and 0.2 < per_layer(s) < 0.3,
        "near_one": lambda t, s: per_layer(s) > 0.5,
    },
    "small-loss": {
        "minimum": lambda t, s: t.loss < math.log(t.ours.outputs) - 0.2,
        "done": lambda t, s: on_test_set(t) > GUESSED,
        "last_layers": lambda t, s: t.loss < math.log(t.ours.outputs) - 0.2,
        "nothing": lambda t, s: (
            share(t) < -9
            and abs(t.loss - math.log(t.ours.outputs)) < 0.1
            # "layers that hardly move"
            and float(t.displacement[:-3].max()) < 1e-3
        ),
    },
    "more-neurons": {
        "paths": lambda t, s: share(t) > share(s) + 2,
        "nothing": lambda t, s: abs(per_layer(t) / per_layer(s) - 1) < 0.05,
        "smaller": lambda t, s: share(t) < share(s) - 2,
    },
    "he-anywhere": {
        "any": lambda t, s: abs(share(t)) < 1,
        "explodes": lambda t, s: share(t) > 1 or per_layer(t) > 0.5,
        "little": lambda t, s: share(t) < -8 and 1.3 < per_layer(t, "weight") < 1.5,
        "forward": lambda t, s: abs(share(t) - share(s)) < 1,
    },
    "stop-exploding": {
        "rate": lambda t, s: abs(share(t)) < 2,
        "clipping": lambda t, s: abs(share(t)) < 2,
        "tiny": lambda t, s: abs(share(t)) < 2,
        "scale": lambda t, s: abs(share(t)) < 1 < 4 < share(s),
    },
    "skips": {
        "unchanged": lambda t, s: abs(share(t)) < 1,
        "only_adds": lambda t, s: share(t) < 2,
        "more": lambda t, s: share(t) > 6 and bool((t.factors.total[1:] > 1).all()),
        "vanishes": lambda t, s: share(t) < 0 or bool((t.factors.branch < 0.1).any()),
    },
    "batch-norm": {
        "solves": lambda t, s: abs(share(t)) < 1,
        "same_size": lambda t, s: not keeps_size(t) or share(t) < 2,
        "more": lambda t, s: keeps_size(t) and share(t) > 3,
        "less": lambda t, s: share(t) < 0 or per_layer(t, "norm") < 1,
    },
    "flat-weights": {
        "g_flat": lambda t, s: abs(share(t)) < 1,
        "trains": lambda t, s: on_test_set(t) > GUESSED,
        "neither": lambda t, s: (
            spread(t.weight_grad_norm) < 1 and share(t) < -6 and spread(t.activation_rms) > 6
        ),
    },
    "flat-at-start": {
        "learns": lambda t, s: on_test_set(t) > 0.75,
        "finished": lambda t, s: t.accuracy is None or t.accuracy > 0.75,
        "reached": lambda t, s: (
            spread(s.output_grad_norm) < 1e-9
            and float(t.displacement.min()) > 1e-3
            and on_test_set(t) < 0.75
        ),
    },
}
"""By item and answer; an untrue answer's claim is the least that one who believes it expects."""


@cache
def measured(experiment: Experiment, steps: int) -> Trace:
    """The run, once for all answers that share it."""
    return run(experiment, steps, evaluates=True)


def holds(item: Item, answer: Answer, seed: int) -> bool:
    """Whether what the answer says is so in the run that it comes with."""
    shown = answer.run
    start = shown.experiment if shown.pinned is None else shown.pinned
    seeded = [e.with_settings(seed=seed) for e in (shown.experiment, start)]
    return CLAIMS[item.name][answer.id](measured(seeded[0], shown.steps), measured(seeded[1], 0))


def test_every_answer_has_its_check() -> None:
    """No item and no answer goes unmeasured."""
    assert {i.name: {a.id for a in i.answers} for i in items("en")} == {
        name: set(claims) for name, claims in CLAIMS.items()
    }


@pytest.mark.heavy
@pytest.mark.parametrize("seed", [0, 1, 2])
@pytest.mark.parametrize("item", items("en"), ids=lambda item: item.name)
def test_the_right_answer_is_right_and_every_other_is_wrong(item: Item, seed: int) -> None:
    """Measured in the very runs that the quiz opens, and with other seeds."""
    held = [answer.id for answer in item.answers if holds(item, answer, seed)]
    assert held == [item.right]
