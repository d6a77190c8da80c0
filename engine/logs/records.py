"""The lines of a run log of our own networks: the experiment's, and a Trace's."""

import json
import math
from collections.abc import Mapping
from typing import Any

import numpy as np

from engine.experiment.experiment import Experiment
from engine.logs.schema import FACTORS, FLAGS, LAYER_NUMBERS, MARK, MEASURES, VERSION
from engine.measure.trace import Trace
from engine.network.parameters import layer_inputs
from engine.numerics.arrays import PerLayer

DIGITS = {"float32": 7}
"""Significant digits that are kept of a format's numbers; all of others'."""

NUMBERS_OF_A_TRACE = (
    *("loss", "accuracy", "learning_rate"),
    *("gradient_norm", "clipped_gradient_norm", "input_grad_norm"),
)


def header_line(experiment: Experiment, what: Mapping[str, object]) -> str:
    """The first line; layers are named by their numbers."""
    width = experiment.network.width
    sizes = [fan_in * width for fan_in in layer_inputs(experiment)]
    return _line(
        {
            MARK: VERSION,
            "layers": [str(number) for number, _ in enumerate(sizes, 1)],
            "what": dict(what),
            "experiment": experiment.tables(),
            "parameters": [
                row
                for number, size in enumerate(sizes, 1)
                for row in ([f"{number}.weight", number, size], [f"{number}.bias", number, width])
            ],
            "gradient": "before_clipping",
        }
    )


def step_line(trace: Trace, seconds: float, is_last: bool = False) -> str:
    """The line of a step that was measured so many seconds after the start.

    The loss and accuracy on the test set are there if somebody asked for them at this step.
    """
    record = _Record(DIGITS.get(trace.ours.network.dtype))
    record.fields = {"step": trace.step, "time": round(seconds, 6)}
    for name in NUMBERS_OF_A_TRACE:
        record.put_number(name, getattr(trace, name))
    for name, value in _tested(trace).items():
        record.put_number(name, value)
    for name in LAYER_NUMBERS:
        layer = getattr(trace, name)
        if layer is not None:
            record.fields[name] = int(layer)
    for name in MEASURES:
        # there is no pass before that of step 0
        if name != "gradient_cosine" or trace.step > 0:
            record.fields[name] = record.array(name, getattr(trace, name))
    for name in FLAGS:
        record.fields[name] = getattr(trace, name).tolist()
    record.fields["factors"] = {
        name: record.array(f"factors.{name}", getattr(trace.factors, name)) for name in FACTORS
    }
    if record.nonfinite:
        record.fields["nonfinite"] = record.nonfinite
    if is_last:
        record.fields["last"] = True
    return _line(record.fields)


def _tested(trace: Trace) -> dict[str, float | None]:
    if trace.test_loss is None and trace.test_accuracy is None and trace.evaluations:
        last = trace.evaluations[-1]
        if last.step == trace.step:
            return {"test_loss": last.loss, "test_accuracy": last.accuracy}
    return {"test_loss": trace.test_loss, "test_accuracy": trace.test_accuracy}


class _Record:
    """The fields of a line while it is made, and the names of those that are not finite."""

    def __init__(self, digits: int | None) -> None:
        self.fields: dict[str, Any] = {}
        self.nonfinite: list[str] = []
        self._digits = digits

    def put_number(self, name: str, value: float | None) -> None:
        """A number, unless there is none."""
        if value is None:
            return
        is_finite = math.isfinite(value)
        self.fields[name] = self._rounded(float(value)) if is_finite else None
        if not is_finite:
            self.nonfinite.append(name)

    def array(self, name: str, values: PerLayer) -> list[float | None]:
        """An array's numbers."""
        if np.isfinite(values).all():
            listed: list[float] = values.tolist()
            return [*map(self._rounded, listed)] if self._digits else [*listed]
        self.nonfinite.append(name)
        return [self._rounded(v) if math.isfinite(v) else None for v in values.tolist()]

    def _rounded(self, value: float) -> float:
        return float(f"{value:.{self._digits}g}") if self._digits else value


def _line(fields: Mapping[str, object]) -> str:
    return json.dumps(fields, allow_nan=False, separators=(",", ":"))
