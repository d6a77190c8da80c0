"""`chainrule run`: its formats, and what it says of a run."""

import csv
import io
import json
import re

import pytest

from engine import Experiment, run, verdict
from tests.support.commands import run_text
from tests.support.heavy import cases
from tui.charts.columns import columns
from tui.commands.parser import main
from tui.views.trace_records import FACTOR_FIELDS, LAYER_FIELDS, PREDICTED_FIELDS


def test_suggestions_are_in_the_run_s_json(capsys: pytest.CaptureFixture[str]) -> None:
    """Each with its action, its flags and its words; the flags do what they say."""
    assert main(["run", "--format", "json"]) == 0
    result = json.loads(capsys.readouterr().out)
    for name in PREDICTED_FIELDS:
        assert result["layers"][0][name] > 0
    best = result["verdict"]["suggestions"][0]
    assert set(best) == {"action", "flags", "text"}
    assert verdict(run(Experiment().with_settings(**best["flags"]))).kind == "healthy"


def test_json_has_everything_in_the_contract(capsys: pytest.CaptureFixture[str]) -> None:
    """Every key, a record a layer, in order."""
    result = json.loads(run_text(capsys, "--depth", "4", "--format", "json"))
    assert result["experiment"]["network"]["depth"] == 4
    assert [row["layer"] for row in result["layers"]] == [1, 2, 3, 4]
    expected = {"layer", *LAYER_FIELDS, "factors", *PREDICTED_FIELDS}
    assert set(result["layers"][0]) == expected
    assert set(result["layers"][0]["factors"]) == set(FACTOR_FIELDS)
    assert {"loss", "accuracy", "input_grad_norm"} <= set(result)
    assert {"first_nonfinite_layer", "first_underflow_layer"} <= set(result)
    assert set(result["verdict"]) == {
        "kind",
        "decades",
        "factor_per_layer",
        "cause",
        "text",
        "suggestions",
    }


def test_json_writes_null_where_a_value_is_not_finite(capsys: pytest.CaptureFixture[str]) -> None:
    """An overflowing net is still valid JSON."""
    text = run_text(
        capsys, "--activation", "linear", "--init", "unit_normal", "--depth", "500",
        "--format", "json",
    )  # fmt: skip
    assert "NaN" not in text
    assert "Infinity" not in text
    result = json.loads(text)
    assert result["layers"][-1]["activation_rms"] is None
    assert result["verdict"]["kind"] == "overflow"


def test_csv_has_a_line_a_layer(capsys: pytest.CaptureFixture[str]) -> None:
    """The same numbers as JSON."""
    rows = list(csv.DictReader(io.StringIO(run_text(capsys, "--format", "csv"))))
    layers = json.loads(run_text(capsys, "--format", "json"))["layers"]
    assert len(rows) == 20
    assert float(rows[6]["delta_norm"]) == layers[6]["delta_norm"]
    assert float(rows[6]["factor_weight"]) == layers[6]["factors"]["weight"]


