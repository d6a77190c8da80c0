"""What the app costs a terminal that is far away, and when its user sees the answer to a key.

python -m tests.benchmarks.terminal [--before OLD_CHECKOUT] [LINE ...]

The real app on a real ssh server, behind a link that limits the rate, delays and queues.
"""

import argparse
import math
import random
import statistics
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path

from tests.pty.answering import AnsweringTerminal, answering
from tests.pty.harness import CHAINRULE, environment
from tests.pty.key_answers import Press, answers, new_picture
from tests.pty.remote_app import (
    DEPTH,
    NARROW,
    WIDE,
    RemoteApp,
    cpu_seconds,
    remote_app,
)
from tests.pty.slow_link import Link
from tests.pty.sshd import SshServer, ssh_server

NEAR = Link(50e3, 0.05)
FAR = Link(200e3, 0.15)
TRAIN = b"\r"
"""The key that starts and pauses it."""
FRAME_ENDS = b"\x1b[?2026l"
SIZES = (NARROW, WIDE)
DEEP = 50
"""So many layers that every frame of a wave is another at 30 a second."""

Found = tuple[str, str, str]
"""What was measured, what came out, and the mark."""


def wave(server: SshServer, program: str) -> Iterator[Found]:
    """Bytes of one replayed wave."""
    for depth in (DEPTH, DEEP):
        for size, mark in zip(SIZES, (30, 55), strict=True):
            with remote_app(server, "--depth", str(depth), size=size, program=program) as app:
                app.wait_for_start()
                start = app.terminal.send(b" ")
                app.terminal.rest(1.0)
                sent = app.terminal.bytes_between(start, math.inf)
            yield f"one wave, depth {depth}, {_named(size)}", f"{sent / 1e3:.1f} kB", f"{mark} kB"


def training(server: SshServer, program: str) -> Iterator[Found]:
    """Bytes a second."""
    marks = {NARROW: {"gradients": 5, "training": 9}, WIDE: {"gradients": 9, "training": 13}}
    for size, of_views in marks.items():
        for view, mark in of_views.items():
            flags = ("--view", view)
            with remote_app(server, *flags, size=size, program=program, TEXTUAL_FPS="15") as app:
                app.wait_for_start()
                app.terminal.send(TRAIN)
                app.terminal.wait(2.0)
                start = app.terminal.now()
                app.terminal.wait(6.0)
                rate = app.terminal.bytes_between(start, start + 6.0) / 6.0
                fps = frames(app.terminal, start, start + 6.0) / 6.0
            found = f"{rate / 1e3:.1f} kB/s at {fps:.0f} fps"
            yield f"training at 15 fps, view {view}, {_named(size)}", found, f"{mark} kB/s"


def idle(server: SshServer, program: str) -> Iterator[Found]:
    """From 10 s after the last key, for a minute."""
    with ExitStack() as stack:
        apps = [
            stack.enter_context(remote_app(server, size=size, program=program)) for size in SIZES
        ]
        for app in apps:
            app.wait_for_start()
            app.terminal.send(b"a")
        apps[0].terminal.wait(10.0)
        start, cpu = apps[0].terminal.now(), [app.cpu() for app in apps]
        apps[0].terminal.wait(60.0)
        for app, size, before in zip(apps, SIZES, cpu, strict=True):
            sent = app.terminal.bytes_between(start, math.inf)
            share = (app.cpu() - before) / 60.0
            yield f"idle, {_named(size)}", f"{sent} bytes in 60 s, CPU {share:.2%}", "0, 0.1 %"


def keys_near(server: SshServer, program: str) -> Iterator[Found]:
    """Keys over 50 kB/s and 50 ms each way."""
    yield from _keys(server, program, NEAR, SIZES, "median 0.2 s, worst 0.4 s")


def keys_far(server: SshServer, program: str) -> Iterator[Found]:
    """Keys over 200 kB/s and 150 ms each way."""
    yield from _keys(server, program, FAR, SIZES, "median 0.4 s, worst 0.6 s, 15 fps")


def _keys(
    server: SshServer, program: str, link: Link, sizes: Sequence[tuple[int, int]], mark: str
) -> Iterator[Found]:
    rng = random.Random(0)
    for size in sizes:
        for name, play in (
            ("start wave", _start_wave),
            ("replayed wave", _replayed_wave),
            ("training, view 1", _training),
            ("training, view 4", _training_view),
        ):
            seconds: list[float] = []
            fps = 0.0
            for _ in range(3 if "wave" in name else 1):
                depth = str(DEEP if "wave" in name else DEPTH)
                flags = ("--depth", depth)
                with remote_app(server, *flags, size=size, link=link, program=program) as app:
                    presses = play(app, rng)
                    first, last = presses[0].when, presses[-1].when
                    fps = frames(app.terminal, first, last) / (last - first)
                    app.terminal.wait(1.0)
                    if "training" in name:
                        app.terminal.send(TRAIN)
                    app.terminal.rest(1.0)
                    seconds += answers(app.terminal, presses)
            half = len(seconds) // 2
            found = (
                f"median {statistics.median(seconds):.2f} s, worst {max(seconds):.2f} s "
                f"(halves {statistics.median(seconds[:half]):.2f}, "
                f"{statistics.median(seconds[half:]):.2f}), {fps:.0f} fps"
            )
            yield f"key, {_named(link)}, {_named(size)}, {name}", found, mark


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
    return app.press_cursor([*range(DEPTH - 1, 0, -1), *range(2, DEPTH + 1)], rng)


def _training_view(app: RemoteApp, rng: random.Random) -> list[Press]:
    app.wait_for_start()
    app.terminal.send(b"4")
    return _training(app, rng)


