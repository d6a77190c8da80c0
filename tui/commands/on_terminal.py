"""An app of ours on the terminal: how it is to look, what it may ask of it, and how it ends."""

from __future__ import annotations

import argparse
import contextlib
import os
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from engine.experiment.domains import Choice, Domain, Value, Whole
from tui.commands import base
from tui.commands.faults import report
from tui.commands.quick_imports import quick_imports
from tui.commands.stderr import complain
from tui.config import settings_file as config
from tui.config.environment import tidied
from tui.config.flags import FPS, MOTION, REDUCED_MOTION, THEME
from tui.config.terminals import SIXTEEN, tell_colours, terminal
from tui.state.motion import MOTIONS
from tui.style.glyphs import Glyphs
from tui.style.looks import LOOKS, SIXTEEN_LOOKS, Look
from tui.style.themes import THEMES
from tui.words.command_line import GROUP_TITLES, line_text
from tui.words.faults import screen_text

if TYPE_CHECKING:
    # with Textual, which no other command waits for
    from tui.screens.main_app import MainApp

SCREEN_FPS = 60
"""How often Textual looks for something to draw: what is sent, and when, is decided elsewhere."""

_OPTIONS: dict[str, Domain] = {
    "theme": Choice(tuple(THEMES)),
    "fps": Whole(config.MIN_FPS, config.MAX_FPS),
    "motion": Choice(tuple(MOTIONS)),
}
"""What the command line can say of options of the settings file."""

FLAGS = (THEME, FPS, MOTION, REDUCED_MOTION)

App = TypeVar("App", bound="MainApp")


@dataclass(frozen=True)
class Display:
    """How an app is to look and move, and what the settings file remaps; its `problems`."""

    glyphs: Glyphs
    motion: str
    fps: float
    theme: str
    looks: Mapping[str, Look]
    keymap: Mapping[str, object]
    problems: tuple[str, ...]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What the app looks like."""
    screen = parser.add_argument_group(GROUP_TITLES["screen"])
    base.add_flags(screen, *FLAGS)
    base.add_glyphs(screen)


def asked_of(options: argparse.Namespace) -> dict[str, Value]:
    """What the command line says of those options; raises SettingError."""
    found = {name: text for name, text in vars(options).items() if name in _OPTIONS}
    if "reduced_motion" in options:
        found.setdefault("motion", "reduced")
    return {name: _OPTIONS[name].parse(name, text) for name, text in found.items()}


def display(options: argparse.Namespace) -> Display:
    """What the command line and the settings file say; raises SettingError or UsageError."""
    asked = asked_of(options)
    if not base.is_terminal(sys.stdin):
        raise base.UsageError(line_text("no_keyboard"))
    for problem in tidied(os.environ):
        complain(problem)
    tell_colours(os.environ)
    settings = config.load(config.read_file(config.config_path()))
    chosen = {name: asked.get(name, settings[name]) for name in _OPTIONS}
    return Display(
        glyphs=base.glyphs_of(options, sys.__stdout__),
        motion=str(chosen["motion"]),
        fps=config.frames_per_second(chosen["fps"]),
        theme=str(chosen["theme"]),
        looks=SIXTEEN_LOOKS if terminal(os.environ).colours == SIXTEEN else LOOKS,
        keymap=settings.keymap,
        problems=tuple(settings.problems),
    )


def run_app(
    make: Callable[[], App], command: Callable[[App], str], left: Callable[[App], None]
) -> int:
    """Run an app until it is left; the exit code.

    `command` is what opens the screen that it showed, for a report of what went wrong; `left` is
    done with it in any case.
    """
    # before Textual, which reads it when it is imported
    os.environ["TEXTUAL_FPS"] = str(SCREEN_FPS)
    with quick_imports():
        app = make()
        from tui.terminal.faults import watched_threads

    with watched_threads(app):
        app.hold_terminal()
    left(app)
    if app.fault is None:
        return app.return_code or 0
    if isinstance(app.fault, MemoryError):
        raise app.fault
    with contextlib.suppress(Exception):
        # what the log has besides; it may be just that which fails
        app.fault.add_note(screen_text(command(app), app.recent))
    # here, because outside an error of a setting or a pipe is no fault
    return report(app.fault)
