"""What is said of a logged run, and what is not said of what cannot carry it."""

import json
from collections.abc import Iterable, Mapping

import numpy as np
import pytest

from engine import Trainer, verdict
from engine.diagnosis.first_bad_layer import first_bad_layer
from engine.experiment.experiment import Experiment
from engine.logs.findings import UNKNOWN, VERDICTS, Finding, Judge
from engine.logs.history import LEAST, WINDOW, History
from engine.logs.lines import header_of, step_of
from engine.logs.pieces import Mark, Piece
from engine.logs.schema import Header, LoggedStep
from engine.logs.spells import CALM
from tests.support.run_logs import recorded_lines
from tests.support.training import small

LAYERS = 4
HEADER = Header(tuple("abcd"))


def read(lines: Iterable[Mapping[str, object]], header: Header = HEADER) -> list[LoggedStep]:
    """Steps as a file has them."""
    piece = Piece(b"\n".join(json.dumps(line).encode() for line in lines), Mark(0, 2), header)
    steps = [piece.step(place) for place in range(len(piece.entries))]
    assert all(isinstance(step, LoggedStep) for step in steps)
    return [step for step in steps if isinstance(step, LoggedStep)]


def findings(lines: Iterable[Mapping[str, object]], judge: Judge | None = None) -> list[Finding]:
    """All findings of a log of those steps."""
    judge = judge or Judge(HEADER)
    return [finding for step in read(lines) for finding in judge.read(step)]


def kinds(found: Iterable[Finding]) -> list[tuple[str, int | None, bool]]:
    """What begins, and is over, at which step, besides that there is no g."""
    return [(each.kind, each.step, each.is_over) for each in found if each.kind != "no_g"]


def g(decades: float) -> list[float]:
    """Gradients whose first is so many decades from the last."""
    return [float(norm) for norm in np.logspace(decades, 0, LAYERS)]


NETWORKS = {
    "vanishing": small(activation="sigmoid", depth=8),
    "healthy": small(activation="tanh", depth=5),
    "exploding": small(activation="linear", init="xavier_normal", gain=3.0, depth=8),
    "dead": small(activation="relu", init="zeros", depth=4),
    "underflow": small(activation="sigmoid", init="small_normal", depth=60, dtype="float32"),
    "skip": small(activation="relu", residual="post_activation", depth=8),
    "overflow": small(activation="relu", init="unit_normal", gain=1e6, depth=30, dtype="float32"),
    "diverging": small(activation="linear", gain=2.0, depth=6, learning_rate=1e3),
}


@pytest.mark.parametrize("experiment", NETWORKS.values(), ids=NETWORKS)
def test_with_g_the_verdict_is_that_of_our_own_networks(experiment: Experiment) -> None:
    """At every step, to the last digit, with the layer where it begins."""
    header, *lines = recorded_lines(experiment, 6, 1)
    judge, trainer = Judge(header_of(header.encode(), "")), Trainer(experiment)
    traces = [trainer.trace]
    while trainer.step_number < 6 and trainer.diverged is None:
        traces.append(trainer.step())
    if trainer.nonfinite is not None:
        traces[-1] = trainer.nonfinite
    assert len(traces) == len(lines)
    for number, (trace, line) in enumerate(zip(traces, lines, strict=True)):
        step = step_of(line.encode(), number, len(trace.output_grad_norm))
        assert isinstance(step, LoggedStep)
        judge.read(step)
        expected = verdict(trace)
        assert judge.judged_step == trace.step
        assert judge.verdict.kind == expected.kind
        assert judge.verdict.layer == expected.layer
        assert judge.verdict.cause == expected.cause
        assert judge.first_bad_layer == first_bad_layer(expected, trace.output_grad_norm)
        if expected.decades is not None:
            assert judge.verdict.decades == pytest.approx(expected.decades, abs=1e-6)


WITHOUT_G = {
    "weight gradients that grow": [
        {"step": n, "loss": 1.0, "weight_grad_norm": [10.0 ** (n - layer) for layer in range(4)]}
        for n in range(3)
    ],
    "deltas, factors and flags": [
        {
            "step": n,
            "loss": 1.0,
            "delta_norm": [1e-30, 1e-20, 1e-10, 1.0],
            "factors": {"total": [1e-10] * 4, "weight": [1e-10] * 4},
        }
        for n in range(3)
    ],
    "numbers alone": [{"step": n, "loss": 10.0**n, "gradient_norm": 10.0**n} for n in range(3)],
}


