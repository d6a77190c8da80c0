"""Work that every app of a test run repeats, done once: parsed style sheets and measured networks.

Both are values that nothing changes.
"""

from functools import lru_cache
from typing import Any

from textual.css.model import RuleSet
from textual.css.stylesheet import Stylesheet

import engine
from engine import Experiment, Trace
from engine.data.datasets import DATASETS
from tui.session import trace_cache

_run_once = lru_cache(maxsize=2000)(engine.run)
_parse = Stylesheet._parse_rules
_parsed: dict[object, list[RuleSet]] = {}


def run(experiment: Experiment) -> Trace:
    """Pass of an experiment: remembered, unless its data are a file, which may change."""
    return (_run_once if experiment.data.dataset in DATASETS else engine.run)(experiment)


def parse_rules(sheet: Stylesheet, *arguments: Any, **named: Any) -> list[RuleSet]:
    """Rules of a style sheet: remembered by its text and variables."""
    key = (arguments, tuple(named.items()), tuple(sheet._variables.items()))
    if key not in _parsed:
        _parsed[key] = _parse(sheet, *arguments, **named)
    return _parsed[key]


def install() -> None:
    """Let all apps share it."""
    setattr(trace_cache, "run", run)  # noqa: B010
    setattr(Stylesheet, "_parse_rules", parse_rules)  # noqa: B010
