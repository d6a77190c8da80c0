"""The app: keys change the state, the state decides the experiment, its Trace is shown."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import threading
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import ClassVar

from textual.app import SystemCommand
from textual.binding import Binding, BindingType
from textual.filter import LineFilter
from textual.screen import Screen
from textual.timer import Timer

from engine import Experiment, SettingError, Trace
from engine.experiment.domains import Choice, Value
from engine.experiment.sections import DOMAINS
from engine.network.memory import check_memory
from tui.app_advised import Advised
from tui.app_training import Training
from tui.config.catalogues import choices
from tui.config.command_line import opened
from tui.config.keymap import textual_keymap
from tui.screens.main import MainScreen
from tui.screens.panels import Panel, Picked, Picker, Previewed, SettingsList, Stepped
from tui.screens.themes import OWN_THEMES, look_of
from tui.session.background import GONE
from tui.session.inspections import Inspections, Lookout
from tui.session.remedies import Advice
from tui.session.trace_cache import Memory
from tui.session.training_inspections import LiveLookout
from tui.state.actions import ACTIONS, BY_ID, Action
from tui.state.edits import Edit, attempt, change, stepped
from tui.state.keys import bound_keys, key_label
from tui.state.notices import Notice, error_notice, notice
from tui.state.presets import PRESETS
from tui.state.state import State
from tui.style.glyphs import ASCII, BLOCKS, Glyphs
from tui.style.palette import Palette
from tui.style.themes import THEMES
from tui.terminal.ascii_filter import AsciiFilter
from tui.words.actions import action_words
from tui.words.presets import preset_words

WORKS_WITH_PANEL = {"close", "quit", "quit_now", "suspend", "help", "command_palette"}
"""Everything else waits until the panel is closed."""


def _bindings() -> Iterable[Binding]:
    for action in ACTIONS:
        # these must win over a screen's or an input's own use of the key
        first = action.id in ("quit_now", "suspend", "settings", "close")
        yield Binding(
            ",".join(bound_keys(action.keys)),
            action.id if action.apply is None else f"apply('{action.id}')",
            action_words(action.id).label,
            show=False,
            priority=first,
            tooltip=action_words(action.id).tooltip,
            id=action.id,
        )


class ChainruleApp(Training, Advised):
    """The whole app; `clock` gives seconds, and without `ticking` only `tick` moves things.

    `screen` holds fields of the state by name, `actions` the table with the user's keys and
    `problems` what was wrong with the settings file. `steps` are trained first.
    """

    TITLE = "chainrule"
    BINDINGS: ClassVar[list[BindingType]] = list(_bindings())

    def __init__(
        self,
        experiment: Experiment,
        glyphs: Glyphs = BLOCKS,
        reduced_motion: bool = False,
        clock: Callable[[], float] = time.monotonic,
        ticking: bool = True,
        screen: Mapping[str, Value] | None = None,
        theme: str = next(iter(THEMES)),
        actions: tuple[Action, ...] = ACTIONS,
        problems: Sequence[str] = (),
        steps: int = 0,
    ) -> None:
        self.coloured = coloured = "NO_COLOR" not in os.environ
        # without colour the terminal's own two must show through: decided before Textual starts
        super().__init__(ansi_color=None if coloured else True)
        self.state = opened(experiment, screen or {})
        if problems:
            self.state = self.state.saying(
                notice("settings_file", problem=problems[0], more=len(problems) - 1)
            )
        self.actions = actions
        self._clock = clock
        self._ticking = ticking
        self._steps = steps
        self._reduced_motion = reduced_motion
        self._timer: Timer | None = None
        self._timer_runs = False
        self._memory = Memory()
        self.advice = Advice(self._memory.is_quick)
        self._inspections = Inspections()
        self._last_tick = 0.0
        self._wanted: Experiment | None = None
        self._busy = False
        self._ascii = glyphs is ASCII
        self.main = MainScreen(glyphs, Palette(look_of(theme), coloured), actions)
        self.main.advice = self.advice
        lookout = Lookout(self._inspections, self.call_from_thread, self.main.redraw)
        self.main.inspect = LiveLookout(lambda: self._live, lookout, self._inspections)
        for own in OWN_THEMES.values():
            self.register_theme(own)
        self.choose_theme(theme)
        if actions != ACTIONS:
            self.set_keymap(textual_keymap(actions))

    @property
    def reduced_motion(self) -> bool:
        """Whether end states are drawn at once."""
        return self._reduced_motion or self.animation_level == "none"

    def get_default_screen(self) -> Screen[None]:
        """The main screen."""
        return self.main

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Textual's filters, and on a terminal without block characters one that does without."""
        own = [AsciiFilter()] if self._ascii else []
        return [*super().get_line_filters(), *own]

    def on_load(self) -> None:
        """Before the terminal is touched: from here on a signal puts it back."""
        self._exit_on_signals()

    def on_mount(self) -> None:
        """Measure, and play the first wave."""
        fps = float(os.environ.get("TEXTUAL_FPS", "30"))
        self._timer = self.set_interval(1 / fps, self.tick, pause=True)
        self.app_suspend_signal.subscribe(self, lambda app: self._rest())
        self.app_resume_signal.subscribe(self, lambda app: self._resume())
        self._measure(self.state.experiment, first=True)
        if self._steps:
            self.train_to(self._steps)

    def _exit_on_signals(self) -> None:
        """Put the terminal back when the system ends the program, where there are such signals."""
        loop = asyncio.get_running_loop()
        for name in ("SIGTERM", "SIGHUP"):
            number = getattr(signal, name, None)
            if number is not None:
                with contextlib.suppress(NotImplementedError):
                    loop.add_signal_handler(number, self.exit)

    # time

    def tick(self) -> None:
        """Let the time since the last tick pass."""
        now = self._clock()
        elapsed, self._last_tick = now - self._last_tick, now
        if self.trains:
            self.train_on()
        elif self.screen is self.main:
            self.main.advance(min(elapsed, 0.25))
        if not self.main.moving or self.advice.wants_seeds:
            self.work_on_advice()
        self._settle()

    def _settle(self) -> None:
        """Run the timer exactly while something moves."""
        if self._timer is None or not self._ticking:
            return
        if (self.main.moving or self.trains or self.has_quick_work) and self.app_focus:
            if not self._timer_runs:
                self._timer_runs = True
                self._last_tick = self._clock()
                self._timer.resume()
        else:
            self._rest()

    def _rest(self) -> None:
        if self._timer is not None:
            self._timer_runs = False
            self._timer.pause()

    def _resume(self) -> None:
        """Back from the shell, which has written over the screen."""
        self.screen.refresh(layout=True)
        self._settle()

    def on_app_focus(self) -> None:
        """Go on where a blur stopped."""
        self._settle()

    def on_app_blur(self) -> None:
        """Nobody is looking: stand still."""
        self._rest()

    # state and measurement

    def set_state(self, state: State) -> None:
        """Take a new state; measure if its experiment is another."""
        if state.run == self.state.run:
            self.state = state
            self.main.show_state(state)
            self._refresh_panel()
            return
        try:
            check_memory(state.experiment)
        except SettingError as error:
            self.state = self.state.saying(error_notice(error))
            self.main.show_state(self.state)
            return
        self.state = self.follow(state)
        self._measure(self.state.experiment)
        self._refresh_panel()

    def _measure(self, experiment: Experiment, first: bool = False) -> None:
        """Show an experiment's Trace: at once if it is quick, else when a worker has it."""
        self._wanted = experiment
        trained = self.trained_trace(experiment)
        if trained is not None:
            self._show(trained, first)
            return
        if self._memory.is_quick(experiment):
            self._worked(experiment, self._attempt(experiment), first)
            return
        self.main.computing = True
        self.main.show_state(self.state)
        if not self._busy:
            self._busy = True
            # not a Textual worker: those are waited for at exit, and a pass cannot be interrupted
            threading.Thread(target=self._work, args=(experiment, first), daemon=True).start()

    def _is_quick(self, experiment: Experiment) -> bool:
        return self._memory.is_quick(experiment)

    def _attempt(self, experiment: Experiment) -> Trace | Notice:
        """The Trace, or why there is none."""
        try:
            return self._memory.measure(experiment)
        except SettingError as error:
            return error_notice(error)
        except MemoryError:
            return notice("no_memory")

    def _work(self, experiment: Experiment, first: bool) -> None:
        result = self._attempt(experiment)
        # the app may be gone by now
        with contextlib.suppress(*GONE):
            self.call_from_thread(self._delivered, experiment, result, first)

    def _delivered(self, experiment: Experiment, result: Trace | Notice, first: bool) -> None:
        self._busy = False
        if self.trained_trace(experiment) is not None:
            # training has overtaken the pass of step 0
            return
        if self._wanted == experiment:
            self._worked(experiment, result, first)
        elif self._wanted is not None and self.main.computing:
            self._measure(self._wanted)

    def _worked(self, experiment: Experiment, result: Trace | Notice, first: bool) -> None:
        if isinstance(result, Notice):
            self.main.computing = False
            self._say(result)
        else:
            self._show(result, first)

    def _show(self, trace: Trace, first: bool) -> None:
        self.main.show_trace(trace, sweep=not first and not self.reduced_motion)
        if self.main.panel is None:
            self.advice.attend(trace)
        if first and not self.reduced_motion:
            self.main.play()
        self.main.show_state(self.state)
        self._settle()

    def _show_measured(self, experiment: Experiment, notices: tuple[Notice, ...] = ()) -> None:
        """Show an experiment that is only looked at, and a word about it."""
        try:
            check_memory(experiment)
        except SettingError as error:
            self._say(error_notice(error))
            return
        self._say(*notices)
        self._measure(experiment)

    # actions

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Which actions count now: under another screen or a panel few do."""
        name = str(parameters[0]) if action == "apply" and parameters else action
        if name not in BY_ID:
            return True
        if self.screen is not self.main:
            return name in ("quit_now", "suspend")
        if self.main.too_small:
            return name in ("quit", "quit_now", "suspend", "close")
        if self.main.panel is not None:
            return name in WORKS_WITH_PANEL
        return True

    def action_apply(self, name: str) -> None:
        """Do what the table says."""
        apply = BY_ID[name].apply
        assert apply is not None
        state = apply(self.state)
        if state.run != self.state.run:
            self.main.finish_motion()
        self.set_state(state)

    def action_play(self) -> None:
        """Pause the training, or play or pause the wave."""
        if self.pause_training():
            return
        if self.reduced_motion:
            self._say(notice("reduced_motion"))
            return
        self.main.play()
        self._settle()

    def action_step_forward(self) -> None:
        """The training one step on, or the wave one layer."""
        if self.step_training(1):
            return
        self.main.step(1)
        self._settle()

    def action_step_back(self) -> None:
        """The training one step back, or the wave one layer."""
        if self.step_training(-1):
            return
        self.main.step(-1)
        self._settle()

    def action_refit(self) -> None:
        """The axis for what is shown."""
        self.main.refit()

    def action_pin(self) -> None:
        """Keep the run that is shown as marks behind the next ones, or let it go."""
        trace = self.main.trace
        if self.state.pinned is not None:
            self.set_state(replace(self.state, pinned=None).saying(notice("unpinned")))
        elif trace is not None and not self.main.computing:
            self.set_state(replace(self.state, pinned=trace).saying(notice("pinned")))

    def action_swap_pinned(self) -> None:
        """The pinned run becomes the current one, and the other way round."""
        pinned, trace = self.state.pinned, self.main.trace
        if pinned is None:
            self._say(notice("nothing_pinned"))
        elif pinned.step or (trace is not None and trace.step):
            self._say(notice("trained_stays"))
        elif trace is not None and not self.main.computing:
            self.main.finish_motion()
            state = self.state.edited(Edit(pinned.experiment))
            self.set_state(replace(state, pinned=trace))

    def on_main_screen_crowded(self) -> None:
        """No room for a panel: as if it had been closed."""
        if self.main.panel is not None:
            self._give_up(self.main.panel)

    def _give_up(self, panel: Panel) -> None:
        """Close a panel without taking what it previews."""
        self.main.close_panel()
        panel.give_up()
        self.main.restore_axis()
        self._show_measured(self.state.experiment)

    def action_close(self) -> None:
        """Close what is open, or show the wave's end."""
        panel = self.main.panel
        if isinstance(panel, SettingsList) and panel.typing:
            panel.stop_typing()
            self._show_measured(self.state.experiment)
        elif panel is not None:
            self._give_up(panel)
        elif self.main.finish_motion():
            self.main.redraw()
        elif self.main.presenting:
            self.main.present(False)

    def action_help(self) -> None:
        """All keys."""
        from tui.screens.help import HelpScreen

        self._rest()
        self.push_screen(HelpScreen(self.actions), lambda _: self._settle())

    def action_quit_now(self) -> None:
        """Leave."""
        self.exit()

    def action_suspend(self) -> None:
        """To the shell."""
        self._rest()
        self.action_suspend_process()

    def action_pick_activation(self) -> None:
        """Choose from all activations."""
        self._pick("activation")

    def action_pick_init(self) -> None:
        """Choose from all initialisations."""
        self._pick("init")

    def _pick(self, setting: str) -> None:
        self.main.finish_motion()
        current = str(self.state.experiment.settings()[setting])
        self.main.open_panel(Picker(setting, choices(setting), current))

    def action_settings(self) -> None:
        """The list of all settings."""
        self.main.finish_motion()
        self.main.open_panel(SettingsList(self.state.experiment))

    def on_previewed(self, message: Previewed) -> None:
        """Show what a choice would do."""
        edit = self._edit(message.setting, message.value)
        self._show_measured(edit.experiment, edit.notices)

    def on_picked(self, message: Picked) -> None:
        """Take a choice, unless it makes no sense."""
        edit = self._edit(message.setting, message.value)
        panel = self.main.panel
        if edit.experiment == self.state.experiment and edit.notices:
            self._say(*edit.notices)
            return
        if isinstance(panel, SettingsList):
            panel.stop_typing()
        else:
            self.main.close_panel()
        self.set_state(self.state.edited(edit))

    def on_stepped(self, message: Stepped) -> None:
        """A notch in the settings list."""
        edit = stepped(self.state.experiment, message.setting, message.step)
        self.set_state(self.state.edited(edit))

    def _edit(self, setting: str, text: str) -> Edit:
        experiment = self.state.experiment
        try:
            return change(experiment, **{setting: DOMAINS[setting].parse(setting, text)})
        except SettingError as error:
            return Edit(experiment, (error_notice(error),))

    def _say(self, *notices: Notice) -> None:
        self.state = self.state.saying(*notices)
        self.main.show_state(self.state)

    def _refresh_panel(self) -> None:
        panel = self.main.panel
        if isinstance(panel, SettingsList) and panel.is_mounted:
            panel.refresh_values(self.state.experiment)

    # the command palette

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """Every action, every named value of every setting, every preset and theme."""
        for action in self.actions:
            if action.id != "command_palette":
                keys = " ".join(map(key_label, action.keys))
                words = action_words(action.id)
                about = f"{keys}  {words.tooltip}"
                yield SystemCommand(words.label, about, self._runner(action.id))
        for setting, domain in DOMAINS.items():
            if isinstance(domain, Choice):
                for name in domain.names:
                    yield SystemCommand(
                        f"{setting} {name}", f"set {setting} to {name}", self._setter(setting, name)
                    )

        for preset in PRESETS.values():
            title, look = preset_words(preset.id)
            yield SystemCommand(f"preset {title}", look, partial(self.take_preset, preset))
        for name in THEMES:
            yield SystemCommand(
                f"theme {name}", f"colours: {name}", partial(self.choose_theme, name)
            )

    def _runner(self, name: str) -> Callable[[], None]:
        def run() -> None:
            # when the palette has gone, and only if the key would do it then
            self.call_later(self._run, name)

        return run

    def _run(self, name: str) -> None:
        if not self.check_action(name, ()):
            self._say(notice("close_panel_first"))
        elif BY_ID[name].apply is not None:
            self.action_apply(name)
        else:
            self.call_later(getattr(self, f"action_{name}"))

    def _setter(self, setting: str, value: str) -> Callable[[], None]:
        return lambda: self.set_state(
            self.state.edited(attempt(self.state.experiment, **{setting: value}))
        )
