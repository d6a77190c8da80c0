"""Beginning a race, coming back to it, and leaving it."""

from collections.abc import Callable

from tui.screens.main import MainScreen
from tui.screens.race import RaceScreen
from tui.session.controller import Controller
from tui.session.kept import PARKED_RUNS
from tui.session.race import Race
from tui.state.actions import Action
from tui.state.notices import notice
from tui.state.race import Pair, RaceState
from tui.terminal.sparing_app import SparingApp


class Racing:
    """Opens the screen of a race over the main one, whose session then stands still."""

    def __init__(
        self,
        app: SparingApp,
        main: MainScreen,
        controller: Controller,
        key_of: Callable[[str], str],
        actions: tuple[Action, ...],
    ) -> None:
        self._app, self._main, self._actions = app, main, actions
        self._controller, self._key_of = controller, key_of
        self._wanted = False

    @property
    def race(self) -> Race | None:
        """The one that is seen, or was left last."""
        return self._controller.race

    @property
    def is_open(self) -> bool:
        """Whether its screen is there."""
        return any(isinstance(screen, RaceScreen) for screen in self._app.screen_stack)

    def toggle(self) -> None:
        """Race the pinned experiment against the current one, or leave."""
        if self.is_open:
            self.leave()
            return
        session, race = self._controller.session, self.race
        pinned, keys = session.state.pinned, {i: self._key_of(i) for i in ("pin", "race")}
        if pinned is not None and pinned.ours != session.state.experiment:
            self.open((pinned.ours, session.state.experiment))
        elif race is not None:
            self.open(race.pair)
        elif pinned is None:
            session.say(notice("race_needs_pin", **keys))
        else:
            session.say(notice("race_of_one", race=keys["race"]))

    def open(self, pair: Pair, until: int | None = None) -> None:
        """Both from step 0, as far as that step; or where they were left, standing still."""
        session, race = self._controller.session, self.race
        if self._app.screen is not self._main or self._main.too_small:
            return
        session.animation.finish()
        is_new = race is None or race.pair != pair
        if race is None or is_new:
            state = session.state
            looked_at = RaceState(pair, state.cursor, state.metric)
            race = Race(looked_at, session.jobs, session.clock, lambda: session.motion, until=until)
            self._controller.race = race
        self._wanted = True
        # at once, for keys that are pressed in one breath
        race.is_seen = True
        self._app.push_screen(RaceScreen(race, self._main, self._actions))
        if is_new:
            race.start()
        session.changed(True)

    def come_back(self) -> None:
        """Show one again that nobody has left, where there is room for it again."""
        if self._wanted and not self.is_open and self.race is not None:
            self.open(self.race.pair)

    def leave(self) -> None:
        """Back to the main screen; one that is not too large can be come back to."""
        race, session = self.race, self._controller.session
        self._wanted = False
        if isinstance(self._app.screen, RaceScreen):
            self._app.pop_screen()
        if race is not None:
            race.is_seen = False
            race.pause()
        if race is not None and race.bytes > PARKED_RUNS:
            self._controller.race = None
            session.say(notice("race_not_kept"))
        session.changed(True)
