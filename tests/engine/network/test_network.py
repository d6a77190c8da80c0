"""The forward pass of evaluation."""

import numpy as np
import pytest

from engine.network.network import NetworkState
from tests.support.training import small


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
