"""Loss, accuracy and gradients over the steps of a run, in every room and at any age of each."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.measure.evaluation import Evaluation
from tui.charts.curves import round_top
from tui.charts.heat_map import step_axis
from tui.charts.over_time import over_time_strips
from tui.charts.painter import Painter
from tui.state.scene import Curves, Heat
from tui.style.glyphs import SETS
from tui.style.palette import Palette


def drawn(
    last: int, tested: int, size: tuple[int, int], glyphs: str, classifies: bool = True
) -> list[str]:
    """A run seen up to `last`, whose tests may be newer."""
    steps = np.arange(last + 1)
    accuracy = np.full(last + 1, 0.5 if classifies else np.nan)
    curves = Curves(steps, 1.0 / (1 + steps), accuracy)
    tests = [Evaluation(s, 1.5, 0.75 if classifies else None) for s in range(10, tested + 1, 10)]
    stride = max(last // (size[0] - 6) + 1, 1)
    heat = Heat(stride, np.zeros((last // stride + 1, 4), np.float32))
    painter = Painter(Palette(), SETS[glyphs])
    strips = over_time_strips(painter, curves, heat, tests, 10 if tests else None, size)
    return [strip.text for strip in strips]


@settings(deadline=None)
@given(
    last=st.integers(0, 400),
    newer=st.integers(0, 300),
    size=st.tuples(st.integers(32, 120), st.integers(8, 44)),
    glyphs=st.sampled_from(list(SETS)),
    classifies=st.booleans(),
)
def test_it_fills_its_room_whatever_is_older(
    last: int, newer: int, size: tuple[int, int], glyphs: str, classifies: bool
) -> None:
    """A row for each, none too long; evaluations newer than the curves wait."""
    rows = drawn(last, last + newer, size, glyphs, classifies)
    assert len(rows) == size[1]
    assert max(map(len, rows)) <= size[0]
    assert rows[-1].split()[0] == "0"


def test_batch_and_test_are_named_and_an_older_test_has_its_step() -> None:
    """The name goes first where there is no room."""
    rows = drawn(34, 30, (45, 17), "braille")
    assert rows[0] == "loss  batch 0.0286  test 1.50 at 30"
    assert rows[4] == "accuracy  batch 50%  test 75%  90% at step 10"
    assert drawn(30, 30, (45, 17), "braille")[0] == "loss  batch 0.0323  test 1.50"
    assert drawn(30, 30, (33, 17), "braille")[4] == "batch 50%  test 75%"
    assert [row.split()[0] for row in rows[1:4]] == ["1", "0.5", "0"]
    assert [row.split()[0] for row in rows[5:8]] == ["100%", "50%", "0%"]


@pytest.mark.parametrize(
    ("value", "top"), [(0.0, 1.0), (0.07, 0.08), (1.0, 1.0), (2.59, 4.0), (6.9, 8.0), (1e64, 1e64)]
)
def test_an_axis_ends_at_a_round_number(value: float, top: float) -> None:
    """No less than what is drawn."""
    assert round_top(value) == pytest.approx(top)


@given(st.sampled_from([1, 2, 3, 15, 70, 5000]), st.integers(20, 120))
def test_steps_stand_under_their_columns(stride: int, cells: int) -> None:
    """Each begins at its own column, and they do not touch."""
    axis = step_axis(stride, cells)
    assert len(axis) == cells
    *steps, name = axis.split()
    assert name == "step"
    assert steps[0] == "0"
    at = 0
    for text in steps:
        at = axis.index(f" {text} " if int(text) else "0 ", at)
        assert at + bool(int(text)) == int(text) // stride
