"""The line about one layer of a log that has no factors."""

import numpy as np
import pytest

from engine.logs.logged_trace import trace_of
from engine.logs.schema import Header, LoggedStep
from tui.charts.painter import Painter
from tui.style.glyphs import SETS
from tui.style.palette import Palette
from tui.views.layer_lines import factors_line

G = {"output_grad_norm": np.array([2.0, 4.0, 0.0, 1.0, np.nan])}


@pytest.mark.parametrize(
    ("layer", "told"),
    [
        (1, "layer 1  a"),
        (2, "layer 2  b  g₁/g₂ = ×0.500"),
        (3, "layer 3  c"),
        (4, "layer 4  d  g₃/g₄ = ×0"),
        (5, "layer 5  e"),
    ],
)
def test_a_step_without_factors_is_the_ratio_of_its_bars(layer: int, told: str) -> None:
    """Where both are known, and the upper one is not 0."""
    trace = trace_of(Header(tuple("abcde")), LoggedStep(2, 0, 0, {}, G))
    line = factors_line(Painter(Palette(), SETS["block"]), trace, layer, 80)
    assert line.plain.rstrip() == told


def test_without_g_it_says_what_is_lacking() -> None:
    """By the field's name."""
    step = LoggedStep(2, 0, 0, {}, {"weight_grad_norm": np.ones(2)})
    line = factors_line(
        Painter(Palette(), SETS["block"]), trace_of(Header(("a", "b")), step), 2, 80
    )
    assert line.plain.rstrip() == 'layer 2  b  the log has no "factors"'
