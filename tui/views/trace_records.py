"""A Trace as JSON and as CSV: the headless contract."""

import csv
import io
from dataclasses import asdict
from typing import Any

from engine import Trace, Verdict
from engine.diagnosis.remedies import Remedy
from engine.measure.trace import GOOD
from tui.views import json_values
from tui.views.doctor_report import suggestions
from tui.words.causes import WHY, cause_texts
from tui.words.language import ENGLISH, speaking
from tui.words.verdict import verdict_text

LAYER_FIELDS = (
    "delta_norm",
    "delta_rms",
    "output_grad_norm",
    "weight_grad_norm",
    "bias_grad_norm",
    "update_ratio",
    "preactivation_rms",
    "activation_rms",
    "saturated_fraction",
    "off_fraction",
    "dead_fraction",
    "dead",
    "closed",
    "weight_norm",
    "displacement",
    "gradient_cosine",
)
PREDICTED_FIELDS = ("predicted_delta_norm", "predicted_output_grad_norm", "predicted_spread")
FACTOR_FIELDS = ("scale", "activation", "norm", "weight", "branch", "skip", "total")


def layer_rows(trace: Trace) -> list[dict[str, Any]]:
    """One record a layer, values that are not finite as None."""
    rows = [
        {
            "layer": i + 1,
            **{name: getattr(trace, name)[i] for name in LAYER_FIELDS},
            "factors": {name: getattr(trace.factors, name)[i] for name in FACTOR_FIELDS},
            **{name: getattr(trace, name)[i] for name in PREDICTED_FIELDS},
        }
        for i in range(trace.depth)
    ]
    return [json_values.finite(row) for row in rows]


@speaking(ENGLISH)
def to_json(trace: Trace, found: Verdict, helpful: tuple[Remedy, ...]) -> str:
    """The Trace, the verdict on it and what helps it as the contract's JSON object."""
    told = record(trace, found)
    told["verdict"]["suggestions"] = suggestions(trace, helpful)
    return json_values.to_json(told)


def record(trace: Trace, found: Verdict) -> dict[str, Any]:
    """The Trace and the verdict on it, as the contract has them."""
    return {
        "experiment": None if trace.experiment is None else trace.experiment.tables(),
        "step": trace.step,
        "loss": trace.loss,
        "accuracy": trace.accuracy,
        "test_loss": trace.test_loss,
        "test_accuracy": trace.test_accuracy,
        "milestone": {"test_accuracy": GOOD, "step": trace.milestone},
        "learning_rate": trace.learning_rate,
        "gradient_norm": trace.gradient_norm,
        "clipped_gradient_norm": trace.clipped_gradient_norm,
        "divergence": None if trace.divergence is None else asdict(trace.divergence),
        "layers": layer_rows(trace),
        "input_grad_norm": trace.input_grad_norm,
        "first_nonfinite_layer": trace.first_nonfinite_layer,
        "first_underflow_layer": trace.first_underflow_layer,
        "verdict": {
            "kind": found.kind,
            "decades": found.decades,
            "factor_per_layer": found.factor_per_layer,
            "cause": found.cause,
            "text": f" {WHY} ".join((verdict_text(trace, found), *cause_texts(trace, found)[:1])),
        },
    }


@speaking(ENGLISH)
def to_csv(trace: Trace) -> str:
    """One line a layer, the factors' names prefixed, empty where a value is null."""
    records = []
    for row in layer_rows(trace):
        factors = row.pop("factors")
        predicted = {name: row.pop(name) for name in PREDICTED_FIELDS}
        records.append(
            {
                **row,
                **{f"factor_{name}": value for name, value in factors.items()},
                **predicted,
            }
        )
    out = io.StringIO()
    writer = csv.DictWriter(out, fieldnames=list(records[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(records)
    return out.getvalue().rstrip("\n")
