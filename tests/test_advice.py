"""Theory, seeds and remedies in the app: what is found out beside a Trace, and shown of it."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pytest

from engine import Experiment, Trace, run, verdict
from tests.support import experiment_of
from tests.test_app import chart_rows, line, running
from tui.app import ChainruleApp
from tui.commands.command_line import main
from tui.screens.diagnosis import ReportScreen
from tui.session.remedies import SEEDS, Advice
from tui.state.metrics import METRICS
from tui.views.doctor_json import to_json
from tui.words.notices import notice_text


def advised(**settings: Any) -> tuple[Advice, Trace]:
    """Advice on a run, everything being quick."""
    advice, trace = Advice(lambda experiment: True), run(experiment_of(**settings))
    advice.attend(trace)
    return advice, trace


def work(advice: Advice, pieces: int = 1000) -> int:
    """Do what is pending; how much it was."""
    for piece in range(pieces):
        pending = advice.pending
        if pending is None:
            return piece
        advice.take(pending, run(pending))
    return pieces


def test_remedies_are_known_once_all_candidates_are_tried() -> None:
    """Not before, and none for a healthy network."""
    advice, trace = advised()
    assert advice.remedies is None
    assert work(advice) > 5
    assert advice.remedies
    assert advice.remedies[0].verdict.kind == "healthy"
    healthy, _ = advised(activation="relu", init="he_normal")
    assert healthy.pending is None
    assert healthy.remedies == ()
    assert verdict(trace).kind == "vanishing"


def test_a_candidate_that_cannot_be_run_is_no_remedy() -> None:
    """Its outcome is None, and the rest goes on."""
    advice, _ = advised()
    first = advice.pending
    assert first is not None
    advice.take(first, None)
    work(advice)
    assert advice.remedies
    assert all(remedy.candidate.experiment != first for remedy in advice.remedies)


def test_the_band_holds_the_middle_of_16_seeds() -> None:
    """Percentiles against numpy on the runs themselves; from three seeds on."""
    advice, trace = advised(activation="relu", init="he_normal", width=16)
    metric = METRICS["delta"]
    assert advice.band(metric) is None
    advice.wants_seeds = True
    assert work(advice, 1) == 1
    assert advice.band(metric) is None
    work(advice)
    assert advice.seeds_done == SEEDS
    runs = [run(trace.experiment.with_settings(seed=seed)).delta_norm for seed in range(SEEDS)]
    band = advice.band(metric)
    assert band is not None
    np.testing.assert_allclose(band, np.percentile(runs, (10, 50, 90), axis=0))


def test_another_run_is_asked_about_anew() -> None:
    """Seeds are for the run that is shown; the same run again keeps what is known."""
    advice, trace = advised()
    advice.wants_seeds = True
    work(advice, 4)
    advice.attend(trace)
    assert advice.seeds_done == 5
    advice.attend(run(experiment_of(depth=5)))
    assert advice.seeds_done == 1
    # it stays on, for the new run's own seeds
    assert advice.wants_seeds


def test_slow_networks_are_tried_for_those_who_ask() -> None:
    """Seeds when the band is wanted, candidates when a remedy is."""
    advice = Advice(lambda experiment: False)
    advice.attend(run(experiment_of()))
    assert advice.pending is None
    advice.wants_remedies = True
    assert advice.pending is not None


async def ticked(app: ChainruleApp, times: int = 40) -> None:
    """Let the app have its spare time."""
    for _ in range(times):
        app.tick()


async def test_the_remedy_appears_by_itself_and_f_applies_it() -> None:
    """With its outcome; the notice says what was done, and undo takes it back."""
    async with running() as (app, pilot):
        assert " → 10^" not in line(app, "why")
        await ticked(app)
        assert "f pre-activation skips → 10^+0.1" in line(app, "why")
        await pilot.press("f")
        assert app.state.experiment == experiment_of(residual="pre_activation")
        assert "[r r] pre-activation skips: from 10^-12.0 to 10^+0.1" in line(app, "why")
        await pilot.press("f")
        assert "nothing to repair" in line(app, "why")
        await pilot.press("u")
        assert app.state.experiment == Experiment()


async def test_f_before_the_candidates_are_tried_waits_for_them() -> None:
    """And then applies the best; another key before that calls it off."""
    async with running() as (app, pilot):
        await pilot.press("f")
        assert "trying" in line(app, "why")
        assert app.state.experiment == Experiment()
        await ticked(app)
        assert app.main.is_healthy
        await pilot.press("0", "g", "f", "w")
        await ticked(app)
        assert app.state.experiment == experiment_of(gain=1.1, width=128)


async def test_the_theory_line_and_its_value() -> None:
    """Over the bars and in the numbers, until t takes it away."""
    async with running() as (app, pilot):
        assert any("╌" in row for row in chart_rows(app))
        assert "theory" in line(app, "numbers")
        await pilot.press("t")
        assert not any("╌" in row for row in chart_rows(app))
        assert "theory" not in line(app, "numbers")
        await pilot.press("t", "m")
        # nothing is predicted of dL/dW
        assert not any("╌" in row for row in chart_rows(app))


async def test_theory_that_is_silent_draws_nothing() -> None:
    """Below width 16."""
    async with running(width=8) as (app, _):
        assert not any("╌" in row for row in chart_rows(app))
        assert "theory" not in line(app, "numbers")


async def test_the_band_grows_seed_by_seed_and_can_be_stopped() -> None:
    """Progress in words; B again stops and takes it away."""
    async with running(activation="relu", init="he_normal", width=16) as (app, pilot):
        await pilot.press("B")
        assert "seeds 1 of 16" in line(app, "why")
        await ticked(app, 5)
        assert "seeds 6 of 16" in line(app, "why")
        assert any("•" in row for row in chart_rows(app))
        await pilot.press("B")
        await ticked(app, 5)
        assert app.advice.seeds_done == 6
        assert not any("•" in row for row in chart_rows(app))
        await pilot.press("B")
        await ticked(app)
        assert "16 seeds" in line(app, "why")


async def test_the_report_is_the_doctor_s() -> None:
    """The same findings, and the remedies as soon as they were tried."""
    async with running(size=(100, 30)) as (app, pilot):
        await pilot.press("d")
        report = app.screen
        assert isinstance(report, ReportScreen)
        assert report.findings[-1].text == notice_text("trying")
        await ticked(app)
        await pilot.pause()
        assert report.findings[-1].text.startswith("[")
        shown = "\n".join(strip.text for strip in app.screen._compositor.render_strips())
        assert "[b] BatchNorm" in shown
        labels = [finding.label for finding in report.findings]
        assert labels[0] == "vanishing"
        assert {"cause", "factors", "theory", "folklore", "try"} <= set(labels)
        await pilot.press("escape")
        assert app.screen is app.main


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ((), 1),
        (("--activation", "relu", "--init", "he_normal"), 0),
        (("--depth", "0"), 2),
        (("--format", "yaml"), 2),
    ],
)
def test_the_doctor_s_exit_code(
    arguments: tuple[str, ...], code: int, capsys: pytest.CaptureFixture[str]
) -> None:
    """0 healthy, 1 not, 2 bad input with one line on stderr."""
    assert main(["doctor", *arguments]) == code
    printed = capsys.readouterr()
    if code == 2:
        assert printed.out == ""
        assert len(printed.err.splitlines()) == 1
    else:
        assert printed.err == ""
        assert printed.out.startswith("sigmoid" if code else "relu")


def test_the_doctor_s_json(capsys: pytest.CaptureFixture[str]) -> None:
    """Numbers and words, valid JSON for any network."""
    assert main(["doctor", "--format", "json", "--activation", "relu", "--depth", "30"]) == 1
    report = json.loads(capsys.readouterr().out)
    assert report["verdict"]["kind"] == "vanishing"
    assert report["shares"]["activation"] < -3
    assert report["suggestions"][0]["flags"]
    assert report["findings"][0]["label"] == "vanishing"


@pytest.mark.parametrize(
    "settings", [{"init": "zeros"}, {"activation": "relu", "init": "he_normal"}, {"depth": 1}]
)
def test_the_doctor_s_json_has_no_infinity(settings: dict[str, Any]) -> None:
    """At the edge of chaos the depth scale is infinite: null."""
    from tui.views.doctor_report import examine

    text = to_json(examine(experiment_of(**settings), 0.0))
    assert "Infinity" not in text
    assert "NaN" not in text


def test_suggestions_are_in_the_run_s_json(capsys: pytest.CaptureFixture[str]) -> None:
    """Each with its action, its flags and its words; the flags do what they say."""
    assert main(["run", "--format", "json"]) == 0
    result = json.loads(capsys.readouterr().out)
    assert result["layers"][0]["predicted_delta_norm"] > 0
    best = result["verdict"]["suggestions"][0]
    assert set(best) == {"action", "flags", "text"}
    assert verdict(run(Experiment().with_settings(**best["flags"]))).kind == "healthy"
