"""Remedies and seeds, tried one after the other beside a Trace."""

from typing import Any

import numpy as np

from engine import Trace, run, verdict
from engine.diagnosis.removal import removals
from tests.support.experiments import experiment_of
from tui.session.trials import SEEDS, Trials
from tui.state.metrics import METRICS


def advised(**settings: Any) -> tuple[Trials, Trace]:
    """Trials on a run, everything being quick."""
    trials, trace = Trials(lambda experiment: True), run(experiment_of(**settings))
    trials.attend(trace)
    return trials, trace


def work(trials: Trials, pieces: int = 1000) -> int:
    """Do what is pending; how much it was."""
    for piece in range(pieces):
        pending = trials.pending
        if pending is None:
            return piece
        trials.take(pending, run(pending))
    return pieces


def test_remedies_are_known_once_all_candidates_are_tried() -> None:
    """Not before, and none for a healthy network."""
    trials, trace = advised()
    assert trials.remedies is None
    assert work(trials) > 5
    assert trials.remedies
    assert trials.remedies[0].verdict.kind == "healthy"
    healthy, _ = advised(activation="relu", init="he_normal")
    assert healthy.pending is None
    assert healthy.remedies == ()
    assert verdict(trace).kind == "vanishing"


def test_a_candidate_that_cannot_be_run_is_no_remedy() -> None:
    """Its outcome is None, and the rest goes on."""
    trials, _ = advised()
    first = trials.pending
    assert first is not None
    trials.take(first, None)
    work(trials)
    assert trials.remedies
    assert all(remedy.candidate.experiment != first for remedy in trials.remedies)


def test_the_band_holds_the_middle_of_16_seeds() -> None:
    """Percentiles against numpy on the runs themselves; from three seeds on."""
    trials, trace = advised(activation="relu", init="he_normal", width=16)
    metric = METRICS["delta"]
    assert trials.band(metric) is None
    trials.wants_seeds = True
    assert work(trials, 1) == 1
    assert trials.band(metric) is None
    work(trials)
    assert trials.seeds_done == SEEDS
    runs = [run(trace.ours.with_settings(seed=seed)).delta_norm for seed in range(SEEDS)]
    band = trials.band(metric)
    assert band is not None
    np.testing.assert_allclose(band, np.percentile(runs, (10, 50, 90), axis=0))


def test_another_run_is_asked_about_anew() -> None:
    """Seeds are for the run that is shown; the same run again keeps what is known."""
    trials, trace = advised()
    trials.wants_seeds = True
    work(trials, 4)
    trials.attend(trace)
    assert trials.seeds_done == 5
    trials.attend(run(experiment_of(depth=5)))
    assert trials.seeds_done == 1
    # it stays on, for the new run's own seeds
    assert trials.wants_seeds


def test_slow_networks_are_tried_for_those_who_ask() -> None:
    """Seeds when the band is wanted, candidates when a remedy is; removals in any case."""
    trials, trace = Trials(lambda experiment: False), run(experiment_of())
    trials.attend(trace)
    assert work(trials) == len(removals(trace.ours))
    assert trials.pending is None
    trials.wants_remedies = True
    assert trials.pending is not None
