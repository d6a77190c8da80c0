"""Gaussian moments: closed forms, table and quadrature."""

import math

import numpy as np
import pytest

from engine.catalogue.activations import ACTIVATIONS
from engine.catalogue.moments import moments
from engine.theory.moment_table import moment_table


@pytest.mark.parametrize("q", [1e-3, 0.5, 30.0, 1e3])
def test_moments_have_their_closed_forms_at_any_variance(q: float) -> None:
    """relu, sin, and arctan's E phi'^2 at q = 1."""
    relu, sine = moments(ACTIVATIONS["relu"], q), moments(ACTIVATIONS["sin"], q)
    assert relu.square == pytest.approx(q / 2, rel=1e-10)
    assert relu.value == pytest.approx(math.sqrt(q / (2 * math.pi)), rel=1e-10)
    assert relu.slope_square == pytest.approx(0.5, rel=1e-10)
    assert sine.square == pytest.approx((1 - math.exp(-2 * q)) / 2, rel=1e-8)
    assert sine.slope_square == pytest.approx((1 + math.exp(-2 * q)) / 2, rel=1e-8)


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_the_table_agrees_with_the_quadrature(name: str) -> None:
    """To 2e-4 of each moment's natural size, inside and at the far ends."""
    entry = ACTIVATIONS[name]
    qs = 10.0 ** np.random.default_rng(1).uniform(-7.5, 3.9, 12)
    found = moment_table(entry).at(qs)
    for i, q in enumerate(qs):
        exact = moments(entry, float(q))
        for square in ("square", "spread", "slope_square", "slope_fourth"):
            assert getattr(found, square)[i] == pytest.approx(getattr(exact, square), rel=2e-4)
        assert found.value[i] == pytest.approx(exact.value, abs=2e-4 * math.sqrt(exact.square))
    far = moment_table(entry).at(np.array([1e200]))
    assert np.isfinite(far.square)
    assert far.slope_square[0] <= entry.bound**2 * (1 + 1e-6)
