"""The definition of every flag: of the settings, of the screen, and of the commands."""

from typing import NamedTuple

from engine.experiment.sections import DOMAINS
from tui.config.catalogues import setting_about
from tui.state.state import SHARED
from tui.words.command_line import FLAG_HELP
from tui.words.settings import screen_help


class Flag(NamedTuple):
    """One flag; `value` stands for its value in the help, empty where it takes none."""

    name: str
    help: str
    value: str = "X"


ASCII = Flag("ascii", FLAG_HELP["ascii"], "")
REDUCED_MOTION = Flag("reduced_motion", FLAG_HELP["reduced_motion"], "")
THEME = Flag("theme", FLAG_HELP["theme"], "NAME")
STEPS = Flag("steps", FLAG_HELP["steps"], "N")

SETTINGS: tuple[Flag, ...] = (
    Flag("experiment", FLAG_HELP["experiment"], "FILE"),
    Flag("preset", FLAG_HELP["preset"], "NAME"),
    *(Flag(name, setting_about(name)) for name in DOMAINS),
)
"""A flag for every setting, and where else an experiment may come from."""

SCREEN: tuple[Flag, ...] = tuple(
    Flag(name, screen_help(name, shared.names)) for name, shared in SHARED.items()
)
"""A flag for everything that a shared command line says of the screen."""


def formats(names: tuple[str, ...]) -> Flag:
    """The kind of output."""
    return Flag("format", ", ".join(names))
