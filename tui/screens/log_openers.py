"""What opens where a log is shown: what opens anywhere, and the diagnosis of a logged step."""

from collections.abc import Callable

from tui.screens.main import MainScreen
from tui.screens.openers import Openers
from tui.session.played_log import PlayedLog
from tui.state.actions import Action
from tui.state.notices import notice
from tui.terminal.sparing_app import SparingApp


class LogOpeners(Openers):
    """Opens panels and screens over a log."""

    def __init__(
        self,
        app: SparingApp,
        main: MainScreen,
        session: PlayedLog,
        key_of: Callable[[str], str],
        choose_theme: Callable[[str], None],
        redraw: Callable[[], None],
        actions: tuple[Action, ...],
    ) -> None:
        super().__init__(app, main, session, choose_theme, redraw, actions)
        self._session, self._key_of = session, key_of
        self.actions["report"] = self._diagnosis

    def _diagnosis(self) -> None:
        """Of a step of our own network; what a log is about as a whole, a command tells."""
        trace = self._session.trace
        if trace is None or trace.experiment is None or "output_grad_norm" in trace.absent:
            self._session.say(notice("log_no_diagnosis", path=self._session.state.path))
            return
        self._session.diagnose()
        from tui.screens.diagnosis import ReportScreen

        self._push(ReportScreen(self._key_of, self._main.glyphs))
