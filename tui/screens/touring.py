"""The tour and the quiz in the app, made when they are asked for, and the welcome."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from tui.screens.main import MainScreen
from tui.session.controller import Controller
from tui.state.notices import notice
from tui.state.scene import Scene, Waiting

if TYPE_CHECKING:
    # who takes no tour does not wait for it
    from tui.session.guide import Guide
    from tui.session.quiz import Quiz
    from tui.state.tour import Told

WELCOME_SPEED = 0.25
"""Of the first wave, under which one reads what it is."""


class Touring:
    """What stands in the main screen's room for the tour, if anything."""

    def __init__(
        self,
        controller: Controller,
        main: MainScreen,
        key_of: Callable[[str], str],
    ) -> None:
        self._controller, self._session = controller, controller.session
        self._main, self._key_of = main, key_of
        self._guide: Guide | None = None
        self._quiz: Quiz | None = None
        self._welcomes, self._before = False, controller.session.state

    @property
    def guide(self) -> Guide:
        """The one that leads, made when it is needed."""
        if self._guide is None:
            from tui.config.lessons import lesson_files, lesson_read
            from tui.config.progress import read_progress
            from tui.session.guide import Guide
            from tui.words.language import ENGLISH

            main = self._main
            names = tuple(lesson_files(ENGLISH))
            found = read_progress()
            last = (found.lesson, found.step) if found.lesson in names else (names[0], 0)
            self._guide = Guide(
                self._controller,
                names,
                lesson_read,
                lambda: main.has_keys,
                last,
            )
        return self._guide

    @property
    def quiz(self) -> Quiz:
        """The one that asks, made when it is needed."""
        if self._quiz is None:
            from tui.config.quiz_items import items_read
            from tui.session.quiz import Quiz

            self._quiz = Quiz(self._controller, items_read)
        return self._quiz

    @property
    def told(self) -> Told | None:
        """What stands in the tour's room."""
        if self.shows_run:
            return self.quiz.note
        if self._welcomes:
            from tui.state.tour import Welcome

            return Welcome(self._session.motion.decorates)
        return None if self._guide is None else self._guide.tour

    @property
    def is_open(self) -> bool:
        """Whether one is led."""
        return self._guide is not None and self._guide.tour is not None

    @property
    def shows_run(self) -> bool:
        """Whether a run is shown that speaks about an answer of the quiz."""
        return self._quiz is not None and self._quiz.note is not None

    @property
    def is_waiting(self) -> bool:
        """Whether it goes on by itself in a moment."""
        return self._guide is not None and self._guide.is_waiting

    def titles(self) -> dict[str, str]:
        """The title of each lesson by its name, in the order of the tour."""
        from tui.config.lessons import lesson_titles
        from tui.words.language import current

        return lesson_titles(current())

    # the welcome

    def welcome(self) -> None:
        """Say what one sees, over a wave that is slow enough for it."""
        session = self._session
        self.close()
        self._leave_run()
        self._welcomes, self._before, session.is_led = True, session.state, True
        session.set_state(replace(session.state, speed=WELCOME_SPEED, theory=False))
        if session.trace is not None and session.motion.decorates and not session.animation.moving:
            session.animation.play()
            session.changed(True)

    def end_welcome(self) -> None:
        """Never again by itself."""
        if self._welcomes:
            self._welcomes = self._session.is_led = False
            state, before = self._session.state, self._before
            self._session.set_state(replace(state, speed=before.speed, theory=before.theory))
            self.keep()

    # the tour

    def open(self, lesson: str | None = None, presents: bool = False) -> None:
        """A lesson, or where one was last."""

        def go() -> None:
            self._leave_run()
            name, step = (lesson, 0) if lesson is not None else self.guide.last
            self.guide.open(name, step, presents)
            if presents:
                self._main.present(True)
                self._session.changed(True)

        self.end_welcome()
        self._reading(go)

    def _reading(self, go: Callable[[], None]) -> bool:
        """Do what may read a file; whether it could be used."""
        from tui.config.front_matter import LessonError

        try:
            go()
        except LessonError as error:
            # as whoever writes one sees it
            self._session.say(notice("lesson_error", why=str(error)))
            return False
        return True

    def toggle(self) -> None:
        """Open, or leave; in the form for speakers their hints."""
        tour = self._guide.tour if self._guide is not None else None
        if tour is None:
            self.open()
        elif tour.presents:
            self.guide.show_hints()
        else:
            self.close()

    def close(self) -> None:
        """Leave the tour."""
        if self._guide is not None and self._guide.tour is not None:
            if self._guide.tour.presents:
                self._main.present(False)
            self._guide.close()
            self.keep()

    def go_on(self) -> None:
        """The next step."""
        if self.is_open:
            self._led(self.guide.go_on)
        else:
            self._session.say(notice("no_tour", key=self._key_of("tour")))

    def go_back(self) -> None:
        """The step before."""
        if self.is_open:
            self._reading(self.guide.go_back)
        else:
            self._session.say(notice("no_tour", key=self._key_of("tour")))

    def _led(self, go: Callable[[], None]) -> None:
        """Let the guide do something; after the last step the questions follow."""
        tour = self.guide.tour
        self._reading(go)
        if tour is None or self.is_open:
            return
        self.keep()
        if tour.presents:
            self._main.present(False)
            self._session.changed(True)
        else:
            self.ask()

    def leave(self) -> None:
        """The app ends, with the tour open perhaps."""
        if self._welcomes or self._guide is not None:
            self.keep()

    # the quiz

    def ask(self) -> None:
        """Its questions, also back from a run; the tour is left for them."""
        from tui.screens.quiz import QuizScreen

        self.end_welcome()
        if not self._reading(lambda: self.quiz.open(self.guide.is_at_end)):
            return
        self.close()
        main = self._main
        if main.has_keys:
            key = self._key_of("tour")
            main.app.push_screen(QuizScreen(self.quiz, main, self.toggle, key))

    def _leave_run(self) -> None:
        """What is said about it would stand in the way of what comes."""
        if self._quiz is not None:
            self._quiz.leave()

    def keep(self) -> None:
        """Remember how far one has come."""
        from tui.config.progress import Progress, keep_progress, read_progress

        keep_progress(Progress(*self._guide.last) if self._guide else read_progress())

    # what goes on

    def set_out(self) -> None:
        """Before a scene is made."""
        if self._guide is not None:
            self._guide.set_out()

    def notice(self, scene: Scene | Waiting) -> None:
        """A scene is shown."""
        if self._guide is not None:
            self._guide.notice(scene)
        if self._quiz is not None:
            self._quiz.notice(scene)

    def holds(self, action: str) -> bool:
        """Whether a step has that action wait."""
        return self._guide is not None and self._guide.holds(action)

    def acted(self, action: str) -> None:
        """A key did something."""
        if self._guide is not None:
            self._guide.acted(action)

    def tick(self) -> None:
        """Time has passed."""
        if self._guide is not None:
            self._led(self._guide.tick)

    def takes(self, key: str) -> bool:
        """Whether a key answers the question that is open."""
        return self._guide is not None and self._main.has_keys and self._guide.takes(key)

    def answer(self, key: str) -> None:
        """Let it."""
        self._led(partial(self.guide.answer, key))
