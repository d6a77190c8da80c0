"""A Trace as text, JSON and CSV: the headless contract."""

from __future__ import annotations

import csv
import io
import json
import math
from dataclasses import asdict
from typing import Any

import numpy as np

from engine import Trace, verdict
from engine.diagnosis.remedies import remedies
from tui.charts.bars import frame_of, row_runs
from tui.charts.columns import axis_labels, columns
from tui.charts.ticks import ticks
from tui.state.axis import fitted
from tui.style.glyphs import ASCII, Glyphs
from tui.views.doctor_output import TRIAL_SECONDS, suggestions
from tui.words.experiment import experiment_words
from tui.words.metrics import METRIC_LABELS
from tui.words.numbers import factor
from tui.words.verdict import KIND_WORDS, cause_text, divergence_text, verdict_text

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
    "dead_fraction",
    "weight_norm",
    "displacement",
    "gradient_cosine",
)
FACTOR_FIELDS = ("scale", "activation", "norm", "weight", "branch", "skip", "total")
MIN_WIDTH = 40
PICTURE_ROWS = 14


def _finite(value: float | None) -> float | None:
    return None if value is None or not math.isfinite(value) else float(value)


def layer_rows(trace: Trace) -> list[dict[str, Any]]:
    """One record a layer, values that are not finite as None."""
    return [
        {
            "layer": i + 1,
            **{name: _finite(getattr(trace, name)[i]) for name in LAYER_FIELDS},
            "factors": {name: _finite(getattr(trace.factors, name)[i]) for name in FACTOR_FIELDS},
            "predicted_delta_norm": _finite(trace.predicted_delta_norm[i]),
        }
        for i in range(trace.depth)
    ]


def to_json(trace: Trace) -> str:
    """The Trace as the contract's JSON object; takes the time to try what might help."""
    found = verdict(trace)
    helpful = remedies(trace, TRIAL_SECONDS)
    return json.dumps(
        {
            "experiment": asdict(trace.experiment),
            "step": trace.step,
            "loss": _finite(trace.loss),
            "accuracy": _finite(trace.accuracy),
            "test_loss": _finite(trace.test_loss),
            "test_accuracy": _finite(trace.test_accuracy),
            "learning_rate": trace.learning_rate,
            "gradient_norm": _finite(trace.gradient_norm),
            "clipped_gradient_norm": _finite(trace.clipped_gradient_norm),
            "divergence": None if trace.divergence is None else asdict(trace.divergence),
            "layers": layer_rows(trace),
            "input_grad_norm": _finite(trace.input_grad_norm),
            "first_nonfinite_layer": trace.first_nonfinite_layer,
            "first_underflow_layer": trace.first_underflow_layer,
            "verdict": {
                "kind": found.kind,
                "decades": found.decades,
                "factor_per_layer": found.factor_per_layer,
                "cause": found.cause,
                "text": verdict_text(trace, found),
                "suggestions": suggestions(trace, helpful),
            },
        },
        indent=1,
        allow_nan=False,
    )


def to_csv(trace: Trace) -> str:
    """One line a layer, the factors' names prefixed, empty where a value is null."""
    records = []
    for row in layer_rows(trace):
        factors = row.pop("factors")
        predicted = row.pop("predicted_delta_norm")
        records.append(
            {
                **row,
                **{f"factor_{name}": value for name, value in factors.items()},
                "predicted_delta_norm": predicted,
            }
        )
    out = io.StringIO()
    writer = csv.DictWriter(out, fieldnames=list(records[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(records)
    return out.getvalue().rstrip("\n")


def to_text(trace: Trace, width: int, glyphs: Glyphs) -> str:
    """The chart with its experiment and verdict lines in plain characters, `width` at most."""
    width = max(width, MIN_WIDTH)
    found = verdict(trace)
    values = trace.delta_norm
    axis = fitted(values)
    margin = max(len(f"1e{axis.low}"), len(f"1e{axis.high}"))
    cells = width - margin - 2
    layout = columns(trace.depth, cells)
    frame = frame_of(values, layout, axis, cells, PICTURE_ROWS, None, glyphs)
    marks = ticks(axis, PICTURE_ROWS)

    def words(text: str, joint: str = " ") -> list[str]:
        return _wrapped(glyphs.spell(text).split(joint), width, joint)

    lines = [
        *words(" · ".join(experiment_words(trace.experiment)), " - " if glyphs is ASCII else " · "),
        *words(f"{KIND_WORDS[found.kind]}: {verdict_text(trace, found)}"),
        *words(METRIC_LABELS["delta"]),
    ]
    for row in range(PICTURE_ROWS):
        label = f"1e{marks[row]}" if row in marks else ""
        bars = "".join(text for text, _ in row_runs(frame, row, glyphs))
        lines.append(f"{label:>{margin}} {glyphs.vertical}{bars}".rstrip())
    lines.append(" " * (margin + 1) + glyphs.corner + glyphs.horizontal * cells)
    lines.append((" " * (margin + 2) + axis_labels(layout, cells)).rstrip())
    lines += [line.rjust(width) for line in words("input → output")]
    lines += words(_summary(trace), "  ")
    lines += words(cause_text(trace, found))
    lines += words(divergence_text(trace))
    return "\n".join(lines)


def _summary(trace: Trace) -> str:
    parts = [f"step {trace.step}"] if trace.step else []
    parts.append(f"loss {factor(trace.loss)}")
    if trace.accuracy is not None:
        parts.append(f"accuracy {trace.accuracy:.0%}")
    if trace.test_accuracy is not None and trace.step:
        parts.append(f"test {trace.test_accuracy:.0%}")
    typical = {
        "φ'": trace.factors.activation,
        "norm": trace.factors.norm,
        "W": trace.factors.weight,
        "skip": trace.factors.skip,
    }
    for name, factors in typical.items():
        usable = factors[np.isfinite(factors) & (factors > 0)]
        if len(usable) and not (usable == 1).all():
            parts.append(f"{name} ×{factor(float(np.exp(np.log(usable).mean())))}")
    return "  ".join(parts)


def _wrapped(words: list[str], width: int, joint: str) -> list[str]:
    """Words joined into lines of that width; only a single longer word is broken."""
    lines = [""]
    for word in words:
        longer = lines[-1] + joint + word if lines[-1] else word
        if len(longer) <= width:
            lines[-1] = longer
            continue
        lines.append(word)
        while len(lines[-1]) > width:
            lines[-1:] = [lines[-1][:width], lines[-1][width:]]
    return [line for line in lines if line]
