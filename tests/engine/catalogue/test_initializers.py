"""Initializers: their scales, and orthogonal matrices."""

import numpy as np
import pytest

from engine.catalogue.activations import ACTIVATIONS
from engine.catalogue.initializers import INITIALIZERS


@pytest.mark.parametrize("name", INITIALIZERS)
def test_the_scale_of_each_init(name: str) -> None:
    """The weights' variance is what the formula says, on a rectangular layer."""
    entry = INITIALIZERS[name]
    scale = entry.std(ACTIVATIONS["relu"])
    draw = entry.draw(np.random.default_rng(0), 300, 200) * scale.weight(200, 300)
    expected = {
        "xavier_normal": 2 / 500,
        "xavier_uniform": 2 / 500,
        "he_normal": 2 / 200,
        "he_uniform": 2 / 200,
        "lecun_normal": 1 / 200,
        "lecun_uniform": 1 / 200,
        "pytorch_default": 1 / 600,
        "critical": 2 / 200,
        "lsuv": 1 / 300,
        "orthogonal": 1 / 300,
        "small_normal": 1e-4,
        "unit_normal": 1.0,
        "zeros": 0.0,
    }[name]
    # the relative standard error of a variance of 60,000 draws is below 0.6 %
    assert np.mean(draw**2) == pytest.approx(expected, rel=0.03)


@pytest.mark.parametrize("shape", [(5, 5), (7, 3), (3, 7)])
def test_orthogonal_is_orthogonal_and_haar(shape: tuple[int, int]) -> None:
    """The shorter side is orthonormal; the trace of a Haar matrix has mean 0 and variance 1."""
    draw = INITIALIZERS["orthogonal"].draw
    q = draw(np.random.default_rng(1), *shape)
    gram = q @ q.T if shape[0] <= shape[1] else q.T @ q
    np.testing.assert_allclose(gram, np.eye(min(shape)), atol=1e-12)
    random = np.random.default_rng(2)
    traces = [np.trace(draw(random, 5, 5)) for _ in range(2000)]
    assert abs(np.mean(traces)) < 4 / np.sqrt(2000)
    assert np.var(traces) == pytest.approx(1.0, abs=0.15)
