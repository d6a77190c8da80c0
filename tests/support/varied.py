"""Varied networks that a test goes through one by one, from a generator with a seed."""

from collections.abc import Iterator
from typing import Any

import numpy as np

from engine import Experiment, SettingError
from engine.experiment.domains import Choice
from engine.experiment.sections import DOMAINS
from tests.support.experiments import experiment_of

CHOSEN = (
    *("activation", "init", "residual", "residual_scale", "norm", "norm_position"),
    *("loss", "dataset", "dtype", "optimizer"),
)
CHOICES = {
    name: domain.names
    for name, domain in DOMAINS.items()
    if name in CHOSEN and isinstance(domain, Choice)
}


def varied_experiments(count: int, seed: int, **fixed: Any) -> Iterator[Experiment]:
    """That many valid experiments, of small networks of every kind."""
    random = np.random.default_rng(seed)
    while count:
        settings: dict[str, Any] = {
            name: names[int(random.integers(len(names)))] for name, names in CHOICES.items()
        }
        settings |= {
            "depth": int(random.integers(2, 40)),
            "width": int(random.choice([8, 16, 32, 64])),
            "gain": float(random.choice([1.0, 1.0, 0.5, 2.0])),
            "bias_std": float(random.choice([0.0, 0.0, 0.1, 1.0])),
            "batch_size": int(random.choice([16, 64, 128])),
            "seed": int(random.integers(1000)),
        }
        try:
            yield experiment_of(**(settings | fixed))
        except SettingError:
            continue
        count -= 1