@pytest.mark.parametrize("lines", WITHOUT_G.values(), ids=WITHOUT_G)
def test_without_g_there_is_no_verdict_and_no_cause(lines: list[dict[str, object]]) -> None:
    """However the other numbers look."""
    judge = Judge(HEADER)
    found = findings(lines, judge)
    assert judge.verdict == UNKNOWN
    assert judge.judged_step is None
    assert not {finding.kind for finding in found} & {*VERDICTS}


def test_that_g_is_missing_is_told_once() -> None:
    """Where layers are logged; numbers of the run alone promise nothing of them."""
    lines = [{"step": n, "loss": 1.0, "weight_grad_norm": [1] * 4} for n in range(3)]
    assert [(each.kind, each.step) for each in findings(lines)] == [("no_g", 0)]
    assert not findings([{"step": 0, "loss": 1.0, "gradient_norm": 1.0}])
    assert "no_g" not in {each.kind for each in findings([{**lines[0], "output_grad_norm": g(0)}])}


def test_the_last_step_is_the_end() -> None:
    """Where its writer says so."""
    assert kinds(findings([{"step": 0}, {"step": 7, "last": True}])) == [("done", 7, False)]
    assert kinds(findings([{"step": 0}, {"step": 7, "last": 1}])) == []


def test_g_now_and_then_judges_the_step_where_it_was() -> None:
    """Which says how old the verdict is."""
    judge = Judge(HEADER)
    for step in read(
        [
            {"step": 0, "weight_grad_norm": [1] * 4, "output_grad_norm": g(-3)},
            *({"step": n, "weight_grad_norm": [1] * 4} for n in range(1, 20)),
        ]
    ):
        judge.read(step)
        assert (judge.verdict.kind, judge.judged_step) == ("vanishing", 0)
    assert judge.first_bad_layer == 1


def test_a_g_that_lacks_a_layer_carries_no_verdict() -> None:
    """Two ends alone do not say that all is well between them."""
    (step,) = read([{"step": 0, "output_grad_norm": [1, None, 1, 1]}])
    judge = Judge(HEADER)
    judge.read(step)
    assert judge.verdict.kind == "overflow"


def test_what_lasts_is_told_when_it_begins_and_when_it_is_over() -> None:
    """A step or two without it are no end."""
    is_zero = [0, 1, 1, 0, 1, *[0] * (CALM + 5), 1]
    lines = [
        {"step": n, "weight_grad_norm": [1, 1, 0 if zero else 1, 1]}
        for n, zero in enumerate(is_zero)
    ]
    found = [each for each in findings(lines) if each.kind != "no_g"]
    assert kinds(found) == [
        ("exactly_zero", 1, False),
        ("exactly_zero", 4 + CALM, True),
        ("exactly_zero", len(lines) - 1, False),
    ]
    assert (found[0].layer, found[0].numbers) == (3, {"layers": 1})
    assert found[1].numbers == {"since": 1}


def test_layers_that_join_are_told_apart() -> None:
    """And the end once, when it is over in all of them."""
    zeros = [{3}, {2, 3}, {2, 3}, {2}, *[set[int]()] * (CALM + 1)]
    lines = [
        {"step": n, "output_grad_norm": [0 if i in zero else 1 for i in range(LAYERS)]}
        for n, zero in enumerate(zeros)
    ]
    found = [each for each in findings(lines) if each.kind == "exactly_zero"]
    assert [(each.step, each.layer, each.is_over) for each in found] == [
        (0, 4, False),
        (1, 3, False),
        (3 + CALM, None, True),
    ]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ({"loss": None}, ("loss", None)),
        ({"loss": None, "weight_grad_norm": [None] * 4}, ("loss", None)),
        ({"loss": 1.0, "weight_grad_norm": [1, None, None, 1]}, ("weight_grad_norm", 3)),
        ({"loss": 1.0, "weight_grad_norm": [None] * 4}, ("weight_grad_norm", 4)),
        ({"loss": None, "activation_rms": [1, None, None, None]}, ("loss", 2)),
        ({"loss": None, "first_nonfinite_layer": 2}, ("loss", 2)),
        ({"gradient_norm": None}, ("gradient_norm", None)),
        ({"loss": 1.0, "skipped": True, "gradient_norm": None}, None),
        ({"loss": None, "skipped": True, "gradient_norm": None}, ("loss", None)),
        ({"update_ratio": [None] * 4, "gradient_cosine": [None] * 4}, None),
        ({"factors": {"total": [None] * 4}}, None),
    ],
)
def test_what_is_not_finite(
    line: dict[str, object], expected: tuple[str, int | None] | None
) -> None:
    """A ratio to 0 is no overflow, and a skipped step's gradient is meant to be thrown away."""
    found = [each for each in findings([{"step": 5, **line}]) if each.kind == "nonfinite"]
    assert [(each.metric, each.layer) for each in found] == [expected] * (expected is not None)


