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
    "log_without_header": later(
        "{path!s} is no run log: its first line is not a JSON object with chainrule_log"
    ),
    "log_newer": later(
        "{path!s} is a run log of version {version!r}; allowed up to {known}: a newer chainrule"
        " reads it"
    ),
    "log_without_layers": later("{path!s} is a run log whose first line names no layers"),
}

LINE_ERRORS: dict[str, str] = {
    "log_line_no_object": later("line {line:,} is no JSON object"),
    "log_line_unfinished": later("line {line:,} is not finished"),
    "log_line_too_long": later("line {line:,} has more than {most:,} bytes"),
    "log_line_without_step": later("line {line:,} has no step, a whole number from 0 on"),
    "log_line_no_number": later("line {line:,}: {name} is no number"),
    "log_line_no_array": later("line {line:,}: {name} is no array of numbers"),
    "log_line_length": later("line {line:,}: {name} has {values: value} for {layers: layer}"),
}
"""Why a line of a run log is left out."""


def broken_line_text(broken: BrokenLine) -> str:
    """Which line of a run log is left out, and why, in one line."""
    return filled(_(LINE_ERRORS[broken.code]), {"line": broken.line, **broken.details})
