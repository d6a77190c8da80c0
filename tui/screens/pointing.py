"""What the mouse does: hints are clicked, bars pointed at, the table sorted by its titles."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.events import Click, Event, MouseEvent

from tui.screens.main import MainScreen
from tui.screens.view_pane import ViewPane
from tui.session.any_session import AnySession
from tui.terminal.lost_mouse import is_on_nothing
from tui.terminal.sparing_app import SparingApp

if TYPE_CHECKING:
    from tui.screens.layers_table import LayersTable


class PointingApp(SparingApp):
    """An app with a main screen over a session; beside a panel nothing is pointed at."""

    main: MainScreen
    session: AnySession

    async def on_event(self, event: Event) -> None:
        """Everything but a mouse that is on nothing."""
        if not (isinstance(event, MouseEvent) and is_on_nothing(self, event)):
            await super().on_event(event)

    async def perform(self, name: str) -> None:
        """The action as if its key were pressed."""
        raise NotImplementedError

    async def on_click(self, event: Click) -> None:
        """On a hint: its action."""
        name = event.style.meta.get("action")
        if name is not None:
            await self.perform(name)

    def on_view_pane_pointed(self, message: ViewPane.Pointed) -> None:
        """A click on a bar."""
        self._point(message.layer)

    def on_view_pane_turned(self, message: ViewPane.Turned) -> None:
        """The wheel over the bars."""
        self._point(self.session.state.cursor + message.step)

    def on_layers_table_sorted(self, message: LayersTable.Sorted) -> None:
        """A click on a column's title."""
        if self.main.panel is None:
            self.session.set_state(self.session.state.sorted_by(message.sort))

    def _point(self, layer: int) -> None:
        if self.main.panel is None:
            self.session.set_state(self.session.state.moved(layer))
