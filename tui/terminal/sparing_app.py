"""An app that sends to the terminal only the cells that changed."""

import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any

from rich.console import COLOR_SYSTEMS
from textual._ansi_sequences import SYNC_END, SYNC_START
from textual.events import Event, Key, Resize
from textual.keys import key_to_character
from textual.strip import Strip
from textual.timer import Timer
from textual.widget import Widget
from textual.widgets import Input

from tui.config.terminals import answerer, has_clipboard, terminal
from tui.state.keys import ascii_twin, character_name
from tui.terminal import textual_updates
from tui.terminal.faults import FaultingApp
from tui.terminal.link import Link
from tui.terminal.pen import restyled, rewritten
from tui.terminal.picture import Picture
from tui.terminal.textual_updates import Update, placed_strips


def without_input_method(key: Key) -> Key:
    """The key as it is without a Chinese input method."""
    character = key.character or key_to_character(key.key) or ""
    twin = ascii_twin(character)
    return key if twin == character else Key(character_name(twin), twin)


class SparingApp(FaultingApp):
    """Draws through a `Picture` and a `Link`, with `fps` frames a second.

    `forget_picture` is for when others may have written to the terminal; whether it takes the
    clipboard that it is sent it does not say, but some cannot. `answerer` answers in its place.
    """

    def __init__(self, fps: float = 30, **options: Any) -> None:
        super().__init__(**options)
        self.link = Link(fps)
        self.has_clipboard, self.answerer = has_clipboard(os.environ), answerer(os.environ)
        self._put_off: Timer | None = None
        # the name of none is None, and then Textual, too, takes all colours
        name = self.console.color_system or "truecolor"
        change = restyled if terminal(os.environ).modes else rewritten
        self._picture = Picture(COLOR_SYSTEMS[name], change)
        self._is_sparing = textual_updates.are_known()
        self._rows: list[tuple[int, int, Strip]] | None = None

    def forget_picture(self) -> None:
        """All of it is sent with the next update."""
        self._picture.forget()

    def is_put_off(self, show: Callable[[], None]) -> bool:
        """Whether a picture between two keys of a burst is made later, in place of several."""
        seconds = self.link.seconds_in_burst
        if seconds and self._put_off is None:
            self._put_off = self.set_timer(seconds, partial(self._make_up_for, show))
        return seconds > 0

    def _make_up_for(self, show: Callable[[], None]) -> None:
        self._put_off = None
        show()

    async def on_event(self, event: Event) -> None:
        """A terminal of another size shows what it likes; keys are those of the keyboard."""
        if isinstance(event, Resize):
            self.forget_picture()
            if event.size == self._picture.size:
                self._send_frame()
        elif isinstance(event, Key) and not isinstance(self.focused, Input):
            event = without_input_method(event)
        await super().on_event(event)

    @contextmanager
    def at_once(self) -> Iterator[None]:
        """What widgets change meanwhile is shown in one frame, past Textual's compositor."""
        rows: list[tuple[int, int, Strip]] = []
        self._rows = rows
        try:
            yield
        finally:
            self._rows = None
        if rows:
            self._place(self._picture.size, rows)

    def shows_at_once(self, widget: Widget, rows: Iterable[tuple[int, Strip]]) -> bool:
        """Whether rows of a widget will be shown so; else the compositor is to be asked."""
        screen = self.screen
        if (
            self._rows is None
            or not self._draws
            or self._batch_count
            or screen is not widget.screen
            or screen.outer_size != self._picture.size
        ):
            return False
        region = textual_updates.region_on_top(screen, widget)
        if region is None:
            return False
        self._rows += [(region.x, region.y + y, strip) for y, strip in rows]
        return True

    @property
    def _draws(self) -> bool:
        """Whether it draws itself what Textual lays out."""
        driver = self._driver
        is_plain = driver is not None and not (self.is_headless or driver.is_inline)
        return is_plain and self._is_sparing and self._running and not self._closed

    def _display(self, screen: Any, renderable: Any) -> None:
        if not (self._draws and isinstance(renderable, Update)):
            super()._display(screen, renderable)
        elif not self._batch_count:
            self._place(*placed_strips(renderable))

    def _place(self, size: tuple[int, int], strips: Iterable[tuple[int, int, Strip]]) -> None:
        self._picture.place(*size, strips)
        self._send_frame()
        self.post_display_hook()

    def _send_frame(self) -> None:
        if self.link.is_connected:
            self.link.show(self._frame)
        elif self._driver is not None:
            self._driver.write(self._frame())

    def _frame(self) -> str:
        """What brings the terminal up to date; nothing where it is."""
        cursor = self.screen.outer_size.clamp_offset(self.cursor_position)
        changes = self._picture.changes(cursor)
        return f"{SYNC_START}{changes}{SYNC_END}" if changes and self._sync_available else changes
