"""A sentence for each code of SettingError: what is wrong, what is allowed, the nearest match."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping

from engine import SettingError
from tui.words.numbers import number, size
from tui.words.settings import suggestion


def _shown(value: object) -> str:
    return repr(value) if isinstance(value, str) else str(value)


def _unknown_name(d: Mapping[str, object]) -> str:
    allowed = [str(name) for name in d["allowed"]]  # type: ignore[attr-defined]
    allowed += [f"a {suffix} file" for suffix in d.get("suffixes", ())]  # type: ignore[attr-defined]
    hint = suggestion(str(d["value"]), allowed)
    return f"no {d['setting']} named {_shown(d['value'])}{hint}; one of {', '.join(allowed)}"


def _unknown_setting(d: Mapping[str, object]) -> str:
    allowed = [str(name) for name in d["allowed"]]  # type: ignore[attr-defined]
    hint = suggestion(str(d["setting"]), allowed)
    return f"no setting named {_shown(d['setting'])}{hint}; one of {', '.join(allowed)}"


def _bounds(d: Mapping[str, object]) -> str:
    return f"from {number(d['low'])} to {number(d['high'])}"


def _no_critical_point(d: Mapping[str, object]) -> str:
    least = d["least"]
    why = (
        "has no point with sigma_b^2 >= 0 where chi_1 = 1"
        if least is None
        else f"reaches chi_1 = 1 only from sigma_w^2 = {float(str(least)):.0f} on"
    )
    allowed = ", ".join(str(name) for name in d["allowed"])  # type: ignore[attr-defined]
    return f"init critical: {d['activation']} {why}; allowed activations: {allowed}"


FILE_ERRORS: dict[str, Callable[[Mapping[str, object]], str]] = {
    "file_unreadable": lambda d: f"cannot read {d['path']}: {os.strerror(int(str(d['errno'])))}",
    "file_too_large": lambda d: (
        f"{d['path']} holds {size(d['size'])}; allowed up to {size(d['high'])}"
    ),
    "file_not_text": lambda d: f"{d['path']} is not UTF-8 text",
    "file_bad_row": lambda d: (
        f"{d['path']} row {d['row']}: field larger than field limit ({d['high']})"
    ),
    "file_one_column": lambda d: (
        f"{d['path']} row {d['row']} has one column; needed: features, and the label last"
    ),
    "file_ragged": lambda d: (
        f"{d['path']} row {d['row']} has {d['columns']} columns; expected {d['expected']}"
    ),
    "file_not_number": lambda d: (
        f"{d['path']} row {d['row']}, column {d['column']}: {_shown(d['value'])} "
        "is not a finite number"
    ),
    "file_not_npz": lambda d: f"{d['path']} is not an NPZ file of plain arrays",
    "file_no_array": lambda d: (
        f"{d['path']} has no array {d['missing']}; needed: x and y; found: "
        + (", ".join(map(str, d["found"])) or "none")  # type: ignore[call-overload]
    ),
    "file_shapes": lambda d: (
        f"{d['path']}: x {d['x']} and y {d['y']} do not go together; "
        "needed: x with a row and y with a label for each sample"
    ),
    "file_not_numeric": lambda d: f"{d['path']}: x holds {d['dtype']}; needed: real numbers",
    "file_too_short": lambda d: f"{d['path']} has {d['rows']} samples; allowed from 2 on",
    "file_too_wide": lambda d: (
        f"{d['path']} has {d['features']} features; allowed up to {d['high']}"
    ),
    "file_too_many_classes": lambda d: (
        f"{d['path']} has {d['classes']} different labels in its last column; "
        f"allowed up to {d['high']}"
    ),
}


ERRORS: dict[str, Callable[[Mapping[str, object]], str]] = {
    "unknown_name": _unknown_name,
    "unknown_setting": _unknown_setting,
    "not_whole": lambda d: (
        f"{d['setting']} {_shown(d['value'])} is not a whole number; allowed {_bounds(d)}"
    ),
    "not_number": lambda d: (
        f"{d['setting']} {_shown(d['value'])} is not a number; allowed {_bounds(d)}"
    ),
    "out_of_range": lambda d: (
        f"{d['setting']} {_shown(d['value'])} is out of range; allowed {_bounds(d)}"
    ),
    "scale_without_skip": lambda d: (
        "residual_scale needs a skip connection; allowed without one: one"
    ),
    "position_without_norm": lambda d: "norm_position post needs a norm; allowed without one: pre",
    "post_norm_with_skip": lambda d: (
        "norm_position post works without a skip only; allowed with one: pre"
    ),
    "batch_norm_of_one": lambda d: (
        f"batch_size {d['value']} with norm {d['norm']} makes every output 0; "
        f"allowed from {d['low']} on"
    ),
    "input_dim_is_fixed": lambda d: (
        f"input_dim is fixed by dataset {d['dataset']} ({d['features']} features); allowed: 0"
    ),
    "layer_norm_of_one": lambda d: (
        f"width {d['value']} with norm {d['norm']} makes every output 0; allowed from {d['low']} on"
    ),
    "init_sets_gain": lambda d: f"init {d['init']} sets its own scale; allowed gain with it: 1",
    "init_sets_bias": lambda d: (
        f"init {d['init']} sets its own biases; allowed bias_std with it: 0"
    ),
    "no_critical_point": _no_critical_point,
    **FILE_ERRORS,
    "batch_exceeds_data": lambda d: (
        f"batch_size {d['value']} is more than the training samples of {d['dataset']}; "
        f"allowed from 1 to {d['high']}"
    ),
    "momentum_without_use": lambda d: (
        f"momentum goes with optimizer {' or '.join(d['allowed'])} only; "  # type: ignore[arg-type]
        f"allowed with {d['optimizer']}: {d['default']}"
    ),
    "length_without_end": lambda d: (
        f"schedule_steps goes with schedule cosine only; "
        f"allowed with {d['schedule']}: {d['default']}"
    ),
    "warmup_exceeds_schedule": lambda d: (
        f"warmup {d['value']} leaves no step for schedule {d['schedule']}; "
        f"allowed from 0 to {d['high']}, below schedule_steps"
    ),
    "too_large": lambda d: (
        f"depth {d['depth']} x width {d['width']} needs about {size(d['required'])} of memory; "
        f"{size(d['available'])} are free: take a smaller depth, width or batch_size"
    ),
}
"""A sentence for each code of SettingError: what is wrong, what is allowed, the nearest match."""


def error_text(error: SettingError) -> str:
    """What is wrong with a setting, in one line."""
    return setting_error_text(error.code, error.details)


def setting_error_text(code: str, details: Mapping[str, object]) -> str:
    """The sentence of a SettingError's code."""
    return ERRORS[code](details).replace("\n", " ")
