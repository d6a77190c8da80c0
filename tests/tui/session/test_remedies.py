"""Remedies and seeds, tried one after the other beside a Trace."""

from __future__ import annotations

from typing import Any

import numpy as np

from engine import Trace, run, verdict
from tests.support.experiments import experiment_of
from tui.session.remedies import SEEDS, Advice
from tui.state.metrics import METRICS


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
