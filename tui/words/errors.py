"""A template for each code of SettingError: what is wrong, what is allowed, the nearest match."""

import os
from collections.abc import Mapping
from typing import Any

from engine import SettingError
from tui.words.foreign import filled
from tui.words.language import _, later
from tui.words.numbers import number, size
from tui.words.run_log import LOG_ERRORS
from tui.words.settings import suggestion

FILE_ERRORS: dict[str, str] = {
    "file_unreadable": later("cannot read {path!s}: {why}"),
    "file_too_large": later("{path!s} holds {size:,} bytes; allowed up to {most:,}"),
    "file_endless": later("{path!s} holds more than {size:,} bytes; allowed up to {most:,}"),
    "file_not_regular": later("{path!s} is not a regular file: no device, pipe or socket is read"),
    "file_name_impossible": later("{path!r} cannot be the name of a file"),
    "file_name_not_text": later(
        "dataset {path!r}; allowed: names in UTF-8 without a null character"
    ),
    "file_not_text": later("{path!s} is not UTF-8 text"),
    "file_broken": later("{path!s} is broken, or no {kind} file of numbers and labels"),
    "file_no_memory": later("{path!s} does not fit in memory"),
    "file_unpacks": later("{path!s} unpacks to {size:,} bytes; allowed up to {most:,}"),
    "file_needs_memory": later("{path!s} needs about {required} of memory; {available} are free"),
    "file_row_too_long": later("{path!s} row {row:,} has more than {most:,} characters"),
    "file_too_many_rows": later("{path!s} has more than {most:,} rows, counting empty ones"),
    "file_open_quote": later("{path!s} row {row:,} opens a quote that is never closed"),
    "file_one_column": later(
        "{path!s} row {row:,} has one column; "
        "needed: features and, last, the label, with commas between them"
    ),
    "file_ragged": later("{path!s} row {row:,} has {columns: column}; expected {expected:,}"),
    "file_not_number": later(
        "{path!s} row {row:,}, column {column:,}: {value!r} is not a finite number"
    ),
    "file_number_too_large": later(
        "{path!s} row {row:,}, column {column:,}: {value!r} is too large; "
        "allowed from -{most:g} to {most:g}"
    ),
    "file_changed": later("{path!s} has changed since it was read: choose it once more"),
    "file_no_label": later("{path!s}, label {row:,}: {value!r} is not a finite number"),
    "file_label_too_long": later(
        "{path!s} row {row:,} has a label of {length:,} characters; allowed up to {most:,}"
    ),
    "file_labels_too_wide": later(
        "{path!s}: y holds labels of up to {length:,} characters; allowed up to {most:,}"
    ),
    "file_no_array": later("{path!s} has no array {missing}; needed: x and y; found: {found!s}"),
    "file_array_twice": later("{path!s} has the array {name} more than once; allowed: once"),
    "file_compression": later(
        "{path!s}: array {name} is encrypted, or packed in another way than numpy does; "
        "allowed: stored or deflated"
    ),
    "file_shapes": later(
        "{path!s}: x {x!s} and y {y!s} do not go together; "
        "needed: x (samples, ...) and y (samples,)"
    ),
    "file_objects": later(
        "{path!s}: {name} holds Python objects, which are never loaded; "
        "needed: numbers, as of x.astype(float), and for y numbers or text, as of y.astype(str)"
    ),
    "file_not_numeric": later("{path!s}: x holds {dtype!s}; needed: real numbers"),
    "file_not_labels": later("{path!s}: y holds {dtype!s}; needed: whole or real numbers, or text"),
    "file_no_features": later("{path!s} has 0 features; allowed from 1 on"),
    "file_too_wide": later("{path!s} has {features:,} features; allowed up to {most:,}"),
    "file_too_short": later("{path!s} has {rows: sample}; allowed from 2 on"),
    "file_too_long": later("{path!s} has at least {rows:,} samples; allowed up to {most:,}"),
    "file_too_many_values": later(
        "{path!s} makes {rows:,} x {columns:,} = {values:,} numbers; allowed up to {most:,}"
    ),
    "file_too_many_classes": later(
        "{path!s} has {classes:,} different labels by row {row:,}; allowed up to {most:,}"
    ),
}

