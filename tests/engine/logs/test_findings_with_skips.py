"""What is said of a log whose steps have g now and then only, and are skipped now and then."""

from math import nan

import numpy as np
import pytest

from engine.logs.findings import Judge
from engine.logs.logged_trace import trace_of
from engine.logs.schema import Header, LoggedStep

G, LEARNT = np.array([0.5, 1.0]), np.array([0.1, 0.1])


def test_a_log_has_g_even_if_only_a_skipped_step_shows_it() -> None:
    """A gradient scaler's first steps are skipped, and g may be written every 20th step only."""
    learnt = {"weight_grad_norm": LEARNT}
    for arrays, expected in (({"output_grad_norm": np.full(2, np.nan)}, []), ({}, [1])):
        judge = Judge(Header(("a", "b")))
        steps = (
            LoggedStep(2, 0, 0, {}, arrays, skipped=True),
            LoggedStep(3, 0, 1, {}, learnt),
            LoggedStep(4, 0, 2, {}, {**learnt, "output_grad_norm": G}),
        )
        found = [each for step in steps for each in judge.read(step)]
        assert [each.step for each in found if each.kind == "no_g"] == expected
        assert judge.verdict.kind == "healthy"


def test_what_is_no_norm_has_no_verdict() -> None:
    """Somebody's own numbers may be below 0."""
    judge = Judge(Header(("a", "b")))
    step = LoggedStep(2, 0, 0, {}, {"output_grad_norm": np.array([-1.0, 1.0])})
    judge.read(step)
    assert trace_of(judge.header, step).output_grad_norm.tolist() == [
        pytest.approx(nan, nan_ok=True),
        1,
    ]
    assert (judge.verdict.kind, judge.judged_step) == ("unknown", None)
