"""What the app costs a terminal that is far away, and when its user sees the answer to a key.

python -m tests.benchmarks.terminal [--before OLD_CHECKOUT] [--size WxH] [LINE ...]

The real app on a real ssh server, behind a link that limits the rate, delays and queues.
"""

import argparse
import math
import statistics
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from tests.pty.answering import answering
from tests.pty.harness import CHAINRULE, environment
from tests.pty.link_measures import (
    DEEP,
    PLAYED,
    frames_a_second,
    key_seconds,
    keys_of_several,
    opened_and_closed,
    training_rate,
    wave_bytes,
)
from tests.pty.remote_app import DEPTH, NARROW, WIDE, cpu_seconds, remote_app
from tests.pty.slow_link import Link
from tests.pty.sshd import SshServer, ssh_server

NEAR = Link(50e3, 0.05)
FAR = Link(200e3, 0.15)
WORST = 4
"""Pictures that are printed, the slowest first."""
SIZES = {"80x24": NARROW, "120x40": WIDE}


@dataclass(frozen=True)
class App:
    """A program on a server, and the sizes of screens that it is measured on."""

    server: SshServer
    program: str
    sizes: tuple[tuple[int, int], ...]


Found = tuple[str, str, str]
"""What was measured, what came out, and the mark."""


def wave(app: App) -> Iterator[Found]:
    """Bytes of one replayed wave."""
    marks = {NARROW: 30, WIDE: 55}
    for depth in (DEPTH, DEEP):
        for size in app.sizes:
            sent, mark = wave_bytes(app.server, size, depth, app.program), marks[size]
            yield f"one wave, depth {depth}, {_named(size)}", f"{sent / 1e3:.1f} kB", f"{mark} kB"


def training(app: App) -> Iterator[Found]:
    """Bytes a second."""
    marks = {NARROW: {"gradients": 5, "training": 9}, WIDE: {"gradients": 9, "training": 13}}
    for size in app.sizes:
        for view, mark in marks[size].items():
            rate, fps = training_rate(app.server, size, view, app.program)
            found = f"{rate / 1e3:.1f} kB/s at {fps:.0f} fps"
            yield f"training at 15 fps, view {view}, {_named(size)}", found, f"{mark} kB/s"


def idle(app: App) -> Iterator[Found]:
    """From 10 s after the last key, for a minute."""
    with ExitStack() as stack:
        sessions = [
            stack.enter_context(remote_app(app.server, size=size, program=app.program))
            for size in app.sizes
        ]
        for session in sessions:
            session.wait_for_start()
            session.terminal.send(b"a")
        sessions[0].terminal.wait(10.0)
        start, cpu = sessions[0].terminal.now(), [session.cpu() for session in sessions]
        sessions[0].terminal.wait(60.0)
        for session, size, before in zip(sessions, app.sizes, cpu, strict=True):
            sent = session.terminal.bytes_between(start, math.inf)
            share = (session.cpu() - before) / 60.0
            yield f"idle, {_named(size)}", f"{sent} bytes in 60 s, CPU {share:.2%}", "0, 0.1 %"


def keys_near(app: App) -> Iterator[Found]:
    """Keys over 50 kB/s and 50 ms each way."""
    yield from _keys(app, NEAR, "median 0.2 s, worst 0.4 s")


def keys_far(app: App) -> Iterator[Found]:
    """Keys over 200 kB/s and 150 ms each way."""
    yield from _keys(app, FAR, "median 0.4 s, worst 0.6 s, 15 fps")


