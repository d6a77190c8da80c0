"""What is typed ahead of an app: in order, within bounds."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from textual.app import App
from textual.events import Resize
from textual.geometry import Size
from textual.message import Message

from tui.terminal import typeahead as module
from tui.terminal.input_pieces import Piece
from tui.terminal.typeahead import CAPACITY, Typeahead

MOVED, CLICKED, FOCUSED = "\x1b[<35;{};1M", Piece("sequence", "\x1b[<0;1;1M"), "\x1b[I"


class Recorder(Typeahead):
    """Keeps what was passed on; of a piece `fails` it fails."""

    def __init__(self, app: App[None]) -> None:
        self.passed_on: list[Piece | Message] = []
        self.all_passed_on = asyncio.Event()
        super().__init__(app, asyncio.get_running_loop(), self._record)

    def _record(self, found: Piece | Message) -> None:
        self.passed_on.append(found)
        if found == Piece("alt", "!"):
            raise ValueError
        if found == Piece("alt", "."):
            self.all_passed_on.set()


@asynccontextmanager
async def _recorder() -> AsyncIterator[Recorder]:
    app: App[None] = App()
    async with app.run_test():
        yield Recorder(app)


async def _passed_on(recorder: Recorder, *found: Piece | Message) -> list[Piece | Message]:
    for single in (*found, Piece("alt", ".")):
        recorder.put(single)
    await asyncio.wait_for(recorder.all_passed_on.wait(), 20)
    return recorder.passed_on[:-1]


async def test_keys_come_one_by_one_in_order() -> None:
    """Each after the one before."""
    async with _recorder() as recorder:
        found = await _passed_on(recorder, Piece("text", "abc"), CLICKED, Piece("text", "d"))
        keys = [Piece("text", key) for key in "abcd"]
        assert found == [*keys[:3], CLICKED, keys[3]]


async def test_of_a_flood_the_newest_count(monkeypatch: pytest.MonkeyPatch) -> None:
    """As many as there is room for."""
    monkeypatch.setattr(module, "CAPACITY", 8)
    async with _recorder() as recorder:
        found = await _passed_on(recorder, *[Piece("text", "x" * 1000)] * 100, Piece("text", "y"))
        assert found == [Piece("text", key) for key in "xxxxxxy"]


async def test_ctrl_c_waits_for_nothing() -> None:
    """In whatever way the terminal tells it."""
    for ctrl_c in (
        Piece("text", "aaa\x03"),
        Piece("sequence", "\x1b[99;5u"),
        # with num lock
        Piece("sequence", "\x1b[99;133u"),
        Piece("sequence", "\x1b[27;5;99~"),
    ):
        async with _recorder() as recorder:
            found = await _passed_on(recorder, *[Piece("text", "x")] * CAPACITY, ctrl_c)
            assert found == [Piece(ctrl_c.kind, ctrl_c.text.lstrip("a"))]


async def test_what_is_forgotten_is_not_passed_on() -> None:
    """And what comes after it is."""
    async with _recorder() as recorder:
        recorder.put(Piece("text", "aaa"))
        recorder.forget()
        assert await _passed_on(recorder, Piece("text", "b")) == [Piece("text", "b")]


async def test_of_states_only_the_newest_counts() -> None:
    """Where the mouse is, who has the focus, and what the size is."""
    async with _recorder() as recorder:
        moves = [Piece("sequence", MOVED.format(column)) for column in range(1, 1000)]
        sizes = [Resize(Size(n, n), Size(n, n)) for n in range(1, 100)]
        focus = [Piece("sequence", text) for text in (FOCUSED, "\x1b[O") * 500]
        found = await _passed_on(recorder, *moves, *sizes, *focus, CLICKED, moves[0])
        assert found == [sizes[-1], focus[-1], CLICKED, moves[0]]


def _failures() -> list[BaseException]:
    """What the loop will have told of."""
    failures: list[BaseException] = []
    loop = asyncio.get_running_loop()
    loop.set_exception_handler(lambda loop, context: failures.append(context["exception"]))
    return failures


async def test_what_nobody_expected_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """Or the app would be deaf and nobody would know why."""
    failures = _failures()
    async with _recorder() as recorder:
        monkeypatch.setattr(recorder, "_dealt_with", lambda: asyncio.sleep(0, 1 / 0))
        await _passed_on(recorder)
    assert [type(failure) for failure in failures] == [ZeroDivisionError]


async def test_one_that_fails_is_the_only_one() -> None:
    """The loop tells of it, and the next is passed on."""
    failures = _failures()
    async with _recorder() as recorder:
        await _passed_on(recorder, Piece("alt", "!"), Piece("text", "a"))
        assert recorder.passed_on[1] == Piece("text", "a")
    assert [type(failure) for failure in failures] == [ValueError]
