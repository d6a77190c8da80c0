"""What is kept of the steps of a training run."""

from dataclasses import replace

import numpy as np
import pytest

from engine import Trainer
from tests.support.experiments import experiment_of
from tui.session.history import MOST_RECORDS, History, relative_decades

SMALL = {"depth": 4, "width": 8, "batch_size": 16, "activation": "tanh"}


@pytest.mark.heavy
def test_history_stays_small_and_keeps_both_ends() -> None:
    """Thinned, never cut."""
    trace = Trainer(experiment_of(**SMALL)).trace
    history = History(trace)
    for step in range(1, 3 * MOST_RECORDS):
        history.add(replace(trace, step=step, loss=float(step)))
    curves = history.curves()
    assert MOST_RECORDS // 2 <= len(history) <= MOST_RECORDS
    assert (curves.steps[0], curves.steps[-1]) == (0, 3 * MOST_RECORDS - 1)
    assert (np.diff(curves.steps) > 0).all()
    assert (curves.loss[1:] == curves.steps[1:]).all()


def test_going_back_takes_what_came_after_from_the_history() -> None:
    """A step that is measured again replaces itself."""
    trace = Trainer(experiment_of(**SMALL)).trace
    history = History(trace)
    for step in (1, 2, 3, 4, 2):
        history.add(replace(trace, step=step))
    assert history.curves().steps.tolist() == [0, 1, 2]


def test_the_heat_always_shows_the_whole_run() -> None:
    """A column holds the newest record of its steps; one without a record repeats the last."""
    trace = Trainer(experiment_of(**SMALL)).trace
    history = History(trace)

    def at(step: int) -> None:
        gradient = np.array([10.0 ** -(step % 7), 1.0, 1.0, 1.0])
        history.add(replace(trace, step=step, output_grad_norm=gradient))

    at(4)
    heat = history.heat(10)
    assert (heat.stride, heat.decades.shape) == (1, (5, 4))
    assert heat.decades[4, 0] == -4
    assert (heat.decades[1] == heat.decades[0]).all()
    for step in range(5, 100):
        at(step)
    heat = history.heat(10)
    assert heat.stride == 10
    assert heat.decades[9, 0] == -(99 % 7)
    assert heat.decades[3, 0] == -(39 % 7)
    for step in (*range(100, 900), 5_000_000):
        at(step)
        heat = history.heat(10)
        assert 5 <= len(heat.decades) <= 10
        assert heat.stride * (len(heat.decades) - 1) <= step < heat.stride * len(heat.decades)


def test_decades_are_relative_to_the_last_layer() -> None:
    """0 and what is no number have their own values."""
    trace = Trainer(experiment_of(**SMALL)).trace
    gradient = np.array([0.0, 1e-5, np.inf, 1e-2])
    decades = relative_decades(replace(trace, output_grad_norm=gradient))
    assert decades[0] == -np.inf
    assert decades[1] == pytest.approx(-3)
    assert np.isnan(decades[2])
    assert decades[3] == 0
