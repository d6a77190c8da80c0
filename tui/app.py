"""The app: keys and wishes of views go in to the session, scenes come out to the screen."""

import contextlib
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import ClassVar

from textual.app import SystemCommand
from textual.binding import BindingType
from textual.events import Click, Event, Key, MouseDown

from engine import Experiment
from engine.experiment.domains import Value
from tui.config.command_line import opened
from tui.config.settings_file import LOCAL_FPS
from tui.screens.bindings import bindings
from tui.screens.display_options import DisplayOptions
from tui.screens.main_app import MainApp
from tui.screens.modal import Over
from tui.screens.network_openers import NetworkOpeners
from tui.screens.palette_commands import palette_commands
from tui.screens.touring import Touring
from tui.session.controller import Controller
from tui.session.jobs import threads
from tui.session.session import Session
from tui.state.actions import ACTIONS, BY_ID, Action
from tui.state.notices import notice
from tui.state.state import State
from tui.style.glyphs import BRAILLE, Glyphs
from tui.style.looks import LOOKS, Look
from tui.style.themes import THEMES


class ChainruleApp(MainApp):
    """The whole app; `clock` gives seconds, and without `ticking` only `tick` moves things.

    `screen` holds fields of the state by name, `actions` the table with the user's keys and
    `problems` what was wrong with the settings file. `steps` are trained first, and `begins` opens
    what is to be open at first.
    """

    BINDINGS: ClassVar[list[BindingType]] = list(bindings(ACTIONS))
    ids: ClassVar[Mapping[str, Action]] = BY_ID
    session: Session

    def __init__(
        self,
        experiment: Experiment,
        glyphs: Glyphs = BRAILLE,
        motion: str = "full",
        fps: float = LOCAL_FPS,
        clock: Callable[[], float] = time.monotonic,
        ticking: bool = True,
        screen: Mapping[str, Value] | None = None,
        theme: str = next(iter(THEMES)),
        actions: tuple[Action, ...] = ACTIONS,
        problems: Sequence[str] = (),
        steps: int = 0,
        begins: Callable[["ChainruleApp"], None] | None = None,
        looks: Mapping[str, Look] = LOOKS,
    ) -> None:
        super().__init__(glyphs, fps, theme, actions, ACTIONS, looks)
        state = opened(experiment, screen or {})
        if problems:
            more = len(problems) - 1
            state = state.saying(notice("settings_file", problem=problems[0], more=more))
        self.session = Session(
            state,
            clock,
            threads(self._deliver),
            self.show_scene,
            heights=lambda: self.main.heights,
            is_seen=lambda: self.screen is self.main and not self.main.too_small,
        )
        self.controller = Controller(self.session, self.key_of)
        self.touring = Touring(self.controller, self.main, self.key_of)
        self.openers: NetworkOpeners = NetworkOpeners(
            self,
            self.main,
            self.controller,
            self.touring,
            self.key_of,
            self.choose_theme,
            self.redraw,
            actions,
        )
        self.options = DisplayOptions(self, self.main, self.session, motion, self.redraw)
        self._ticking, self._steps, self._begins = ticking, steps, begins

    def palette_commands(self) -> Iterable[SystemCommand]:
        """What the palette offers."""
        return palette_commands(
            self.actions,
            self.perform,
            self.alone,
            self.controller,
            self.openers.take_preset,
            self.choose_theme,
            self.touring,
            self.options,
        )

    def begin(self) -> None:
        """Measure, and play the first wave."""
        self.session.start()
        if self._steps:
            self.controller.train_to(self._steps)
        if self._begins is not None:
            self._begins(self)

    # time

    def is_active(self) -> bool:
        """Whether something moves by itself."""
        return self._ticking and (self.controller.is_active or self.touring.is_waiting)

    def resume_time(self) -> None:
        """Time counts from now on."""
        self.controller.resume()

    def tick(self) -> None:
        """Let the time since the last tick pass; keys that wait go first."""
        if getattr(self._driver, "is_behind", False):
            return
        # these two are Textual's to draw
        is_ours = not (self.state.table or self.main.presenting)
        with self.at_once() if is_ours else contextlib.nullcontext():
            self.controller.tick()
            self.touring.tick()
        self._frames.settle()

    def on_main_screen_resized(self) -> None:
        """A race that had no room is there again when it has."""
        # Textual calls the handlers of all classes
        if self.controller.race is not None:
            self.openers.racing.come_back()

    # scenes

    @property
    def state(self) -> State:
        """What is current."""
        return self.session.state

    def show_scene(self, words: bool = True) -> None:
        """Bring the screen up to date; `words` false leaves all but the view alone."""
        main, session = self.main, self.session
        if not main.is_mounted or (self.is_plain() and self.is_put_off(self.show_scene)):
            return
        self.touring.set_out()
        told = session.animation.followed(session.state, words)
        scene = session.scene(main.wants(told, session.trace, words))
        self.touring.notice(scene)
        main.show(scene, words, self.touring.told)
        if isinstance(self.screen, Over):
            self.screen.show(scene)
        self._frames.settle()

    # actions

    async def on_event(self, event: Event) -> None:
        """With any key the welcome is over."""
        if isinstance(event, Key | MouseDown):
            self.touring.end_welcome()
        await super().on_event(event)

    async def on_click(self, event: Click) -> None:
        """On an answer to the tour's question: that one."""
        # Textual calls the handlers of all classes
        answer = event.style.meta.get("answer")
        if answer is not None and self.touring.takes(answer):
            self.touring.answer(answer)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Which actions count now: answers while something is asked."""
        if action == "answer":
            return self.touring.takes(str(parameters[0]))
        return super().check_action(action, parameters)

    async def action_apply(self, name: str) -> None:
        """Do what an action is for: a change of the state, a wish, a panel, or Textual's own."""
        self.recent.append(name)
        if self.controller.races(name):
            self._frames.settle()
        elif self.touring.holds(name):
            return
        elif self.controller.can(name):
            self.controller.act(name)
            self.touring.acted(name)
        elif name in self.openers.actions:
            self.openers.actions[name]()
        else:
            await self.run_action(name)

    def action_answer(self, key: str) -> None:
        """Answer the tour's question."""
        self.touring.answer(key)

    async def action_quit(self) -> None:
        """Leave; a long training run only when asked twice, where the question is seen."""
        if self.controller.asks_before_quitting():
            self.openers.uncover()
        else:
            self.exit()