@pytest.mark.parametrize(
    ("depth", "columns"),
    cases(
        [(depth, columns) for depth in (1, 20, 200, 1000) for columns in (40, 60, 80, 160)],
        lambda case: case[0] < 200 or case[1] == 40,
    ),
)
def test_text_fits_the_terminal(
    depth: int, columns: int, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """No line is longer; the verdict and the first and last layer are there."""
    monkeypatch.setenv("COLUMNS", str(columns))
    text = run_text(capsys, "--depth", str(depth), "--width", "8", "--ascii")
    assert max(len(line) for line in text.splitlines()) <= columns
    (foot,) = (line for line in text.splitlines() if " output _" in line)
    assert {"1", str(depth)} <= set(re.findall("[0-9]+", foot))
    assert text.isascii()


def test_a_terminal_that_says_it_is_endless_is_not_believed(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """COLUMNS can be anything."""
    monkeypatch.setenv("COLUMNS", "99999999")
    text = run_text(capsys, "--depth", "3", "--width", "4")
    assert max(map(len, text.splitlines())) <= 1000


def test_text_shows_the_vanishing_gradient(capsys: pytest.CaptureFixture[str]) -> None:
    """The default picture, its bars falling towards the input."""
    lines = run_text(capsys).splitlines()
    assert any(line.startswith("VANISHING: layer 1 gets about a trillionth") for line in lines)
    bars = [re.split("[│┤]", line)[1] for line in lines if re.search("[│┤]", line)]
    layout = columns(20, 72)
    heights = [sum(row.ljust(80)[column.start] == "█" for row in bars) for column in layout]
    assert heights == sorted(heights)
    assert heights[0] < heights[-1]


def test_steps_train(capsys: pytest.CaptureFixture[str]) -> None:
    """Gradient descent lowers the loss of a net that can learn."""
    flags = ["--activation", "relu", "--init", "he_normal", "--depth", "3", "--format", "json"]
    before = json.loads(run_text(capsys, *flags))
    after = json.loads(run_text(capsys, *flags, "--steps", "100"))
    assert after["step"] == 100
    assert after["loss"] < 0.5 * before["loss"]


def test_what_training_did_is_in_every_format(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Displacement, cosines, clipping, the rate by its schedule, the test set."""
    flags = ["--activation", "relu", "--init", "he_normal", "--depth", "3", "--steps", "50",
             "--optimizer", "adam", "--learning-rate", "0.01", "--clip-norm", "0.5",
             "--schedule", "cosine", "--schedule-steps", "100"]  # fmt: skip
    result = json.loads(run_text(capsys, *flags, "--format", "json"))
    assert result["learning_rate"] == pytest.approx(0.005)
    assert result["clipped_gradient_norm"] <= 0.5
    assert result["clipped_gradient_norm"] <= result["gradient_norm"]
    assert result["test_accuracy"] > 0.8
    assert result["test_loss"] > 0
    assert result["divergence"] is None
    for row in result["layers"]:
        assert 0 < row["displacement"] < 10
        assert -1 <= row["gradient_cosine"] <= 1
        assert 0 < row["update_ratio"] < 1
    rows = list(csv.DictReader(io.StringIO(run_text(capsys, *flags, "--format", "csv"))))
    assert float(rows[1]["displacement"]) == result["layers"][1]["displacement"]
    monkeypatch.setenv("COLUMNS", "80")
    text = run_text(capsys, *flags)
    assert "step 50" in text
    assert f"test {result['test_accuracy']:.0%}" in text
    assert "adam" in text
    assert "clip norm 0.5" in text


def test_a_run_that_diverges_prints_its_last_finite_pass(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """As a result, not as an error: the step and the layer where it ended."""
    flags = ["--activation", "relu", "--init", "he_normal", "--depth", "5",
             "--learning-rate", "10", "--steps", "500"]  # fmt: skip
    result = json.loads(run_text(capsys, *flags, "--format", "json"))
    assert result["step"] == result["divergence"]["step"] - 1
    assert result["divergence"]["layer"] in range(1, 6)
    assert result["loss"] is not None
    assert result["test_accuracy"] is None
    words = " ".join(run_text(capsys, *flags).split())
    assert f"diverged at step {result['divergence']['step']} in layer" in words


def test_text_draws_what_the_screen_draws(capsys: pytest.CaptureFixture[str]) -> None:
    """Ticks, theory's strokes where bars part from it, signs of dead layers, no invented axis."""
    parted = run_text(capsys, "--activation", "relu", "--init", "he_normal", "--width", "16",
                      "--depth", "60")  # fmt: skip
    rows = [line for line in parted.splitlines() if re.search("[│┤]", line)]
    assert any(set("_─‾") & set(re.split("[│┤]", row)[1]) for row in rows)
    assert any(row.strip().startswith("10⁻² ┤") for row in rows)
    dead = run_text(capsys, "--activation", "relu", "--init", "zeros", "--residual",
                    "post_activation")  # fmt: skip
    assert any(row.split()[0] == "dead" and row.count("○") == 20 for row in dead.splitlines())
    lost = run_text(capsys, "--activation", "linear", "--gain", "1000", "--depth", "120")
    assert len(re.findall("─ nan ─", lost)) == 1
    assert "┤" not in lost
