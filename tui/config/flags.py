"""The definition of every flag: of the settings, of the screen, and of the commands."""

from typing import NamedTuple

from engine.experiment.domains import Choice, Domain, NameOrFile, Real, Whole
from engine.experiment.sections import DOMAINS, SECTIONS
from tui.config.catalogues import setting_about
from tui.state.state import SHARED
from tui.words.command_line import FLAG_HELP
from tui.words.settings import screen_help


class Flag(NamedTuple):
    """One flag; `value` stands for its value in the help, empty where it takes none."""

    name: str
    help: str
    value: str


GLYPHS = Flag("glyphs", FLAG_HELP["glyphs"], "NAME")
FPS = Flag("fps", FLAG_HELP["fps"], "N")
MOTION = Flag("motion", FLAG_HELP["motion"], "NAME")
REDUCED_MOTION = Flag("reduced_motion", FLAG_HELP["reduced_motion"], "")
THEME = Flag("theme", FLAG_HELP["theme"], "NAME")
STEPS = Flag("steps", FLAG_HELP["steps"], "N")

_VALUES: dict[type[Domain], str] = {Choice: "NAME", NameOrFile: "NAME", Whole: "N", Real: "X"}

SETTINGS: dict[str, tuple[Flag, ...]] = {
    "experiment": (
        Flag("experiment", FLAG_HELP["experiment"], "FILE"),
        Flag("preset", FLAG_HELP["preset"], "NAME"),
    ),
    **{
        title: tuple(
            Flag(name, setting_about(name), _VALUES[type(DOMAINS[name])])
            for name in section.__dataclass_fields__  # type: ignore[attr-defined]
        )
        for title, section in SECTIONS.items()
    },
}
"""Where an experiment may come from, and a flag for every setting, group by group."""

SWITCH = ("on", "off")

SCREEN: tuple[Flag, ...] = tuple(
    Flag(
        name,
        screen_help(name, shared.names),
        "|".join(SWITCH) if shared.names == SWITCH else "NAME" if shared.names else "N",
    )
    for name, shared in SHARED.items()
)
"""A flag for everything that a shared command line says of the screen."""


def formats(names: tuple[str, ...]) -> Flag:
    """The kind of output."""
    return Flag("format", ", ".join(names), "NAME")