ERRORS: dict[str, str] = {
    "unknown_name": later("no {setting} named {value!r}{hint}; one of {allowed}"),
    "unknown_setting": later("no setting named {setting!r}{hint}; one of {allowed}"),
    "not_whole": later(
        "{setting} {value!r} is no whole number in digits; allowed from {low} to {high}"
    ),
    "not_number": later("{setting} {value!r} is no decimal number; allowed from {low} to {high}"),
    "out_of_range": later("{setting} {value!r} is out of range; allowed from {low} to {high}"),
    "scale_without_skip": later("residual_scale needs a skip connection; allowed without one: one"),
    "position_without_norm": later("norm_position post needs a norm; allowed without one: pre"),
    "post_norm_with_skip": later(
        "norm_position post works without a skip only; allowed with one: pre"
    ),
    "batch_norm_of_one": later(
        "batch_size {value} with norm {norm} makes every output 0; allowed from {low} on"
    ),
    "input_dim_is_fixed": later(
        "input_dim is fixed by dataset {dataset!s} ({features: feature}); allowed: 0"
    ),
    "layer_norm_of_one": later(
        "width {value} with norm {norm} makes every output 0; allowed from {low} on"
    ),
    "init_sets_gain": later("init {init} sets its own scale; allowed gain with it: 1"),
    "init_sets_bias": later("init {init} sets its own biases; allowed bias_std with it: 0"),
    "no_critical_point": later("init critical: {activation} {why}; allowed activations: {allowed}"),
    **FILE_ERRORS,
    **LOG_ERRORS,
    "batch_exceeds_data": later(
        "batch_size {value} is more than the training samples of {dataset!s}; "
        "allowed from 1 to {high}"
    ),
    "momentum_without_use": later(
        "momentum goes with optimizer {either} only; allowed with {optimizer}: {default}"
    ),
    "length_without_end": later(
        "schedule_steps goes with schedule cosine only; allowed with {schedule}: {default}"
    ),
    "warmup_exceeds_schedule": later(
        "warmup {value} leaves no step for schedule {schedule}; "
        "allowed from 0 to {high}, below schedule_steps"
    ),
    "too_large": later(
        "depth {depth} x width {width} needs about {required} of memory; "
        "{available} are free: take a smaller depth, width or batch_size"
    ),
}
"""`allowed` and the like are spelled by `_spelled`."""


def _spelled(details: Mapping[str, Any]) -> dict[str, Any]:
    """The details with bounds, lists and bytes as people read them."""
    names = [*map(str, details.get("allowed", ()))]
    files = [_("a {suffix} file").format(suffix=s) for s in details.get("suffixes", ())]
    bounds = {name: number(details[name]) for name in ("low", "high") if name in details}
    spelled = {
        **details,
        **bounds,
        "allowed": ", ".join(names + files),
        "either": _(" or ").join(names),
        "hint": suggestion(details.get("value", details.get("setting")), names),
        "found": ", ".join(map(str, details.get("found", ()))) or _("none"),
    }
    spelled |= {name: size(details[name]) for name in ("required", "available") if name in details}
    if "errno" in details:
        spelled["why"] = _(os.strerror(details["errno"]))
    if "least" in details:
        spelled["why"] = _why_not_critical(details["least"])
    return spelled


def _why_not_critical(least: float | None) -> str:
    if least is None:
        return _("has no point with sigma_b^2 >= 0 where chi_1 = 1")
    return _("reaches chi_1 = 1 only from sigma_w^2 = {least} on").format(least=f"{least:.0f}")


SYSTEM_WORDS = (
    later("No such file or directory"),
    later("Permission denied"),
    later("Is a directory"),
    later("Not a directory"),
    later("File name too long"),
    later("No space left on device"),
    later("Read-only file system"),
    later("Input/output error"),
    later("Broken pipe"),
    later("File too large"),
    later("Disk quota exceeded"),
)
"""What the system says of files most often, which `os.strerror` knows in English."""


def error_text(error: SettingError) -> str:
    """What is wrong with a setting, in one line."""
    return filled(_(ERRORS[error.code]), _spelled(error.details))
