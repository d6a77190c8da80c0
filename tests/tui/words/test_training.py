"""What stands still, in words."""

import numpy as np

from engine.training.displacement import STILL
from tui.words.layers import layer_ranges, saturation_texts, unit_texts
from tui.words.training import mistaken_text, stalled_text


def test_the_layers_that_stand_still_are_named() -> None:
    """As ranges; where none does, the one that moved least."""
    assert layer_ranges([1, 2, 3, 5, 7, 8]) == "1-3, 5, 7-8"
    moved = np.array([1e-9, 1e-7, 1e-3, 1e-5, 0.1])
    assert stalled_text(moved, STILL) == "layers 1-2, 4 moved less than 0.01 %"
    assert stalled_text(np.array([0.0, 0.1]), STILL) == "layer 1 moved less than 0.01 %"
    assert stalled_text(np.array([0.02, 0.1]), STILL) == "all moved, the least by 2 %"


def test_tails_are_named_by_their_side_and_units_apart_from_values() -> None:
    """A tail with nothing on it is not told of; the truth comes before the answer."""
    assert saturation_texts(0.002, 0, 0, 0, "0.2") == [
        "φ' ×0.2",
        "<1% saturated",
        "<1% on left tail",
    ]
    assert saturation_texts(0, 0, 0, 0, "0.2") == ["φ' ×0.2", "0% saturated"]
    assert "".join(unit_texts(64, 1, 2)[1]) == "2 always saturated"
    assert mistaken_text(2, 9) == "2 as a 9"
