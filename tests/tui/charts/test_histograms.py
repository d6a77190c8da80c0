"""Histograms as text."""

import numpy as np
import pytest

from engine.measure.inspection import linear_histogram
from tui.charts.histograms import block_rows, rebinned, share_within
from tui.style.glyphs import BLOCKS


def test_rebinning_keeps_the_counts() -> None:
    """On any range: what lies beyond is told apart."""
    values = np.random.default_rng(0).normal(size=1000)
    histogram = linear_histogram(values, 6.0)
    assert rebinned(histogram, -6, 6, 50).sum() == pytest.approx(1000)
    inside = ((values > -1) & (values < 1)).mean()
    assert share_within(histogram, -1, 1) == pytest.approx(inside, abs=0.02)
    rows = block_rows(np.array([0.0, 1.0, 4.0, 8.0]), 2, BLOCKS)
    assert rows == ["   █", " ▂██"]
