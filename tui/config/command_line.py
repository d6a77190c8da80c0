"""What reproduces a screen: the experiment's flags and those of how it is shown.

The fields of the state in `tui.state.state.SHARED` are flags, parts of the copied command line
and what a preset can set; a field that is True or False is spelled on or off.
"""

from __future__ import annotations

import shlex
from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from engine import Experiment
from engine.experiment.domains import Value
from tui.config.experiment_files import absolute_name, to_flags
from tui.state.state import SHARED, State, initial_state
from tui.words.settings import flag

if TYPE_CHECKING:
    from tui.state.race import Pair


def flag_value(state: State, name: str) -> Value:
    """A field as a command line has it."""
    value: Value = getattr(state, name)
    return ("on" if value else "off") if isinstance(value, bool) else value


def opened(experiment: Experiment, screen: Mapping[str, Value]) -> State:
    """The state at start; raises SettingError for a value that the experiment does not allow."""
    checked = {
        name: SHARED[name].domain(experiment).check(name, value) for name, value in screen.items()
    }
    return on_screen(initial_state(experiment), checked)


def on_screen(state: State, screen: Mapping[str, Value]) -> State:
    """The state with those fields as a command line or a preset has them."""
    fields: dict[str, Any] = {
        name: value == "on" if isinstance(getattr(state, name), bool) else value
        for name, value in screen.items()
    }
    return replace(state, **fields)


def parse_screen(experiment: Experiment, texts: Mapping[str, str]) -> dict[str, Value]:
    """The fields of the state among texts by name; raises SettingError."""
    return {
        name: shared.domain(experiment).parse(name, texts[name])
        for name, shared in SHARED.items()
        if name in texts
    }


def arguments(state: State) -> list[str]:
    """The arguments of `chainrule` that open this screen; defaults are left out."""
    flags = _flags(state.experiment)
    fresh = initial_state(state.experiment)
    for name in SHARED:
        if flag_value(state, name) != flag_value(fresh, name):
            flags += [flag(name), str(flag_value(state, name))]
    # settings that changed while it trained fit in no command line, and so the steps do not
    if state.run.step and not state.run.changes:
        flags += [flag("steps"), str(state.run.step)]
    return flags


def _flags(experiment: Experiment) -> list[str]:
    """Those of an experiment, in any folder."""
    dataset = absolute_name(experiment.data.dataset)
    return to_flags({**experiment.settings(), "dataset": dataset})


def race_command(pair: Pair) -> str:
    """The command that has two experiments race, the flags of each as one argument."""
    return shlex.join(["chainrule", "race", *(shlex.join(_flags(each)) for each in pair)])


def command_line(state: State) -> str:
    """The command that opens this screen, quoted for a shell."""
    return shlex.join(["chainrule", *arguments(state)])
