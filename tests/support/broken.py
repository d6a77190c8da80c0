"""Broken networks of every kind, drawn by seed: gradients off by more than two decades."""

import math
import random
from collections.abc import Iterator

import numpy as np

from engine import Experiment, SettingError, Trace, run, verdict
from engine.catalogue.activations import ACTIVATIONS
from engine.catalogue.initializers import INITIALIZERS
from engine.catalogue.normalizations import NORM_NAMES
from engine.experiment.domains import Value
from engine.experiment.experiment import adapted

DECADES = 2.0


def decades_of(trace: Trace) -> float:
    """log10 |g_1| / |g_L|, from the totals of layers 2 to L."""
    with np.errstate(all="ignore"):
        return float(np.log10(trace.factors.total[1:]).sum())


def broken(count: int, seed: int) -> Iterator[Trace]:
    """So many Traces of networks that vanish or explode."""
    draws = random.Random(seed)
    while count:
        try:
            trace = run(_drawn(draws))
        except SettingError:
            continue
        decades = decades_of(trace)
        if math.isfinite(decades) and abs(decades) > DECADES and verdict(trace).kind != "overflow":
            count -= 1
            yield trace


def _drawn(draws: random.Random) -> Experiment:
    """Any network of ordinary size; what does not go together is put back to its default."""
    residual = draws.choice(("none", "none", "post_activation", "pre_activation"))
    norm = draws.choice(NORM_NAMES)
    wanted: dict[str, Value] = {
        "activation": draws.choice(tuple(ACTIVATIONS)),
        "depth": draws.randint(5, 60),
        "width": draws.choice((16, 32, 64, 128)),
        "residual": residual,
        "norm": norm,
        "dataset": draws.choice(("digits", "gaussian", "spiral", "moons", "circle")),
        "seed": draws.randint(0, 999),
    }
    leftovers: dict[str, Value] = {
        "init": draws.choice([name for name in INITIALIZERS if name != "zeros"]),
        "gain": round(0.3 * 10 ** draws.random(), 3),
        "bias_std": draws.choice((0.0, 0.0, 0.1, 0.5, 1.0)),
        "norm_position": draws.choice(("pre", "post")),
        "residual_scale": draws.choice(("one", "one", "sqrt_depth", "sqrt_two")),
    }
    experiment = Experiment().with_settings(**wanted)
    for name, value in leftovers.items():
        try:
            experiment, _ = adapted(experiment, **{name: value})
        except SettingError:
            continue
    return experiment
