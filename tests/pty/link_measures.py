"""What the real app costs a terminal that is far away: bytes, and seconds from key to answer."""

import math
import random
from collections.abc import Callable, Mapping
from contextlib import ExitStack

from tests.pty.answering import AnsweringTerminal
from tests.pty.harness import CHAINRULE
from tests.pty.key_answers import Moment, Picture, Press, answers, new_pictures
from tests.pty.remote_app import DEPTH, NARROW, RemoteApp, remote_app
from tests.pty.slow_link import Link
from tests.pty.sshd import SshServer

TRAIN = b"\r"
"""The key that starts and pauses it."""
DEEP = 50
"""So many layers that every frame of a wave is another at 30 a second."""
FRAME_ENDS = b"\x1b[?2026l"

OPENED_AND_CLOSED = {
    b"2": b"1", b"3": b"1", b"4": b"1", b"v": b"v",
    b"X": b"\x1b", b"\t": b"\x1b", b"?": b"\x1b", b"d": b"\x1b",
}  # fmt: skip
MOSTLY = 0.97
"""Of what stays in a picture while some of it moves on."""


def frames_a_second(terminal: AnsweringTerminal, start: float, end: float) -> float:
    """How many ended between two moments, a second."""
    written = b"".join(data for when, data in list(terminal.arrivals) if start <= when < end)
    return written.count(FRAME_ENDS) / (end - start)


def wave_bytes(
    server: SshServer, size: tuple[int, int], depth: int, program: str = CHAINRULE
) -> int:
    """One replayed wave."""
    with remote_app(server, "--depth", str(depth), size=size, program=program) as app:
        app.wait_for_start()
        start = app.terminal.send(b" ")
        app.terminal.rest(1.0)
        return app.terminal.bytes_between(start, math.inf)


def training_rate(
    server: SshServer, size: tuple[int, int], view: str, program: str = CHAINRULE
) -> tuple[float, float]:
    """Bytes and frames a second of a training at 15 frames a second."""
    flags = ("--view", view)
    with remote_app(server, *flags, size=size, program=program, TEXTUAL_FPS="15") as app:
        app.wait_for_start()
        app.terminal.send(TRAIN)
        app.terminal.wait(2.0)
        start = app.terminal.now()
        app.terminal.wait(6.0)
        end = app.terminal.now()
        rate = app.terminal.bytes_between(start, end) / (end - start)
        return rate, frames_a_second(app.terminal, start, end)


def key_seconds(
    server: SshServer,
    name: str,
    link: Link | None,
    size: tuple[int, int],
    program: str = CHAINRULE,
    seed: int = 0,
) -> tuple[list[float], float]:
    """From each key to its answer while that plays, and the frames a second meanwhile."""
    play, flags = PLAYED[name]
    with remote_app(server, *flags, size=size, link=link, program=program) as app:
        presses = play(app, random.Random(seed))
        fps = frames_a_second(app.terminal, presses[0].when, presses[-1].when)
        app.terminal.wait(1.0)
        if play is _training:
            app.terminal.send(TRAIN)
        app.terminal.rest(1.0)
        return answers(app.terminal, presses), fps


def _start_wave(app: RemoteApp, rng: random.Random) -> list[Press]:
    app.wait_for_first_picture()
    return app.press_metrics(8, rng)


def _replayed_wave(app: RemoteApp, rng: random.Random) -> list[Press]:
    app.wait_for_start()
    app.terminal.send(b" ")
    return app.press_metrics(8, rng)


def _training(app: RemoteApp, rng: random.Random) -> list[Press]:
    app.wait_for_start()
    app.terminal.send(TRAIN)
    app.terminal.wait(1.0)
    return app.press_cursor([*range(DEPTH - 1, 0, -1), *range(2, DEPTH // 2)], rng)


Play = Callable[[RemoteApp, random.Random], list[Press]]

PLAYED: Mapping[str, tuple[Play, tuple[str, ...]]] = {
    "start wave": (_start_wave, ("--depth", str(DEEP))),
    "replayed wave": (_replayed_wave, ("--depth", str(DEEP))),
    "training, view 1": (_training, ()),
    "training, view 4": (_training, ("--view", "training")),
}
"""What goes on while keys are pressed, and the flags it needs."""


def opened_and_closed(
    server: SshServer, link: Link, size: tuple[int, int], trains: bool, program: str = CHAINRULE
) -> list[tuple[str, Picture]]:
    """Every key that shows a whole new picture, and what that took."""
    with remote_app(server, size=size, link=link, program=program) as app:
        app.wait_for_start()
        if trains:
            app.terminal.send(TRAIN)
            app.terminal.wait(2.0)
        keys = [key for both in OPENED_AND_CLOSED.items() for key in both]
        moments = [_pressed(app, key, trains) for key in keys]
    pictures = new_pictures(app.terminal, moments, MOSTLY if trains else 1.0)
    return [(key.decode(), picture) for key, picture in zip(keys, pictures, strict=True)]


def _pressed(app: RemoteApp, key: bytes, trains: bool) -> Moment:
    """When a key was pressed, and from when to when its answer surely stood."""
    start = app.terminal.send(key)
    if trains:
        app.terminal.wait(3.0)
        return Moment(start, start + 2.0, start + 3.0)
    app.terminal.wait(0.2)
    app.terminal.rest(0.8)
    end = app.terminal.now()
    return Moment(start, end - 0.4, end)


def keys_of_several(
    server: SshServer, count: int, program: str = CHAINRULE, keys: int = 12
) -> list[float]:
    """From key to answer in so many sessions that all train at once."""
    with ExitStack() as stack:
        apps = [
            stack.enter_context(remote_app(server, size=NARROW, program=program))
            for _ in range(count)
        ]
        for app in apps:
            app.wait_for_start()
            app.terminal.send(TRAIN)
        apps[0].terminal.wait(2.0)
        presses = []
        for i, app in enumerate(apps):
            presses.append(
                app.press_cursor(range(DEPTH - 1, DEPTH - 1 - keys, -1), random.Random(i))
            )
            app.terminal.wait(1.0)
    return [
        seconds
        for app, pressed in zip(apps, presses, strict=True)
        for seconds in answers(app.terminal, pressed)
    ]
