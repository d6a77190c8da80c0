"""What a training run writes down: the numbers of its Traces, by the schema that is shipped."""

import json
import math
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from engine import Experiment, Trace, run
from engine.logs import recording
from engine.logs.recording import MOST_LINES, spacing
from engine.logs.records import NUMBERS_OF_A_TRACE
from engine.logs.schema import (
    ARRAYS,
    FACTORS,
    FLAGS,
    LAYER_NUMBERS,
    MEASURES,
    NUMBERS,
    SCHEMA,
    LoggedStep,
)
from engine.network.parameters import initial_parameters
from tests.support.run_logs import fields_of, read_header, recorded_lines, steps_of
from tests.support.training import small

DIVERGING: list[dict[str, Any]] = [
    {"activation": "relu", "init": "he_normal", "learning_rate": 30.0, "width": 64},
    {"activation": "relu", "init": "he_normal", "learning_rate": 1e6, "loss": "mse"},
    {"activation": "linear", "gain": 1e6, "depth": 60},
]
"""In a layer; in the loss alone; from the start."""

RUNS: list[dict[str, Any]] = [
    {},
    {"activation": "relu", "residual": "post_activation", "norm": "batch", "dtype": "float32"},
    {"activation": "relu", "init": "zeros", "optimizer": "adam", "clip_norm": 0.1},
    {"loss": "probe", "dataset": "gaussian"},
    *DIVERGING,
]
"""Plain; seven digits; undefined ratios; no accuracy; and those that end early."""


def log_of(tmp_path: Path, experiment: Experiment) -> tuple[Path, list[str]]:
    """A log of 20 steps, every third, and its lines."""
    lines = recorded_lines(experiment, 20, 3)
    path = tmp_path / "a.jsonl"
    path.write_text("\n".join((*lines, "")))
    return path, lines


def expected(experiment: Experiment, value: Any) -> Any:
    """As a log keeps a number: all digits, or seven, nan for what is not finite."""
    kept = np.where(np.isfinite(np.asarray(value, float)), value, np.nan)
    if experiment.network.dtype == "float64":
        return kept
    return np.vectorize(lambda each: float(f"{each:.7g}"))(kept)


def assert_is(logged: LoggedStep, trace: Trace) -> None:
    """Every number of that step."""
    for name in NUMBERS_OF_A_TRACE:
        value = getattr(trace, name)
        assert (name in logged.numbers) == (value is not None)
        if value is not None:
            np.testing.assert_array_equal(logged.numbers[name], expected(trace.ours, value), name)
    for name in ARRAYS:
        if name == "gradient_cosine" and trace.step == 0:
            assert name not in logged.arrays
            continue
        holder = trace.factors if name.startswith("factors.") else trace
        values = getattr(holder, name.removeprefix("factors."))
        np.testing.assert_array_equal(logged.arrays[name], expected(trace.ours, values), name)
        assert (name in logged.nonfinite) == (not np.isfinite(values).all())
    for name in LAYER_NUMBERS:
        assert getattr(logged, name) == getattr(trace, name)


@pytest.mark.parametrize("settings", RUNS)
def test_each_line_has_the_numbers_of_its_step(settings: dict[str, Any], tmp_path: Path) -> None:
    """To the last digit, those of a run that ends there; after a divergence the line of it."""
    experiment = small(**settings)
    path, _ = log_of(tmp_path, experiment)
    steps = steps_of(path)
    end = run(experiment, 20)
    numbers = [each.step for each in steps]
    assert [each.last for each in steps] == [*[False] * (len(steps) - 1), True]
    assert (end.divergence is None) == (settings not in DIVERGING)
    if end.divergence is None:
        assert numbers == [0, 3, 6, 9, 12, 15, 18, 20]
    else:
        last = end.divergence.step
        assert numbers == sorted({*range(0, last, 3), *range(max(last - 1, 0), last + 1)})
        broken = steps.pop() if last else steps[-1]
        assert {"loss", "gradient_norm"} & {*broken.nonfinite}
        assert all(math.isnan(broken.numbers[n]) for n in broken.nonfinite if n in broken.numbers)
        assert broken.first_nonfinite_layer == end.divergence.layer
    for logged in steps:
        assert_is(logged, run(experiment, logged.step))
    assert [each.numbers["time"] for each in steps] == [*map(float, range(len(steps)))]


