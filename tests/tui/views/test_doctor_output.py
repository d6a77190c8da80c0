"""The report of the doctor, as text and as JSON."""

from dataclasses import replace
from typing import Any

import pytest

from engine import Experiment, run
from engine.diagnosis.diagnosis import diagnose
from engine.diagnosis.removal import confirmed
from tests.support.experiments import experiment_of
from tests.support.heavy import cases
from tui.commands.doctor import examine
from tui.style.glyphs import ASCII, BLOCKS
from tui.views.doctor_report import Report, to_json, to_text
from tui.words.diagnosis import IN_DETAIL
from tui.words.formats import UNTRIED as FORMATS_UNTRIED
from tui.words.remedies import NO_REMEDY


@pytest.mark.parametrize(
    "settings", [{"init": "zeros"}, {"activation": "relu", "init": "he_normal"}, {"depth": 1}]
)
def test_the_doctor_s_json_has_no_infinity(settings: dict[str, Any]) -> None:
    """At the edge of chaos the depth scale is infinite: null."""
    text = to_json(examine(experiment_of(**settings), 0.0))
    assert "Infinity" not in text
    assert "NaN" not in text


FOREVER = 60.0


def test_the_report_names_cause_theory_and_remedy() -> None:
    """In words and numbers, no line wider than asked for."""
    report = examine(Experiment(), FOREVER)
    text = to_text(report, 72, BLOCKS)
    assert all(len(line) <= 72 for line in text.splitlines())
    for words in (
        "vanishing",
        "of φ': ×0.235 on average (sigmoid' ≤",
        "6 ξ = 2 layers",
        "fp16",
        "0.25¹⁹",
    ):
        assert words in text
    plain, details = text.split(IN_DETAIL)
    assert "(press " in plain
    for word in ("ξ", "fp16", "σ", "folklore", "theory"):
        assert word not in plain
        assert word in details
    assert not report.is_healthy
    assert to_text(report, 72, ASCII).isascii()


ANYTHING: list[dict[str, Any]] = [
    {"init": "zeros"},
    {"depth": 1},
    {"width": 8},
    {"activation": "linear", "init": "unit_normal", "depth": 500},
    {"init": "small_normal", "depth": 400},
    {"norm": "batch", "batch_size": 2},
    {"residual": "pre_activation", "residual_scale": "rezero"},
    {"norm": "layer", "norm_position": "post", "dataset": "spiral"},
    {"dtype": "float32", "activation": "softplus"},
]


# hundreds of layers are passed through in each number format
@pytest.mark.parametrize("settings", cases(ANYTHING, lambda s: s.get("depth", 20) <= 20))
def test_there_is_a_report_on_anything(settings: dict[str, Any]) -> None:
    """Every code has its words, whatever the network."""
    report = _quick(experiment_of(**settings))
    assert all(finding.label and finding.text for finding in report.findings())
    text = to_text(report, 80, BLOCKS)
    assert "nan" not in text
    assert "10^" not in text


def _quick(experiment: Experiment) -> Report:
    trace = run(experiment)
    return Report(trace, diagnose(trace), ())


@pytest.mark.heavy
def test_what_was_not_tried_is_told() -> None:
    """Formats, remedies and the cause of a large network; and that of the tried ones none helps."""
    trace = run(Experiment())
    large = confirmed(trace, ())
    found = replace(diagnose(trace), limits=None, verdict=large)
    for remedies, why in ((None, "too_large"), ((), "none")):
        text = to_text(Report(trace, found, remedies), 200, BLOCKS)
        assert "too large to try without it" in text
        assert FORMATS_UNTRIED["too_large"] in text
        assert NO_REMEDY[why] in text
    assert examine(Experiment(), 0.0).remedies is None
    assert examine(experiment_of(activation="relu", init="he_normal"), 0.0).is_healthy
