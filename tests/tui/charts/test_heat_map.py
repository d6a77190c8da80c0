"""The heat map of layers over steps."""

import numpy as np

from tui.charts.heat_map import shared


def test_layers_share_the_rows_of_the_heat_from_the_output_down() -> None:
    """The last layer on top, the first at the bottom, medians where several share one."""
    decades = np.arange(6, dtype=np.float32)[None, :]
    assert shared(decades, 6)[0].tolist() == [5, 4, 3, 2, 1, 0]
    assert shared(decades, 3)[0].tolist() == [4.5, 2.5, 0.5]
    assert shared(decades, 12)[0, [0, 1, 10, 11]].tolist() == [5, 5, 0, 0]
