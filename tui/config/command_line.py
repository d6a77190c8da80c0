"""What reproduces a screen: the experiment's flags and those of how it is shown.

What is shown beside the experiment is listed in `SHARED`: a field of the state becomes a flag,
part of the copied command line and something that a preset can set by one entry there.
"""

from __future__ import annotations

import os.path
import shlex
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from engine import Experiment, SettingError
from engine.data.files import is_file_name
from engine.experiment.domains import Choice, Domain, Value, Whole
from tui.config.experiment_files import to_flags
from tui.state.metrics import METRICS
from tui.state.pictures import PICTURES
from tui.state.presets import Preset
from tui.state.state import State, initial_state
from tui.state.views import VIEWS
from tui.words.settings import flag


@dataclass(frozen=True)
class Shared:
    """A field of the state that a command line can set: its values for an experiment.

    `field` makes the state's own value of one that a command line has.
    """

    help: str
    domain: Callable[[Experiment], Domain]
    value: Callable[[State], Value]
    field: Callable[[Value], object] = lambda value: value


def _switch(help: str, value: Callable[[State], bool]) -> Shared:
    """A field that is on or off."""
    return Shared(
        f"{help}: on, off",
        lambda experiment: Choice(("on", "off")),
        lambda state: "on" if value(state) else "off",
        lambda text: text == "on",
    )


SHARED: dict[str, Shared] = {
    "cursor": Shared(
        "layer under the cursor",
        lambda experiment: Whole(1, experiment.network.depth),
        lambda state: state.cursor,
    ),
    "view": Shared(
        f"view to open: {', '.join(VIEWS)}",
        lambda experiment: Choice(tuple(VIEWS)),
        lambda state: state.view,
    ),
    "metric": Shared(
        f"what the bars show: {', '.join(METRICS)}",
        lambda experiment: Choice(tuple(METRICS)),
        lambda state: state.metric,
    ),
    "theory": _switch("the predicted line over the bars", lambda state: state.theory),
    "table": _switch("digits instead of the view", lambda state: state.table),
    "picture": Shared(
        f"what the training view shows beside the curves: {', '.join(PICTURES)}",
        lambda experiment: Choice(
            tuple(name for name, entry in PICTURES.items() if entry.suits(experiment))
        ),
        lambda state: state.picture,
    ),
}
"""By the field's name."""


def opened(experiment: Experiment, screen: Mapping[str, Value]) -> State:
    """The state at start; raises SettingError for a value that the experiment does not allow."""
    checked = {
        name: SHARED[name].domain(experiment).check(name, value) for name, value in screen.items()
    }
    return on_screen(initial_state(experiment), checked)


def on_screen(state: State, screen: Mapping[str, Value]) -> State:
    """The state with those fields as a command line or a preset has them."""
    fields = {name: SHARED[name].field(value) for name, value in screen.items()}
    return replace(state, **fields)  # type: ignore[arg-type]


def screen_of(preset: Preset) -> dict[str, Value]:
    """How a preset is shown, as far as there is such a way."""
    screen: dict[str, Value] = {}
    for name, value in preset.screen.items():
        if name in SHARED:
            try:
                screen[name] = SHARED[name].domain(preset.experiment).check(name, value)
            except SettingError:
                continue
    return screen


def parse_screen(experiment: Experiment, texts: Mapping[str, str]) -> dict[str, Value]:
    """The fields of the state among texts by name; raises SettingError."""
    return {
        name: shared.domain(experiment).parse(name, texts[name])
        for name, shared in SHARED.items()
        if name in texts
    }


def arguments(state: State) -> list[str]:
    """The arguments of `chainrule` that open this screen; defaults are left out."""
    experiment = state.experiment
    if is_file_name(experiment.data.dataset):
        # another terminal is in another folder
        experiment = experiment.with_settings(dataset=os.path.abspath(experiment.data.dataset))
    flags = to_flags(experiment)
    fresh = initial_state(state.experiment)
    for name, shared in SHARED.items():
        if shared.value(state) != shared.value(fresh):
            flags += [flag(name), str(shared.value(state))]
    if state.run.step and not state.run.changes:
        flags += [flag("steps"), str(state.run.step)]
    return flags


def lacks_changes(state: State) -> bool:
    """Whether settings changed while it trained: they fit in no command line, nor do the steps."""
    return bool(state.run.changes)


def command_line(state: State) -> str:
    """The command that opens this screen, quoted for a shell."""
    return shlex.join(["chainrule", *arguments(state)])
