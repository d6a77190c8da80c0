"""Norms and cosines at any magnitude."""

import math

import numpy as np
import pytest
from threadpoolctl import threadpool_limits

from engine.numerics.norms import cosine, cosines, distances, norm, norms

# a pass ignores it, too: the norm is taken again, then
pytestmark = pytest.mark.filterwarnings("ignore:overflow encountered in dot")


@pytest.mark.parametrize("exponent", [-320, -300, -160, 0, 150, 300])
def test_norm_neither_underflows_nor_overflows(exponent: int) -> None:
    """At any magnitude that float64 holds."""
    array = np.array([[3.0, 0.0], [4.0, 0.0]]) * 10.0**exponent
    # subnormal numbers themselves have few digits
    rel = 1e-2 if exponent < -310 else 1e-14
    assert norm(array) == pytest.approx(5.0 * 10.0**exponent, rel=rel)


def test_norm_of_float32_and_of_what_is_not_finite() -> None:
    """Squares that float32 cannot hold, inf and nan."""
    assert norm(np.full(4, 1e-30, np.float32)) == pytest.approx(2e-30, rel=1e-6)
    assert norm(np.full(4, 1e30, np.float32)) == pytest.approx(2e30, rel=1e-6)
    assert norm(np.array([1.0, np.inf])) == np.inf
    assert math.isnan(norm(np.array([1.0, np.nan])))
    assert norm(np.zeros(3)) == 0.0
    assert norm(np.full(4, 1e308)) == np.inf


def test_a_norm_is_rounded_alike_on_any_number_of_threads() -> None:
    """BLAS shares long sums among its threads, and the order of a sum decides its last digit."""
    array = np.random.default_rng(0).standard_normal(170_000)
    found = []
    for threads in (1, 2, 3, 4):
        with threadpool_limits(threads, user_api="blas"):
            found.append(norm(array))
    assert len(set(found)) == 1
    assert found[0] == pytest.approx(math.sqrt(math.fsum(array**2)), rel=1e-14)


@pytest.mark.parametrize("exponents", [(0, 0), (-200, -250), (200, 180), (-315, 300)])
def test_a_cosine_at_any_magnitude(exponents: tuple[int, int]) -> None:
    """Where the product would underflow or overflow."""
    a, b = np.array([3.0, 4.0]), np.array([4.0, 3.0])
    scaled = a * 10.0 ** exponents[0], b * 10.0 ** exponents[1]
    assert cosine(*scaled) == pytest.approx(0.96, rel=1e-6)
    assert math.isnan(cosine(a, np.zeros(2)))
    single = a.astype(np.float32) * np.float32(1e-30), b.astype(np.float32)
    assert cosine(*single) == pytest.approx(0.96, rel=1e-6)


@pytest.mark.parametrize("dtype", [np.float64, np.float32])
@pytest.mark.parametrize("numbers", [5, 9000])
def test_rows_have_the_norms_that_each_has_alone(dtype: type, numbers: int) -> None:
    """To the last bit, those too small, too large or not finite among them."""
    rows: np.ndarray = (
        np.random.default_rng(0).standard_normal((8, numbers + 2)).astype(dtype)[:, 1:-1]
    )
    largest = np.finfo(dtype).max
    rows[1], rows[2], rows[3, 1], rows[4, 1] = 0.0, largest, np.nan, np.inf
    rows[5] *= 4 * np.finfo(dtype).tiny
    others = rows[::-1].copy()
    with np.errstate(all="ignore"):
        alone = (
            [norm(row) for row in rows],
            [norm(a - b) for a, b in zip(rows, others, strict=True)],
        )
        angles = [cosine(a, b) for a, b in zip(rows, others, strict=True)]
        np.testing.assert_array_equal(norms(rows), alone[0])
        np.testing.assert_array_equal(distances(rows, others), alone[1])
        np.testing.assert_allclose(cosines(rows, others), angles, rtol=1e-6)
        np.testing.assert_allclose(cosines(rows[:1], others[:1]), angles[:1], rtol=1e-6)
