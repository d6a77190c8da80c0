"""What stands still, in words."""

import numpy as np

from tui.charts.layer_bars import STILL
from tui.words.layers import layer_ranges
from tui.words.training import stalled_text


def test_the_layers_that_stand_still_are_named() -> None:
    """As ranges; where none does, the one that moved least."""
    assert layer_ranges([1, 2, 3, 5, 7, 8]) == "1-3, 5, 7-8"
    moved = np.array([1e-9, 1e-7, 1e-3, 1e-5, 0.1])
    assert stalled_text(moved, STILL) == "layers 1-2, 4 moved less than 0.01 %"
    assert stalled_text(np.array([0.0, 0.1]), STILL) == "layer 1 moved less than 0.01 %"
    assert stalled_text(np.array([0.02, 0.1]), STILL) == "all moved, the least by 2 %"
