"""What is wrong with a run log, or with a line of it: a template for each code."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.words.foreign import filled
from tui.words.language import _, later

if TYPE_CHECKING:
    # what is wrong with a setting is said without it
    from engine.logs.schema import BrokenLine

LOG_ERRORS: dict[str, str] = {
    "log_exists": later("{path!s} is there already: take another name, or --force to overwrite it"),
    "log_unwritable": later("cannot write {path!s}: {why}"),
    "log_on_a_disk": later("{path!s} is a disk; allowed: a file, a pipe, a character device"),
    "log_empty": later("{path!s} is empty: no run log yet"),
    "log_unbegun": later("{path!s} has only a part of a first line: no run log yet"),
    "log_without_header": later(
        "{path!s} is no run log: its first line is not a JSON object with chainrule_log"
    ),
    "log_without_steps": later("{path!s} is a log without a step yet"),
    "log_newer": later(
        "{path!s} is a run log of version {version!r}; allowed up to {known}: a newer chainrule"
        " reads it"
    ),
    "log_without_layers": later("{path!s} is a run log whose first line names no layers"),
    "log_foreign": later(
        "{path!s} is no log of a training run that can be read; allowed: {allowed}"
    ),
    "log_compressed": later("{path!s} is compressed: unpack it first"),
    "log_keys_unknown": later(
        "{path!s} has no key that is known here; found, among others: {found!s}; --pattern KEY says"
        " which hold the gradient norms of layers"
    ),
    "log_none_in_folder": later(
        "{path!s} holds no log of a training run that can be read; allowed: {allowed}"
    ),
    "log_csv_without_step": later(
        "{path!s} has no column named step, which Lightning's metrics.csv has"
    ),
    "log_without_history": later(
        "{path!s} has no log_history, which Hugging Face's trainer_state.json has"
    ),
    "log_has_order": later("{path!s} says how its layers lie: --order is for logs that do not"),
    "log_has_names": later("{path!s} names its layers: --pattern is for logs of other tools"),
    "log_pattern": later(
        "pattern {pattern!r} needs one {{layer}} where the layer's name stands, "
        "as in grads/{{layer}}/norm"
    ),
    "log_pattern_metric": later("no metric named {value!r}{hint}; one of {allowed}"),
    "log_pattern_unused": later(
        "no key of {path!s} has the form {form!r}; found, among others: {found!s}"
    ),
    "log_order_empty": later("{path!s} is empty; needed: the name of a layer a line"),
    "log_order_missing": later(
        "the order leaves out {missing: layer} of the log, first {value!r}{hint}"
    ),
}

LINE_ERRORS: dict[str, str] = {
    "log_line_no_object": later("line {line:,} is no JSON object"),
    "log_line_unfinished": later("line {line:,} is not finished"),
    "log_line_changed": later("from line {line:,} on the file has changed since it was read"),
    "log_line_other_run": later("line {line:,} begins another run: what is before it is not shown"),
    "log_line_too_long": later("line {line:,} has more than {most:,} bytes"),
    "log_line_without_step": later("line {line:,} has no step, a whole number from 0 to 1e15"),
    "log_line_no_number": later("line {line:,}: {name} is no number"),
    "log_line_no_array": later("line {line:,}: {name} is no array of numbers"),
    "log_line_length": later("line {line:,}: {name} has {values: value} for {layers: layer}"),
}
"""Why a line of a run log is left out."""

RECORD_ERRORS: dict[str, str] = {
    "log_line_cells": later("line {line:,} has {cells: cell} for {columns: column}"),
    "log_entry_without_step": later("entry {line:,} has no step, a whole number from 0 to 1e15"),
    "log_record_damaged": later(
        "record {line:,} is damaged: bytes {start:,} to {end:,} of the file are left out"
    ),
    "log_record_malformed": later("record {line:,} is no message of that format"),
    "log_record_too_long": later("record {line:,} has more than {most:,} bytes"),
    "log_event_damaged": later("record {line:,} of {file!s}, at byte {offset:,}, is damaged"),
    "log_event_length": later(
        "record {line:,} of {file!s}, at byte {offset:,}, is damaged where its length stands:"
        " nothing behind it is read"
    ),
    "log_event_malformed": later("record {line:,} of {file!s}, at byte {offset:,}, is no event"),
    "log_event_without_step": later(
        "record {line:,} of {file!s}, at byte {offset:,}, has no step from 0 to 1e15"
    ),
    "log_record_unfinished": later("record {line:,} was never finished"),
}
"""Why something in another tool's log is left out."""

LEFT_OUT = later("; lines left out: {count:,}")


def broken_line_text(broken: BrokenLine) -> str:
    """Which line of a run log is left out, and why, in one line."""
    return filled(
        _({**LINE_ERRORS, **RECORD_ERRORS}[broken.code]), {"line": broken.line, **broken.details}
    )


def left_out_text(broken: BrokenLine, count: int) -> str:
    """Which line is left out, and of how many, where it is not the only one."""
    more = _(LEFT_OUT).format(count=count) if count > 1 else ""
    return broken_line_text(broken) + more
