"""The definition of every flag: of the settings, of the screen, and of the commands."""

from __future__ import annotations

from dataclasses import dataclass

from engine.experiment.sections import DOMAINS
from tui.config.catalogues import setting_about
from tui.state.state import SHARED
from tui.words.command_line import FLAG_HELP
from tui.words.settings import flag, screen_help


@dataclass(frozen=True)
class Flag:
    """One flag; `value` stands for its value in the help, empty where it takes none."""

    name: str
    help: str
    value: str = "X"

    @property
    def spelled(self) -> str:
        """As it is typed."""
        return flag(self.name)


def _of_commands(name: str, value: str) -> Flag:
    return Flag(name, FLAG_HELP[name], value)


ASCII = _of_commands("ascii", "")
REDUCED_MOTION = _of_commands("reduced_motion", "")
THEME = _of_commands("theme", "NAME")
STEPS = _of_commands("steps", "N")

SETTINGS: tuple[Flag, ...] = (
    _of_commands("experiment", "FILE"),
    _of_commands("preset", "NAME"),
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