@pytest.mark.parametrize(("steps", "every", "told"), [(23, 10, [20, 23]), (35, 15, [35])])
def test_the_test_set_is_told_where_somebody_asked(
    steps: int, every: int, told: list[int], tmp_path: Path
) -> None:
    """At the run's fixed steps, every twentieth here, if they are logged; and at its end."""
    experiment = small()
    path = tmp_path / "a.jsonl"
    path.write_text("\n".join(recorded_lines(experiment, steps, every)))
    found = {each.step: each.numbers for each in steps_of(path) if "test_loss" in each.numbers}
    assert [*found] == told
    for step, numbers in found.items():
        trace = run(experiment, step, evaluates=True)
        assert numbers["test_loss"] == trace.test_loss
        assert numbers["test_accuracy"] == trace.test_accuracy


def test_steps_far_apart_are_taken_in_pieces(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Which bound what a divergence repeats, and leave no trace in the log."""
    monkeypatch.setattr(recording, "UNMEASURED_AT_ONCE", 4)
    path = tmp_path / "a.jsonl"
    path.write_text("\n".join(recorded_lines(small(), 15, 6)))
    assert [each.step for each in steps_of(path)] == [0, 6, 12, 15]


def test_the_header_says_what_was_trained(tmp_path: Path) -> None:
    """The experiment, the layers and their sizes."""
    experiment = small()
    path, _ = log_of(tmp_path, experiment)
    header = read_header(path)
    assert header.layers == ("1", "2", "3", "4")
    assert header.experiment == experiment.tables()
    sizes = {each.name: (each.layer, each.elements) for each in header.parameters}
    parameters = initial_parameters(experiment)
    for i in range(4):
        assert sizes.pop(f"{i + 1}.weight") == (i + 1, parameters.weights[i].size)
        assert sizes.pop(f"{i + 1}.bias") == (i + 1, parameters.biases[i].size)
    assert not sizes


@pytest.mark.parametrize("settings", RUNS)
def test_every_line_is_valid_by_the_schema(settings: dict[str, Any], tmp_path: Path) -> None:
    """As another program judges it; and the schema refuses what is none."""
    jsonschema = pytest.importorskip("jsonschema")
    judge = jsonschema.Draft202012Validator(json.loads(SCHEMA.read_text()))
    _, lines = log_of(tmp_path, small(**settings))
    for line in lines:
        judge.validate(fields_of(line))
        assert line.isascii()
    step = fields_of(lines[1])
    assert next(iter(step)) == "step"
    for name, value in {"step": -1, "loss": "1", "delta_norm": 1.0, "dead": [1.5]}.items():
        assert not judge.is_valid({**step, name: value})
    assert not judge.is_valid({"chainrule_log": 1})
    assert not judge.is_valid({"chainrule_log": 2, "layers": ["a"]})


def test_the_schema_has_the_fields_of_the_tables() -> None:
    """All of them, and no others."""
    found = json.loads(SCHEMA.read_text())["$defs"]["step"]["properties"]
    assert {*found["factors"]["properties"]} == {*FACTORS}
    others = {"step", "skipped", "last", "nonfinite", "factors"}
    assert {*found} == {*NUMBERS, *LAYER_NUMBERS, *MEASURES, *FLAGS, *others}


@pytest.mark.parametrize(("steps", "every"), [(0, 1), (1, 1), (1000, 1), (1001, 2), (10**9, 10**6)])
def test_a_log_has_a_thousand_lines_at_most(steps: int, every: int) -> None:
    """However long the run, besides that of step 0."""
    assert spacing(steps) == every
    assert -(-steps // every) <= MOST_LINES
