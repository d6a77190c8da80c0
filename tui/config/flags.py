"""The definition of every flag: of the settings, of the screen, and of the commands."""

from collections.abc import Callable
from typing import NamedTuple

from engine.experiment.domains import Choice, Domain, NameOrFile, Real, Whole
from engine.experiment.sections import DOMAINS, SECTIONS
from tui.config.catalogues import setting_about
from tui.state.state import SHARED
from tui.words.command_line import FLAG_HELP
from tui.words.settings import screen_help


class Flag(NamedTuple):
    """One flag, what it is, and what stands for its value: empty where it takes none.

    `about` makes its sentence of its name, in the language that is current then.
    """

    name: str
    value: str
    about: Callable[[str], str] = FLAG_HELP.__getitem__


GLYPHS = Flag("glyphs", "NAME")
FPS = Flag("fps", "N")
MOTION = Flag("motion", "NAME")
REDUCED_MOTION = Flag("reduced_motion", "")
THEME = Flag("theme", "NAME")
LANGUAGE = Flag("lang", "CODE")
STEPS = Flag("steps", "N")
RACE_STEPS = Flag("steps", "N", lambda name: FLAG_HELP["race_steps"])
RUN_LOG = (Flag("log", "FILE"), Flag("log_every", "N"), Flag("force", ""))
UNTIL = ("vanishing", "exploding", "nonfinite", "done")
"""Kinds of findings that a log can be watched for."""

LOG_ORDER, LOG_PATTERN = Flag("order", "FILE"), Flag("pattern", "KEY")
WATCH = Flag("headless", ""), Flag("json", ""), Flag("patience", "SECONDS")
WATCH_UNTIL = Flag("until", "NAME")

_VALUES: dict[type[Domain], str] = {Choice: "NAME", NameOrFile: "NAME", Whole: "N", Real: "X"}

SETTINGS: dict[str, tuple[Flag, ...]] = {
    "experiment": (
        Flag("experiment", "FILE"),
        Flag("preset", "NAME"),
    ),
    **{
        title: tuple(
            Flag(name, _VALUES[type(DOMAINS[name])], setting_about)
            for name in section.__dataclass_fields__  # type: ignore[attr-defined]
        )
        for title, section in SECTIONS.items()
    },
}
"""Where an experiment may come from, and a flag for every setting, group by group."""

FILES = ("experiment", "log", "order")
"""Options whose value is a file."""

SWITCH = ("on", "off")

SCREEN: tuple[Flag, ...] = tuple(
    Flag(
        name,
        "|".join(SWITCH) if shared.names == SWITCH else "NAME" if shared.names else "N",
        lambda name: screen_help(name, SHARED[name].names),
    )
    for name, shared in SHARED.items()
)
"""A flag for everything that a shared command line says of the screen."""


def formats(names: tuple[str, ...]) -> Flag:
    """The kind of output."""
    return Flag("format", "NAME", lambda name: ", ".join(names))
