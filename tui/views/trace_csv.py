"""A Trace as CSV."""

from __future__ import annotations

import csv
import io

from engine import Trace
from tui.views.trace_json import layer_rows


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
