"""Findings in words."""

import re
from dataclasses import replace

from engine import Trace, run, verdict
from engine.diagnosis.diagnosis import diagnose
from engine.diagnosis.folklore import FOLKLORE
from engine.diagnosis.remedies import CANDIDATES, Candidate, Remedy, remedies
from tests.support.experiments import experiment_of
from tui.state.ways import keys_to
from tui.words.diagnosis import findings
from tui.words.folklore import REMARKS
from tui.words.language import CHINESE, speaking
from tui.words.numbers import amount
from tui.words.remedies import outcome_texts, remedy_text
from tui.words.theory import GAP_WORDS, SILENCE_WORDS

FOREVER = 60.0


def test_every_code_has_its_words() -> None:
    """Reasons for silence and for gaps, folklore, findings."""
    assert set(REMARKS) == set(FOLKLORE)
    assert set(SILENCE_WORDS) == {
        "no_theory",
        "narrow",
        "zeros",
        "zero_branch",
        "small_batch",
        "trained",
        "low_rank",
        "norm_after_bias",
        "saturated",
        "unlike_samples",
        "stream_mean",
        "deep_for_batch_init",
        "deep_for_norm",
        "unknown_network",
    }
    assert set(GAP_WORDS) == {
        "underflow",
        "narrow",
        "few_outputs",
        "unknown_scatter",
        "large_batch",
    }


def test_a_remedy_is_told_with_its_key_and_its_outcome() -> None:
    """Of what layer 1 gets so much is said, before and after."""
    trace: Trace = run(experiment_of())
    before, experiment = verdict(trace), trace.ours
    texts = [
        remedy_text(before, remedy, keys_to(experiment, remedy.candidate))
        for remedy in remedies(trace, FOREVER)
    ]
    told = next(text for text in texts if text.startswith("BatchNorm (press b): layer 1 gets "))
    assert before.decades is not None
    assert told.endswith(f" times layer 20's gradient instead of {amount(before.decades)} of it")
    assert findings(trace, diagnose(trace), (), "none")


def test_a_change_is_told_in_chinese() -> None:
    """Each that is tried; names of activations stay."""
    trace = run(experiment_of(depth=2, width=8))
    judged = verdict(trace)
    with speaking(CHINESE):
        for setting, value in CANDIDATES:
            candidate = Candidate(setting, value, trace.ours)
            told = outcome_texts(judged, Remedy(candidate, judged))[-1]
            assert setting == "activation" or re.search("[\u4e00-\u9fff]", told), told
        lost = Remedy(candidate, replace(judged, kind="dead", decades=None))
        assert outcome_texts(judged, lost) == ("数值类型 float64：有死层",)
