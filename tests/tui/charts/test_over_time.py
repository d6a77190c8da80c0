"""Loss, accuracy and gradients over the steps of a run, in every room and at any age of each."""

import dataclasses

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine import run
from engine.measure.evaluation import Evaluation
from engine.measure.trace import GOOD
from tests.support.experiments import experiment_of
from tui.charts.curves import loss_strips, round_top
from tui.charts.heat_map import STEPS_MARGIN, step_axis
from tui.charts.over_time import over_time_strips, over_time_titles
from tui.charts.painter import Painter
from tui.state.scene import Curves, Heat
from tui.style.glyphs import SETS
from tui.style.palette import Palette


def drawn(
    last: int,
    tested: int,
    size: tuple[int, int],
    glyphs: str,
    classifies: bool = True,
    shown: int | None = None,
) -> list[str]:
    """A run whose curves are drawn up to `last`, whose tests may be newer, as the step shown."""
    steps = np.arange(last + 1)
    accuracy = np.full(last + 1, 0.5 if classifies else np.nan)
    curves = Curves(steps, 1.0 / (1 + steps), accuracy)
    tests = [Evaluation(s, 1.5, 0.75 if classifies else None) for s in range(10, tested + 1, 10)]
    step = last if shown is None else shown
    trace = dataclasses.replace(
        run(experiment_of(width=4, depth=2)),
        step=step,
        loss=1.0 / (1 + step),
        accuracy=0.5 if classifies else None,
        evaluations=tuple(Evaluation(test.step, 0.1, GOOD) for test in tests),
    )
    stride = max(last // (size[0] - STEPS_MARGIN) + 1, 1)
    heat = Heat(stride, np.zeros((last // stride + 1, 4), np.float32))
    painter = Painter(Palette(), SETS[glyphs])
    titles = over_time_titles(painter, trace, curves, tests, size[0])
    *plots, rest = over_time_strips(painter, curves, heat, tests, size, "")
    rows = [row for pair in zip(titles, plots, strict=True) for row in (pair[0], *pair[1])]
    return [strip.text for strip in (*rows, *rest)]


def loss_axis(losses: list[float], tested: float, glyphs: str = "block") -> list[str]:
    """The loss over as many steps as cells, the last one tested."""
    steps = np.arange(len(losses))
    curves = Curves(steps, np.array(losses), np.full(len(losses), np.nan))
    painter = Painter(Palette(), SETS[glyphs])
    tests = [Evaluation(len(losses) - 1, tested, None)]
    strips = loss_strips(painter, curves, tests, (len(losses), 5), len(losses))
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
    assert len(rows) == size[1] if last else len(rows) <= size[1]
    assert max(map(len, rows)) <= size[0]
    corner = SETS[glyphs].corner
    assert sum(row.strip().startswith(f"{corner}0") for row in rows) == 1


@pytest.mark.parametrize("glyphs", SETS)
def test_the_whole_run_stays_in_view(glyphs: str) -> None:
    """A loss that grows fits its axis, in decades where it grows beyond all measure."""
    for losses, tested, labels in (
        ([2.6, 5.0, 12.0, 11.0], 12.4, ["20", "10", "0"]),
        ([2.6, 40.0, 3e9, 4e18], 1e19, ["10²⁰", "10¹⁰", "10⁰"]),
        ([2.6, 3e200, 2e-3], 1.0, ["10²⁰¹", "10⁹⁹", "10⁻³"]),
        ([np.nan, np.nan], np.nan, ["1", "0.5", "0"]),
        ([0.0, 0.0], 0.0, ["1", "0.5", "0"]),
    ):
        rows = loss_axis(losses, tested, glyphs)
        assert {len(row) for row in rows} == {STEPS_MARGIN + len(losses)}
        spell = SETS[glyphs].spell
        assert [rows[i].split()[0] for i in (0, 2, 4)] == [spell(label) for label in labels]
        columns = zip(*[row[STEPS_MARGIN:-1] for row in rows], strict=True)
        assert all("".join(cells).strip() for cells in columns) == bool(np.isfinite(losses[0]))


def test_numbers_are_of_the_step_shown_however_old_the_curves() -> None:
    """As those of the header; the test set's say of which step they are."""
    rows = drawn(30, 30, (60, 17), "braille", shown=34)
    assert rows[0] == "loss  batch 0.0286  test 1.50 at 30"
    assert rows[4].startswith("accuracy  batch 50%  test 75%")


def test_before_the_first_step_the_axis_is_right_under_the_plots() -> None:
    """And nothing hangs below it but words."""
    rows = drawn(0, 0, (45, 17), "block")
    at = next(i for i, row in enumerate(rows) if "step" in row.split())
    assert rows[at - 1].split()[0] == "0%"
    assert rows[at].strip().startswith("└0 ─")


def test_batch_and_test_are_named_and_an_older_test_has_its_step() -> None:
    """The name goes first where there is no room."""
    rows = drawn(34, 30, (45, 17), "braille")
    assert rows[0] == "loss  batch 0.0286  test 1.50 at 30"
    assert rows[4] == "accuracy  batch 50%  test 75%  90% at step 10"
    assert drawn(30, 30, (45, 17), "braille")[0] == "loss  batch 0.0323  test 1.50"
    assert drawn(30, 30, (33, 17), "braille")[4] == "batch 50%  test 75%"
    assert [row.split()[0] for row in rows[1:4]] == ["2", "1", "0"]
    assert [row.split()[0] for row in rows[5:8]] == ["100%", "50%", "0%"]


@pytest.mark.parametrize(
    ("value", "top"), [(0.0, 1.0), (0.07, 0.08), (1.0, 1.0), (2.59, 4.0), (6.9, 8.0), (1e64, 1e64)]
)
def test_an_axis_ends_at_a_round_number(value: float, top: float) -> None:
    """No less than what is drawn."""
    assert round_top(value) == pytest.approx(top)


def test_an_axis_squeezed_to_nothing_is_one() -> None:
    """A long run, while the room shrinks from one layout to the next."""
    for cells in range(1, 12):
        for stride in (1, 100, 5000):
            assert step_axis(stride, cells, "-").endswith("step")


@given(st.sampled_from([1, 2, 3, 15, 70, 5000]), st.integers(20, 120))
def test_steps_stand_under_their_columns(stride: int, cells: int) -> None:
    """Each begins at its own column, and they do not touch."""
    axis = step_axis(stride, cells, "-").replace("-", " ")
    assert len(axis) == cells
    *steps, name = axis.split()
    assert name == "step"
    assert steps[0] == "0"
    at = 0
    for text in steps:
        at = axis.index(f" {text} " if int(text) else "0 ", at)
        assert at + bool(int(text)) == int(text) // stride
