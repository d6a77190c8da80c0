"""Run logs: made of small runs, or written by hand, and read."""

import itertools
import json
from pathlib import Path

from engine import Experiment, Trainer
from engine.logs.reader import read_steps
from engine.logs.recording import record
from engine.logs.records import header_line
from engine.logs.schema import BrokenLine, LoggedStep

HEADER = '{"chainrule_log": 1, "layers": ["a", "b"]}'


def written(path: Path, *lines: str) -> Path:
    """A log with those lines after its header."""
    path.write_text("\n".join((HEADER, *lines, "")))
    return path


def recorded_lines(experiment: Experiment, steps: int, every: int) -> list[str]:
    """The log of a run, a second a line."""
    lines, clock = [header_line(experiment, {})], itertools.count()
    record(Trainer(experiment), steps, every, lines.append, lambda: float(next(clock)))
    return lines


def steps_of(path: Path) -> list[LoggedStep]:
    """The steps of a log without a broken line."""
    read = list(read_steps(path))
    assert not [line for line in read if isinstance(line, BrokenLine)]
    return [line for line in read if isinstance(line, LoggedStep)]


def fields_of(line: str) -> dict[str, object]:
    """A line as JSON alone has it."""
    fields = json.loads(line)
    assert isinstance(fields, dict)
    return fields
