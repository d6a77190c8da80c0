"""What a line of a run log says, or why it says nothing."""

import json
import math
from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np

from engine.logs.schema import (
    ARRAYS,
    MARK,
    MAX_STEP,
    NUMBERS,
    VERSION,
    BrokenLine,
    Header,
    LoggedStep,
    Parameter,
)
from engine.numerics.arrays import PerLayer, frozen
from engine.numerics.errors import SettingError

MAX_LINE_BYTES = 2**20
"""A longer line is left out: one of 1000 layers with all that a Trace has takes less than half.

Reading a line of another kind takes up to thirty times its size in memory.
"""

UNBEGUN = {"log_empty", "log_unbegun"}
"""What is wrong with a log that somebody may just be beginning."""

_ELEMENTS = {float, int, bool, type(None)}


class _BrokenError(Exception):
    """A line that is left out."""

    def __init__(self, code: str, **details: object) -> None:
        self.code, self.details = code, details
        super().__init__(code, details)


def header_of(content: bytes, path: str) -> Header:
    """The first line; raises SettingError where it is not that of a log that can be read."""
    if not content:
        raise SettingError("log_empty", path=path)
    try:
        fields = _object(content.removeprefix(b"\xef\xbb\xbf"))
    except _BrokenError:
        fields = {}
        if content.startswith(b"{") and not content.endswith(b"\n"):
            raise SettingError("log_unbegun", path=path) from None
    version = fields.get(MARK)
    if isinstance(version, bool) or not isinstance(version, int | float) or not version >= 1:
        raise SettingError("log_without_header", path=path)
    if version >= VERSION + 1:
        raise SettingError("log_newer", path=path, version=version, known=VERSION)
    layers = fields.get("layers")
    if not isinstance(layers, list) or not layers or {*map(type, layers)} != {str}:
        raise SettingError("log_without_layers", path=path)
    experiment, gradient = fields.get("experiment"), fields.get("gradient")
    return Header(
        layers=tuple(layers),
        what=fields.get("what"),
        experiment=experiment if isinstance(experiment, dict) else None,
        parameters=tuple(_parameters(fields.get("parameters"), len(layers))),
        gradient=gradient if isinstance(gradient, str) else None,
    )


def _parameters(rows: object, depth: int) -> Iterator[Parameter]:
    """Those that belong to a layer."""
    for row in rows if isinstance(rows, list) else ():
        if isinstance(row, list) and [*map(type, row)] == [str, int, int]:
            name, layer, elements = row
            if 1 <= layer <= depth and elements > 0:
                yield Parameter(name, layer, elements)


def step_of(content: bytes, line: int, layers: int, segment: int = 0) -> LoggedStep | BrokenLine:
    """What that line of a log of so many layers says, or why it is left out."""
    try:
        fields = _object(content)
        step = fields.get("step")
        if isinstance(step, bool) or not isinstance(step, int) or not 0 <= step <= MAX_STEP:
            raise _BrokenError("log_line_without_step")
        read = _Fields(fields, layers)
    except _BrokenError as error:
        return BrokenLine(line, error.code, error.details)
    return LoggedStep(
        line,
        segment,
        step,
        read.numbers,
        read.arrays,
        tuple(read.nonfinite),
        fields.get("skipped") is True,
        read.layer("first_nonfinite_layer"),
        read.layer("first_underflow_layer"),
        fields.get("last") is True,
    )


class _Fields:
    """The known fields of a line."""

    def __init__(self, fields: Mapping[str, Any], depth: int) -> None:
        self._fields, self._depth = fields, depth
        self.nonfinite: list[str] = []
        factors = fields.get("factors")
        inner = factors if isinstance(factors, dict) else {}
        flat = {**fields, **{f"factors.{name}": values for name, values in inner.items()}}
        self.numbers = {name: self._number(name, flat[name]) for name in NUMBERS if name in flat}
        self.arrays = {name: self._array(name, flat[name]) for name in ARRAYS if name in flat}

    def layer(self, name: str) -> int | None:
        """A layer's number."""
        value = self._fields.get(name)
        return value if type(value) is int and 1 <= value <= self._depth else None

    def _number(self, name: str, value: object) -> float:
        if type(value) not in (float, int, type(None)):
            raise _BrokenError("log_line_no_number", name=name)
        return float(self._converted(name, value))

    def _array(self, name: str, values: object) -> PerLayer:
        if not isinstance(values, list) or not {*map(type, values)} <= _ELEMENTS:
            raise _BrokenError("log_line_no_array", name=name)
        if len(values) != self._depth:
            raise _BrokenError("log_line_length", name=name, values=len(values), layers=self._depth)
        return frozen(self._converted(name, values))

    def _converted(self, name: str, value: object) -> PerLayer:
        """An array of that shape, null as nan."""
        try:
            found = np.array(value, float)
        except OverflowError:
            raise _BrokenError("log_line_no_number", name=name) from None
        if not np.isfinite(found).all():
            self.nonfinite.append(name)
        return found


def _object(content: bytes) -> dict[str, Any]:
    """The JSON object in a line."""
    try:
        found = json.loads(content.decode(), parse_constant=_no_constant)
    except (ValueError, RecursionError):
        # no UTF-8, no JSON, a number of thousands of digits, thousands of brackets
        found = None
    if not isinstance(found, dict):
        raise _BrokenError("log_line_no_object")
    return found


def _no_constant(name: str) -> float:
    """NaN and Infinity, which Python writes and JSON does not have."""
    return math.inf if name == "Infinity" else -math.inf if name == "-Infinity" else math.nan
