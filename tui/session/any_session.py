"""What a screen asks of a session, whatever that shows."""

from collections.abc import Callable
from typing import Any, Protocol

from tui.session.animation import Animation
from tui.state.motion import Motion
from tui.state.notices import Notice
from tui.state.screen_state import ScreenState


class AnySession(Protocol):
    """The state, and what people do with any kind of it."""

    clock: Callable[[], float]
    changed: Callable[[bool], None]
    animation: Animation
    motion: Motion

    @property
    def state(self) -> ScreenState:
        """What is current."""

    def set_state(self, state: Any) -> None:
        """The one way to another state."""

    def say(self, *notices: Notice) -> None:
        """Something about the last key, or nothing any more."""

    def open_panel(self) -> None:
        """A panel stands beside the chart."""

    def close_panel(self, state: Any = None) -> None:
        """The panel has gone, perhaps for another state."""
