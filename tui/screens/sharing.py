"""What is handed on from the screen: the command that opens it, and files of what it shows."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from rich.cells import cell_len
from textual.screen import ModalScreen

from engine import SettingError
from engine.diagnosis.remedies import remedies
from tui.config.command_line import command_line
from tui.screens.choices import Choices, Entry
from tui.screens.command import ShareScreen
from tui.screens.main import MainScreen
from tui.screens.panel import Panel
from tui.session.jobs import Failed
from tui.session.session import Session
from tui.state.notices import Notice, notice
from tui.terminal.sparing_app import SparingApp
from tui.views.export import FORMATS, Shown, export
from tui.words.foreign import LINE, visible
from tui.words.language import _, each
from tui.words.notices import notice_text
from tui.words.screens import NOT_SENT, OPENS, OPENS_UNSEEN, SENT, WROTE, format_words


class Sharing:
    """Copies the command and writes files; `open` opens a panel, `push` a screen."""

    def __init__(
        self,
        app: SparingApp,
        main: MainScreen,
        session: Session,
        open: Callable[[Panel], None],
        push: Callable[[ModalScreen[None]], None],
    ) -> None:
        self._app, self._main, self._session = app, main, session
        self._open, self._push = open, push

    def copy_command(self) -> None:
        """Send the command that opens this screen to the clipboard, and show it."""
        state = self._session.state
        self.copy(command_line(state), self._session.say, bool(state.run.changes))

    def copy(self, command: str, say: Callable[[Notice], None], lacks: bool = False) -> None:
        """Send a command to the clipboard, and say so, or that it `lacks` something."""
        self._app.copy_to_clipboard(command)
        is_sent = self._app.has_clipboard
        code = "sent" if is_sent else "not_sent"
        told = notice(code, command=command)
        is_shown = visible(command) == command
        if self._fits(told) and is_shown and not lacks:
            say(told)
        else:
            say(notice("command_without_changes" if lacks else f"{code}_command"))
            self._push(ShareScreen(lambda: _about(is_sent, is_shown), command))

    def _fits(self, said: Notice) -> bool:
        """Whether a notice fits on its line."""
        room = min(self._main.size.width, LINE - 1)
        return cell_len(notice_text(said.code, said.details)) <= room

    def exports(self) -> None:
        """The formats of files, to take one."""

        def entries() -> list[Entry]:
            return [Entry(name, *format_words(name)) for name in FORMATS]

        def take(name: str) -> None:
            self._main.close_panel()
            self._session.close_panel()
            # once the panel is gone and the chart has its old size: a resize is drawn after a
            # refresh
            self._app.call_after_refresh(self._app.call_after_refresh, self._export, name)

        self._open(Choices("export", entries, take))

    def _export(self, name: str) -> None:
        session, app = self._session, self._app
        if session.trace is None or session.verdict is None:
            session.say(notice("nothing_measured"))
            return
        view = self._main.view
        # with no room at all nothing is ever drawn
        if view.display and view.size.area and not view.is_drawn:
            app.call_after_refresh(self._export, name)
            return
        picture = partial(app.export_screenshot, title="chainrule")
        helpful = partial(remedies, session.trace)
        shown = Shown(
            session.trace, session.verdict, session.state, picture, self._main.as_text, helpful
        )
        try:
            path = export(shown, name, Path())
        except OSError as error:
            session.say(notice("cannot_write", why=_(str(error.strerror))))
        except (SettingError, MemoryError) as error:
            session.say(Failed(error).notice())
        else:
            place = _from_home(path.absolute())
            wrote = notice("wrote", path=place)
            if self._fits(wrote):
                session.say(wrote)
            else:
                session.say(notice("wrote_file"))
                self._push(ShareScreen(lambda: _(WROTE), place))


def _about(is_sent: bool, is_shown: bool) -> str:
    return " ".join(each((SENT if is_sent else NOT_SENT, OPENS if is_shown else OPENS_UNSEEN)))


def _from_home(path: Path) -> str:
    """A path with ~ for the home folder."""
    try:
        home = Path.home()
    except RuntimeError:
        # nobody's, as in many containers
        return str(path)
    return f"~/{path.relative_to(home)}" if path.is_relative_to(home) else str(path)