def test_a_skipped_step_with_an_infinite_g_has_no_verdict() -> None:
    """A gradient scaler looks for its scale."""
    judge = Judge(HEADER)
    lines = [
        {"step": 0, "loss": 1.0, "output_grad_norm": g(-1)},
        {
            "step": 1,
            "loss": 1.0,
            "skipped": True,
            "scale": 65536.0,
            "output_grad_norm": [None, None, 1, 1],
        },
    ]
    found = findings(lines, judge)
    assert kinds(found) == [("healthy", 0, False), ("skipped", 1, False)]
    assert found[1].numbers == {"scale": 65536.0}
    assert (judge.verdict.kind, judge.judged_step) == ("healthy", 0)


def test_healthy_again_is_told_after_a_while() -> None:
    """And since when; a verdict that goes to and fro across the threshold is told once."""
    decades = [-1, -3, -1, -3, *[-1] * (CALM + 2), 3]
    lines = [{"step": n, "output_grad_norm": g(each)} for n, each in enumerate(decades)]
    found = findings(lines)
    assert kinds(found) == [
        ("healthy", 0, False),
        ("vanishing", 1, False),
        ("healthy", 3 + CALM, False),
        ("exploding", len(lines) - 1, False),
    ]
    assert found[1].numbers["decades"] == pytest.approx(-3)
    assert found[2].numbers["since"] == 4


def test_a_change_against_its_own_history_needs_no_other_layer() -> None:
    """A layer that falls by three decades, however the others stand, and comes back."""
    rng = np.random.default_rng(0)
    norms = 10.0 ** (np.arange(LAYERS) * 5 + rng.normal(0, 0.2, (80, LAYERS)))
    norms[40:45, 1] *= 1e-3
    lines = [{"step": n, "weight_grad_norm": row.tolist()} for n, row in enumerate(norms)]
    found = findings(lines)[1:]
    assert kinds(found) == [("changed", 40, False), ("changed", 44 + CALM, True)]
    assert (found[0].layer, found[0].metric) == (2, "weight_grad_norm")
    assert found[0].numbers["decades"] == pytest.approx(-3, abs=0.7)


def test_of_the_layers_that_join_the_largest_change_is_told() -> None:
    """Not of one that was told before."""
    norms = np.ones((40, LAYERS))
    norms[30:, 0], norms[31:, 2:] = 1e-6, [1e3, 1e4]
    lines = [{"step": n, "weight_grad_norm": row.tolist()} for n, row in enumerate(norms)]
    found = [(each.step, each.layer, each.numbers) for each in findings(lines)[1:]]
    assert found == [
        (30, 1, {"layers": 1, "decades": -6.0}),
        (31, 4, {"layers": 2, "decades": 4.0}),
    ]


def test_a_step_that_goes_back_begins_anew() -> None:
    """Nothing of what was before is held against it."""
    judge = Judge(HEADER)
    lines = [{"step": n, "output_grad_norm": g(-3)} for n in (5, 6)]
    found = findings([*lines, {"step": 2, "loss": 1.0}], judge)
    assert kinds(found) == [("vanishing", 5, False), ("began_anew", 2, False)]
    assert judge.verdict == UNKNOWN


def test_the_running_median_is_that_of_what_was_there() -> None:
    """Of the last steps alone, without the 0 and what is not finite among them."""
    rng = np.random.default_rng(0)
    norms = 10 ** rng.normal(0, 1, (200, 3))
    norms[rng.random((200, 3)) < 0.3] = 0
    norms[5, 0], norms[60:, 2] = np.nan, np.inf
    history = History(3)
    with np.errstate(divide="ignore"):
        logs = np.log10(norms)
    for n, row in enumerate(norms):
        found = history.read(row)
        for layer in range(3):
            past = logs[max(n - WINDOW, 0) : n, layer]
            past, now = past[np.isfinite(past)], logs[n, layer]
            expected = now - np.median(past) if len(past) >= LEAST and np.isfinite(now) else np.nan
            assert found[layer] == pytest.approx(expected, nan_ok=True)
