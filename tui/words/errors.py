"""A template for each code of SettingError: what is wrong, what is allowed, the nearest match."""

import os
from collections.abc import Mapping
from typing import Any

from engine import SettingError
from tui.words.foreign import filled
from tui.words.numbers import number, size
from tui.words.settings import suggestion

FILE_ERRORS: dict[str, str] = {
    "file_unreadable": "cannot read {path!s}: {why}",
    "file_too_large": "{path!s} holds {size:,} bytes; allowed up to {most:,}",
    "file_endless": "{path!s} holds more than {size:,} bytes; allowed up to {most:,}",
    "file_not_regular": "{path!s} is not a regular file: no folder, device, pipe or socket is read",
    "file_name_impossible": "{path!r} cannot be the name of a file",
    "file_name_not_text": "dataset {path!r}; allowed: names in UTF-8 without a null character",
    "file_not_text": "{path!s} is not UTF-8 text",
    "file_broken": "{path!s} is broken, or no {kind} file of numbers and labels",
    "file_no_memory": "{path!s} does not fit in memory",
    "file_unpacks": "{path!s} unpacks to {size:,} bytes; allowed up to {most:,}",
    "file_needs_memory": "{path!s} needs about {required} of memory; {available} are free",
    "file_row_too_long": "{path!s} row {row:,} has more than {most:,} characters",
    "file_too_many_rows": "{path!s} has more than {most:,} rows, counting empty ones",
    "file_open_quote": "{path!s} row {row:,} opens a quote that is never closed",
    "file_one_column": (
        "{path!s} row {row:,} has one column; "
        "needed: features and, last, the label, with commas between them"
    ),
    "file_ragged": "{path!s} row {row:,} has {columns: column}; expected {expected:,}",
    "file_not_number": (
        "{path!s} row {row:,}, column {column:,}: {value!r} is not a finite number"
    ),
    "file_number_too_large": (
        "{path!s} row {row:,}, column {column:,}: {value!r} is too large; "
        "allowed from -{most:g} to {most:g}"
    ),
    "file_changed": "{path!s} has changed since it was read: choose it once more",
    "file_no_label": "{path!s}, label {row:,}: {value!r} is not a finite number",
    "file_label_too_long": (
        "{path!s} row {row:,} has a label of {length:,} characters; allowed up to {most:,}"
    ),
    "file_labels_too_wide": (
        "{path!s}: y holds labels of up to {length:,} characters; allowed up to {most:,}"
    ),
    "file_no_array": "{path!s} has no array {missing}; needed: x and y; found: {found!s}",
    "file_array_twice": "{path!s} has the array {name} more than once; allowed: once",
    "file_compression": (
        "{path!s}: array {name} is encrypted, or packed in another way than numpy does; "
        "allowed: stored or deflated"
    ),
    "file_shapes": (
        "{path!s}: x {x!s} and y {y!s} do not go together; "
        "needed: x (samples, ...) and y (samples,)"
    ),
    "file_objects": (
        "{path!s}: {name} holds Python objects, which are never loaded; "
        "needed: numbers, as of x.astype(float), and for y numbers or text, as of y.astype(str)"
    ),
    "file_not_numeric": "{path!s}: x holds {dtype!s}; needed: real numbers",
    "file_not_labels": "{path!s}: y holds {dtype!s}; needed: whole or real numbers, or text",
    "file_no_features": "{path!s} has 0 features; allowed from 1 on",
    "file_too_wide": "{path!s} has {features:,} features; allowed up to {most:,}",
    "file_too_short": "{path!s} has {rows: sample}; allowed from 2 on",
    "file_too_long": "{path!s} has at least {rows:,} samples; allowed up to {most:,}",
    "file_too_many_values": (
        "{path!s} makes {rows:,} x {columns:,} = {values:,} numbers; allowed up to {most:,}"
    ),
    "file_too_many_classes": (
        "{path!s} has {classes:,} different labels by row {row:,}; allowed up to {most:,}"
    ),
}

ERRORS: dict[str, str] = {
    "unknown_name": "no {setting} named {value!r}{hint}; one of {allowed}",
    "unknown_setting": "no setting named {setting!r}{hint}; one of {allowed}",
    "not_whole": "{setting} {value!r} is no whole number in digits; allowed from {low} to {high}",
    "not_number": "{setting} {value!r} is no decimal number; allowed from {low} to {high}",
    "out_of_range": "{setting} {value!r} is out of range; allowed from {low} to {high}",
    "scale_without_skip": "residual_scale needs a skip connection; allowed without one: one",
    "position_without_norm": "norm_position post needs a norm; allowed without one: pre",
    "post_norm_with_skip": "norm_position post works without a skip only; allowed with one: pre",
    "batch_norm_of_one": (
        "batch_size {value} with norm {norm} makes every output 0; allowed from {low} on"
    ),
    "input_dim_is_fixed": (
        "input_dim is fixed by dataset {dataset!s} ({features: feature}); allowed: 0"
    ),
    "layer_norm_of_one": (
        "width {value} with norm {norm} makes every output 0; allowed from {low} on"
    ),
    "init_sets_gain": "init {init} sets its own scale; allowed gain with it: 1",
    "init_sets_bias": "init {init} sets its own biases; allowed bias_std with it: 0",
    "no_critical_point": "init critical: {activation} {why}; allowed activations: {allowed}",
    **FILE_ERRORS,
    "batch_exceeds_data": (
        "batch_size {value} is more than the training samples of {dataset!s}; "
        "allowed from 1 to {high}"
    ),
    "momentum_without_use": (
        "momentum goes with optimizer {either} only; allowed with {optimizer}: {default}"
    ),
    "length_without_end": (
        "schedule_steps goes with schedule cosine only; allowed with {schedule}: {default}"
    ),
    "warmup_exceeds_schedule": (
        "warmup {value} leaves no step for schedule {schedule}; "
        "allowed from 0 to {high}, below schedule_steps"
    ),
    "too_large": (
        "depth {depth} x width {width} needs about {required} of memory; "
        "{available} are free: take a smaller depth, width or batch_size"
    ),
}
"""`allowed` and the like are spelled by `_spelled`."""


def _spelled(details: Mapping[str, Any]) -> dict[str, Any]:
    """The details with bounds, lists and bytes as people read them."""
    names = [*map(str, details.get("allowed", ()))]
    files = [f"a {suffix} file" for suffix in details.get("suffixes", ())]
    bounds = {name: number(details[name]) for name in ("low", "high") if name in details}
    spelled = {
        **details,
        **bounds,
        "allowed": ", ".join(names + files),
        "either": " or ".join(names),
        "hint": suggestion(details.get("value", details.get("setting")), names),
        "found": ", ".join(map(str, details.get("found", ()))) or "none",
    }
    spelled |= {name: size(details[name]) for name in ("required", "available") if name in details}
    if "errno" in details:
        spelled["why"] = os.strerror(details["errno"])
    if "least" in details:
        spelled["why"] = _why_not_critical(details["least"])
    return spelled


def _why_not_critical(least: float | None) -> str:
    if least is None:
        return "has no point with sigma_b^2 >= 0 where chi_1 = 1"
    return f"reaches chi_1 = 1 only from sigma_w^2 = {least:.0f} on"


def error_text(error: SettingError) -> str:
    """What is wrong with a setting, in one line."""
    return filled(ERRORS[error.code], _spelled(error.details))
