"""What the command palette offers: every action, every named value, every preset and theme."""

from collections.abc import Awaitable, Callable, Iterable
from functools import partial

from textual.app import SystemCommand

from engine.experiment.domains import Choice
from engine.experiment.sections import DOMAINS
from tui.screens.display_options import DisplayOptions
from tui.screens.touring import Touring
from tui.session.controller import Controller
from tui.state.actions import Action
from tui.state.edits import attempt
from tui.state.keys import key_label
from tui.state.presets import PRESETS, Preset
from tui.style.themes import THEMES
from tui.words.actions import action_words
from tui.words.screens import preset_command, setting_command, theme_command
from tui.words.tour import lesson_command, welcome_command


def action_commands(
    actions: Iterable[Action], perform: Callable[[str], Awaitable[None]]
) -> Iterable[SystemCommand]:
    """Every action but the palette itself; `perform` does one by its id."""
    for action in actions:
        if action.id != "command_palette":
            words, keys = action_words(action.id), " ".join(map(key_label, action.keys))
            about = f"{keys}  {words.tooltip}"
            yield SystemCommand(words.label, about, partial(perform, action.id))


def look_commands(
    alone: Callable[[Callable[[], None]], None],
    choose_theme: Callable[[str], None],
    options: DisplayOptions,
) -> Iterable[SystemCommand]:
    """How it looks and moves; `alone` does what has to wait for an open panel."""
    for option, value, choose in options.commands():
        yield SystemCommand(*setting_command(option, value), partial(alone, choose))
    for name in THEMES:
        yield SystemCommand(*theme_command(name), partial(alone, partial(choose_theme, name)))


def palette_commands(
    actions: Iterable[Action],
    perform: Callable[[str], Awaitable[None]],
    alone: Callable[[Callable[[], None]], None],
    controller: Controller,
    take_preset: Callable[[Preset], None],
    choose_theme: Callable[[str], None],
    touring: Touring,
    options: DisplayOptions,
) -> Iterable[SystemCommand]:
    """The commands, each with what it does.

    `perform` does an action by its id, `alone` a change that has to wait for an open panel.
    """
    yield from action_commands(actions, perform)
    for setting, domain in DOMAINS.items():
        for name in domain.names if isinstance(domain, Choice) else ():
            take = partial(_set, controller, setting, name)
            yield SystemCommand(*setting_command(setting, name), partial(alone, take))
    for preset in PRESETS.values():
        take = partial(take_preset, preset)
        yield SystemCommand(*preset_command(preset.id), partial(alone, take))
    for name, title in touring.titles().items():
        yield SystemCommand(*lesson_command(title), partial(alone, partial(touring.open, name)))
    yield SystemCommand(*welcome_command(), partial(alone, touring.welcome))
    yield from look_commands(alone, choose_theme, options)


def _set(controller: Controller, setting: str, value: str) -> None:
    state = controller.session.state
    controller.session.set_state(state.edited(attempt(state.experiment, **{setting: value})))