def pictures_near(server: SshServer, program: str) -> Iterator[Found]:
    """Whole new pictures over 50 kB/s and 50 ms each way."""
    yield from _pictures(server, program, NEAR, "0.7 s, 25 kB")


def pictures_far(server: SshServer, program: str) -> Iterator[Found]:
    """Whole new pictures over 200 kB/s and 150 ms each way."""
    yield from _pictures(server, program, FAR, "no mark")


OPENED_AND_CLOSED = {
    b"2": b"1", b"3": b"1", b"4": b"1", b"v": b"v",
    b"X": b"\x1b", b"\t": b"\x1b", b"?": b"\x1b", b"d": b"\x1b",
}  # fmt: skip
MOSTLY = 0.97
"""Of what stays in a picture while some of it moves on."""


def _pictures(server: SshServer, program: str, link: Link, mark: str) -> Iterator[Found]:
    for size in SIZES:
        for what in ("at rest", "in training"):
            trains = what == "in training"
            with remote_app(server, size=size, link=link, program=program) as app:
                app.wait_for_start()
                if trains:
                    app.terminal.send(TRAIN)
                    app.terminal.wait(2.0)
                moments = [
                    (key, *_pressed(app, key, trains))
                    for keys in OPENED_AND_CLOSED.items()
                    for key in keys
                ]
            found = {
                (i, key.decode()): new_picture(
                    app.terminal, start, settled, end, MOSTLY if trains else 1.0
                )
                for i, (key, start, settled, end) in enumerate(moments)
            }
            worst = sorted(found.items(), key=lambda item: -item[1].seconds)[:4]
            text = ", ".join(
                f"{key!r} {picture.seconds:.2f} s {picture.size / 1e3:.1f} kB"
                for (_, key), picture in worst
            )
            yield f"new picture, {_named(link)}, {_named(size)}, {what}", text, mark


def _pressed(app: RemoteApp, key: bytes, trains: bool) -> tuple[float, float, float]:
    """When a key was pressed, and from when to when its answer surely stood."""
    start = app.terminal.send(key)
    if trains:
        app.terminal.wait(3.0)
        return start, start + 2.0, start + 3.0
    app.terminal.wait(0.2)
    app.terminal.rest(1.2)
    end = app.terminal.now()
    return start, end - 0.5, end


def five(server: SshServer, program: str) -> Iterator[Found]:
    """Five sessions at once, all training."""
    rng = random.Random(0)
    with ExitStack() as stack:
        apps = [stack.enter_context(remote_app(server, program=program)) for _ in range(5)]
        for app in apps:
            app.wait_for_start()
            app.terminal.send(TRAIN)
        apps[0].terminal.wait(2.0)
        seconds = []
        for app in apps:
            presses = app.press_cursor(range(DEPTH - 1, 7, -1), rng)
            app.terminal.wait(1.0)
            seconds.append((app, presses))
    found = [second for app, presses in seconds for second in answers(app.terminal, presses)]
    text = f"median {statistics.median(found):.2f} s, worst {max(found):.2f} s"
    yield "five sessions in training, key", text, "0.3 s"


def animation(server: SshServer, program: str) -> Iterator[Found]:
    """A core's share for waves at 30 fps, on this machine."""
    variables = environment(TEXTUAL_FPS="30")
    with answering(program, "--depth", str(DEEP), size=WIDE, env=variables) as terminal:
        terminal.rest(1.5)
        cpu = seconds = count = 0.0
        for _ in range(3):
            start, before = terminal.send(b" "), cpu_seconds(terminal.process)
            terminal.wait(2.7)
            cpu += cpu_seconds(terminal.process) - before
            seconds += terminal.now() - start
            count += frames(terminal, start, terminal.now())
            terminal.rest(1.0)
    yield (
        f"30 fps animation, {_named(WIDE)}",
        f"{cpu / seconds:.1%} of a core at {count / seconds:.0f} fps",
        "12 %",
    )


LINES: dict[str, Callable[[SshServer, str], Iterator[Found]]] = {
    line.__name__.replace("_", "-"): line
    for line in (
        wave, training, idle, keys_near, pictures_near, keys_far, pictures_far, five, animation
    )
}  # fmt: skip


def frames(terminal: AnsweringTerminal, start: float, end: float) -> int:
    """How many frames ended between two moments."""
    written = b"".join(data for when, data in list(terminal.arrivals) if start <= when < end)
    return written.count(FRAME_ENDS)


def _named(what: tuple[int, int] | Link) -> str:
    if isinstance(what, Link):
        return f"{what.rate / 1e3:.0f} kB/s + {what.delay * 1e3:.0f} ms"
    return f"{what[0]}x{what[1]}"


def main() -> None:
    """The lines that are asked for, or all."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--before", metavar="OLD_CHECKOUT", help="with a .venv in it")
    parser.add_argument("--only-before", action="store_true", help="of these two")
    parser.add_argument("lines", nargs="*", metavar="LINE", help=", ".join(LINES))
    options = parser.parse_args()
    unknown = set(options.lines) - LINES.keys()
    if unknown:
        parser.error(f"no line {', '.join(unknown)}; there are {', '.join(LINES)}")
    programs = {"now": CHAINRULE}
    if options.before:
        programs = {"before": str(Path(options.before, ".venv/bin/chainrule")), **programs}
    if options.only_before:
        programs.pop("now")
    with ssh_server() as server:
        for name in options.lines or LINES:
            found = [LINES[name](server, program) for program in programs.values()]
            for sides in zip(*found, strict=True):
                what, _, mark = sides[0]
                print(f"{what}  (mark {mark})")
                for side, (_, value, _) in zip(programs, sides, strict=True):
                    print(f"    {side:7} {value}")
                sys.stdout.flush()


if __name__ == "__main__":
    main()