def _keys(app: App, link: Link, mark: str) -> Iterator[Found]:
    for size in app.sizes:
        for name in PLAYED:
            runs = [
                key_seconds(app.server, name, link, size, app.program, seed)
                for seed in range(3 if "wave" in name else 1)
            ]
            seconds = [second for of_run, _ in runs for second in of_run]
            early = [second for of_run, _ in runs for second in of_run[: len(of_run) // 2]]
            late = [second for of_run, _ in runs for second in of_run[len(of_run) // 2 :]]
            found = (
                f"{_summary(seconds)}, median of the first half {statistics.median(early):.2f} s, "
                f"of the second {statistics.median(late):.2f} s, "
                f"{statistics.mean(fps for _, fps in runs):.0f} fps"
            )
            yield f"key, {_named(link)}, {_named(size)}, {name}", found, mark


def _summary(seconds: list[float]) -> str:
    return f"median {statistics.median(seconds):.2f} s, worst {max(seconds):.2f} s"


def pictures_near(app: App) -> Iterator[Found]:
    """Whole new pictures over 50 kB/s and 50 ms each way."""
    yield from _pictures(app, NEAR, "0.7 s, 25 kB")


def pictures_far(app: App) -> Iterator[Found]:
    """Whole new pictures over 200 kB/s and 150 ms each way."""
    yield from _pictures(app, FAR, "none")


def _pictures(app: App, link: Link, mark: str) -> Iterator[Found]:
    for size in app.sizes:
        for what, trains in (("at rest", False), ("in training", True)):
            found = opened_and_closed(app.server, link, size, trains, app.program)
            text = ", ".join(
                f"{key!r} {picture.seconds:.2f} s {picture.size / 1e3:.1f} kB"
                for key, picture in sorted(found, key=lambda pair: -pair[1].seconds)[:WORST]
            )
            yield f"new picture, {_named(link)}, {_named(size)}, {what}", text, mark


def five(app: App) -> Iterator[Found]:
    """Five sessions at once, all training."""
    found = keys_of_several(app.server, 5, app.program)
    yield "key, five sessions in training", _summary(found), "0.3 s"


def animation(app: App) -> Iterator[Found]:
    """A core's share for waves at 30 fps, on this machine."""
    variables = environment(TEXTUAL_FPS="30")
    shares, rates = [], []
    with answering(app.program, "--depth", str(DEEP), size=WIDE, env=variables) as terminal:
        terminal.rest(1.5)
        for _ in range(3):
            before, start = cpu_seconds(terminal.process), terminal.send(b" ")
            terminal.wait(2.7)
            shares.append((cpu_seconds(terminal.process) - before) / (terminal.now() - start))
            rates.append(frames_a_second(terminal, start, terminal.now()))
            terminal.rest(1.0)
    found = f"{min(shares):.1%} of a core at {statistics.median(rates):.0f} fps"
    yield f"30 fps animation, {_named(WIDE)}", found, "12 %"


LINES: dict[str, Callable[[App], Iterator[Found]]] = {
    line.__name__.replace("_", "-"): line
    for line in (
        wave, training, idle, keys_near, pictures_near, keys_far, pictures_far, five, animation
    )
}  # fmt: skip


def _named(what: tuple[int, int] | Link) -> str:
    if isinstance(what, Link):
        return f"{what.rate / 1e3:.0f} kB/s + {what.delay * 1e3:.0f} ms"
    return f"{what[0]}x{what[1]}"


def main() -> None:
    """The lines that are asked for, or all."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--before", metavar="OLD_CHECKOUT", help="with a .venv in it")
    parser.add_argument("--only-before", action="store_true", help="of these two")
    parser.add_argument("--size", choices=SIZES, help="only this one")
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
    sizes = (SIZES[options.size],) if options.size else tuple(SIZES.values())
    with ssh_server() as server:
        for name in options.lines or LINES:
            found = [LINES[name](App(server, program, sizes)) for program in programs.values()]
            for sides in zip(*found, strict=True):
                what, _, mark = sides[0]
                print(f"{what}  (mark {mark})")
                for side, (_, value, _) in zip(programs, sides, strict=True):
                    print(f"    {side:7} {value}")
                sys.stdout.flush()


if __name__ == "__main__":
    main()
