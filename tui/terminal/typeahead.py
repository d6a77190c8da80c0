"""What was typed ahead: the app is given one thing at a time, and a flood fills no memory."""

import asyncio
import contextlib
import itertools
import re
from collections.abc import Callable, Hashable, Iterator
from threading import Lock
from typing import Any

from textual.app import App, ScreenStackError
from textual.events import Resize
from textual.message import Message
from textual.message_pump import MessagePump

from tui.terminal.input_pieces import CTRL_C, Piece

CAPACITY = 1000
"""Keys, clicks and pastes that wait; of more, which nobody types ahead, the newest are kept."""
PATIENCE = 0.1
"""Seconds for the app to deal with one before it is given the next all the same."""

# reports of which only the newest counts: focus, size, where the mouse is
_STATES = re.compile(
    r"\x1b\[(?:(?P<focus>[IO])|(?P<size>48;.*t)|(?P<mouse><(?:3[2-9]|[45]\d|6[0-3]);.*))"
)


class Typeahead:
    """Takes input in any thread and passes it on in order, on the loop."""

    def __init__(
        self,
        app: App[Any],
        loop: asyncio.AbstractEventLoop,
        pass_on: Callable[[Piece | Message], object],
    ) -> None:
        self._app, self._loop, self._pass_on = app, loop, pass_on
        self._waiting: dict[Hashable, Piece | Message] = {}
        self._numbers = itertools.count()
        self._lock = Lock()
        self._is_passing_on = False

    def put(self, found: Piece | Message) -> None:
        """Pass it on when its turn comes; ctrl+c waits for nothing."""
        with self._lock:
            for single in _singles(found):
                if isinstance(single, Piece) and CTRL_C.fullmatch(single.text.encode()):
                    self._waiting.clear()
                kind = _kind(single)
                self._waiting.pop(kind, None)
                self._waiting[next(self._numbers) if kind is None else kind] = single
                if len(self._waiting) > CAPACITY:
                    del self._waiting[next(key for key in self._waiting if isinstance(key, int))]
            starts, self._is_passing_on = not self._is_passing_on, True
        if starts:
            # at its end the loop takes no more
            with contextlib.suppress(RuntimeError):
                self._loop.call_soon_threadsafe(self._start)

    @property
    def is_behind(self) -> bool:
        """Whether more was typed than the app has been given."""
        return bool(self._waiting)

    def forget(self) -> None:
        """Pass on nothing of what waits, as a terminal does with what is typed before a stop."""
        with self._lock:
            self._waiting.clear()

    def _start(self) -> None:
        self._task = self._loop.create_task(self._pass_all_on())
        # of what nobody expected there the loop tells, too
        self._task.add_done_callback(lambda task: task.cancelled() or task.result())

    async def _pass_all_on(self) -> None:
        while (found := self._next()) is not None:
            # of one that fails the loop tells, and the next has its turn
            self._loop.call_soon(self._pass_on, found)
            # slow, or on its way out
            with contextlib.suppress(TimeoutError, ScreenStackError):
                await asyncio.wait_for(self._dealt_with(), PATIENCE)

    def _next(self) -> Piece | Message | None:
        with self._lock:
            self._is_passing_on = bool(self._waiting)
            return self._waiting.pop(next(iter(self._waiting))) if self._waiting else None

    async def _dealt_with(self) -> None:
        """Until it has been through whatever it goes through, and what it opened is open."""
        app, before = self._app, None
        while (now := (app.screen, app.focused)) != before:
            before = now
            for pump in (app, *(app.focused or app.screen).ancestors_with_self):
                await _idle(pump)


async def _idle(pump: MessagePump) -> None:
    """Until it has dealt with all that it had before now."""
    dealt_with = asyncio.Event()
    if pump.call_later(dealt_with.set):
        await dealt_with.wait()


def _singles(found: Piece | Message) -> Iterator[Piece | Message]:
    """Text key by key, as far as there is room for it."""
    if not isinstance(found, Piece) or found.kind != "text":
        yield found
        return
    ctrl_c = max(0, found.text.rfind("\x03"))
    for character in found.text[ctrl_c : ctrl_c + 1] + found.text[ctrl_c + 1 :][-CAPACITY:]:
        yield Piece("text", character)


def _kind(found: Piece | Message) -> str | None:
    """Of what the newest alone counts, if it is of that kind."""
    if isinstance(found, Message):
        return "size" if isinstance(found, Resize) else type(found).__name__
    match = _STATES.fullmatch(found.text) if found.kind == "sequence" else None
    return match and match.lastgroup
