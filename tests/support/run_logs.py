"""Run logs: made of small runs, or written by hand, and read."""

import itertools
import json
from contextlib import closing
from pathlib import Path

from engine import Experiment, Trainer
from engine.logs.log import read_all
from engine.logs.recording import record
from engine.logs.records import header_line
from engine.logs.run_log import RunLog
from engine.logs.schema import BrokenLine, Header, LoggedStep

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


def all_of(log: RunLog) -> list[LoggedStep | BrokenLine]:
    """Its steps and the first lines that are left out, as they were written."""
    read_all(log)
    steps = [log.step(index) for index in range(len(log))]
    assert log.left_out >= len(log.problems)
    found = {each.line: each for each in (*log.problems, *steps)}
    return [found[line] for line in sorted(found)]


def read_steps(path: Path) -> list[LoggedStep | BrokenLine]:
    """All of a file's."""
    with closing(RunLog(path)) as log:
        return all_of(log)


def read_header(path: Path) -> Header:
    """A file's."""
    with closing(RunLog(path)) as log:
        return log.header


def steps_of(path: Path) -> list[LoggedStep]:
    """The steps of a log without a broken line."""
    read = read_steps(path)
    assert not [line for line in read if isinstance(line, BrokenLine)]
    return [line for line in read if isinstance(line, LoggedStep)]


def fields_of(line: str) -> dict[str, object]:
    """A line as JSON alone has it."""
    fields = json.loads(line)
    assert isinstance(fields, dict)
    return fields
