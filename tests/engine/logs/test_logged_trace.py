"""A logged step as a Trace: ours as it was, and others' with what they have."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from engine import run, verdict
from engine.diagnosis.diagnosis import diagnose
from engine.logs.findings import UNKNOWN
from engine.logs.logged_trace import trace_of
from engine.logs.schema import ARRAYS, Header, LoggedStep
from engine.measure.trace import Trace
from tests.support.run_logs import read_header, read_steps, recorded_lines, written
from tests.support.training import small
from tui.words.verdict import verdict_text


def traces_of(path: Path) -> list[Trace]:
    """The Traces of a log."""
    header = read_header(path)
    return [trace_of(header, step) for step in read_steps(path) if isinstance(step, LoggedStep)]


@pytest.mark.parametrize("settings", [{}, {"residual": "post_activation", "activation": "relu"}])
def test_ours_come_back_as_they_were(settings: dict[str, Any], tmp_path: Path) -> None:
    """With their experiment, every array, and so every verdict."""
    experiment, path = small(**settings), tmp_path / "a"
    path.write_text("\n".join((*recorded_lines(experiment, 4, 2), "")))
    for trace in traces_of(path):
        was = run(experiment, trace.step)
        assert trace.experiment == experiment
        assert trace.names is None
        for name in ARRAYS:
            np.testing.assert_array_equal(trace.array(name), was.array(name), name)
        assert verdict(trace) == verdict(was)
        assert (trace.loss, trace.accuracy) == (was.loss, was.accuracy)
        assert trace.absent <= {"gradient_cosine"}


def test_an_experiment_that_is_none_here_is_left_out(tmp_path: Path) -> None:
    """Of another version, of another depth, of data that are not here."""
    experiment, path = small(), tmp_path / "a"
    header, *steps = recorded_lines(experiment, 2, 2)
    fields = json.loads(header)
    cases: list[tuple[str, dict[str, Any]]] = [
        ("network", {"activation": "from_the_future"}),
        ("network", {"depth": 3}),
        ("network", {"widths": [1]}),
        ("data", {"dataset": "nowhere.csv"}),
    ]
    for section, changed in cases:
        tables = {**fields["experiment"], section: {**fields["experiment"][section], **changed}}
        path.write_text("\n".join((json.dumps({**fields, "experiment": tables}), *steps, "")))
        (trace, _last) = traces_of(path)
        assert trace.experiment is None
        assert diagnose(trace).folklore == ()


def test_what_others_have_not_written_is_absent(tmp_path: Path) -> None:
    """Nan or False, and told so; a loss that is not there is no overflow."""
    lines = '{"step": 3, "output_grad_norm": [1, 2], "dead": [false, true]}', '{"step": 4}'
    first, empty = traces_of(written(tmp_path / "a", *lines))
    assert first.names == ("a", "b")
    assert first.dead.tolist() == [False, True]
    assert not {"output_grad_norm", "dead"} & first.absent
    assert {"loss", "delta_norm", "factors.total", "closed"} <= first.absent
    assert np.isnan(first.factors.total).all()
    assert first.accuracy is None
    assert first.prediction.reason == "unknown_network"
    assert verdict(replace(first, dead=empty.dead)).kind == "healthy"
    assert "output_grad_norm" in empty.absent


def test_where_a_gradient_is_no_number(tmp_path: Path) -> None:
    """Met first on the way back, unless the log says where."""
    lines = (
        '{"step": 1, "output_grad_norm": [null, 1]}',
        '{"step": 2, "output_grad_norm": [null, null], "first_nonfinite_layer": 1}',
        '{"step": 3, "loss": null}',
    )
    layers = [trace.first_nonfinite_layer for trace in traces_of(written(tmp_path / "a", *lines))]
    assert layers == [1, 1, None]
    kinds = {verdict(trace).kind for trace in traces_of(tmp_path / "a")}
    assert kinds == {"overflow"}


def test_a_log_without_layers_has_one_of_which_nothing_is_known() -> None:
    """So that its numbers can be shown."""
    step = LoggedStep(1, 0, 7, {"loss": 0.5, "gradient_norm": 2.0}, {})
    trace = trace_of(Header((), order="natural"), step)
    assert (trace.depth, trace.names, trace.step, trace.loss) == (1, None, 7, 0.5)
    assert {"output_grad_norm", "weight_grad_norm"} <= trace.absent
    assert np.isnan(trace.output_grad_norm).all()
    assert "no gradients of layers" in verdict_text(trace, UNKNOWN)
