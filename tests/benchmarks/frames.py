"""What frames and keys cost, as ratios: `python -m tests.benchmarks.frames OLD [NEW] [PART ...]`.

Each checkout runs in a process of its own with this interpreter, one after the other in turn, and
of each measurement the least counts. Times are of the processor, which others disturb little.
"""

import asyncio
import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any

SIZES, DEPTHS = ((80, 24), (120, 40), (160, 45)), (20, 100)
ROUNDS = 3
PAINTS, KEYS = 6, 8
KEYS_OF = {"activation": "a", "gain": "g", "norm": "n"}
TRAINING_SECONDS = 3.0

Seconds = dict[str, float]


# in a process of the checkout


def opened(depth: int, size: tuple[int, int], **options: Any) -> Any:
    """An app whose driver takes what is drawn, and the context that runs it."""
    from textual.drivers.headless_driver import HeadlessDriver

    from engine import Experiment
    from tui.app import ChainruleApp

    HeadlessDriver.is_headless = property(lambda self: False)  # type: ignore[assignment, method-assign]
    app = ChainruleApp(Experiment().with_settings(depth=depth, activation="tanh"), **options)
    return app, app.run_test(size=size)


def cost(call: Callable[[Any], object], arguments: Iterable[object]) -> float:
    """Least processor seconds of a call with one of several arguments."""
    times = []
    for argument in arguments:
        start = time.process_time()
        call(argument)
        times.append(time.process_time() - start)
    return min(times)


def shown(pane: Any, scenes: list[Any]) -> None:
    """One scene after the other."""
    for scene in scenes:
        pane.show(scene)


async def painting(depth: int, width: int, height: int) -> Seconds:
    """Each view after a change, and a frame of the wave in it."""
    from dataclasses import replace

    from tui.state.animations import Wave
    from tui.state.views import VIEWS

    app, running = opened(depth, (width, height), reduced_motion=True, ticking=False)
    found: Seconds = {}
    async with running as pilot:
        for view in VIEWS:
            scenes = []
            for _ in range(2):
                app.session.set_state(replace(app.state.viewing(view), metric="g"))
                app.controller.act("new_seed")
                await pilot.pause()
                wants = app.main.wants(app.state, app.session.trace)
                scenes.append(app.session.scene(wants))
            pane = app.main.view
            found[f"{view} change"] = cost(pane.show, scenes * PAINTS)
            waves = [Wave(depth, depth * part / 6 + 0.5) for part in range(12)]
            frames = [replace(scenes[0], wave=wave) for wave in waves]
            found[f"{view} wave"] = cost(partial(shown, pane), [frames] * 3) / len(frames)
    return found


async def keys(depth: int, width: int, height: int) -> Seconds:
    """A key to the chart that is painted and rendered, reduced motion."""
    found: Seconds = {}
    for name, key in KEYS_OF.items():
        _, running = opened(depth, (width, height), reduced_motion=True, ticking=False)
        async with running as pilot:
            times = []
            for _ in range(KEYS):
                # so that no Trace is known already
                await pilot.press("s")
                await pilot.pause(0.1)
                # of this thread: what other threads find out afterwards does not delay it
                start = time.thread_time()
                await pilot.press(key)
                await pilot.pause(0.1)
                times.append(time.thread_time() - start)
        # the settings of a ring cost different times
        found[name] = statistics.mean(times)
    return found


async def training(depth: int, width: int, height: int) -> Seconds:
    """Seconds that a step takes in the live training view, and of those the processor's."""
    app, running = opened(depth, (width, height), screen={"view": "training"})
    async with running as pilot:
        await pilot.press("escape", "enter")
        await asyncio.sleep(1.0)
        step, start, used = app.state.run.step, time.perf_counter(), time.process_time()
        await asyncio.sleep(TRAINING_SECONDS)
        taken = app.state.run.step - step
        seconds, used = time.perf_counter() - start, time.process_time() - used
        await pilot.press("enter")
    return {"step, by the clock": seconds / taken, "step, of the processor": used / taken}


MEASURED = {"painting": painting, "keys": keys, "training": training}


def work() -> None:
    """Answer what is asked for, a line each."""
    for line in sys.stdin:
        name, *arguments = json.loads(line)
        print(json.dumps(asyncio.run(MEASURED[name](*arguments))), flush=True)


# beside it


class Checkout:
    """A process of a checkout that measures what it is asked for."""

    def __init__(self, path: Path) -> None:
        self.path = path
        # not as a module: an older checkout has none of that name
        code = f"import runpy; runpy.run_path({__file__!r})['work']()"
        environment = {**os.environ, "CHAINRULE_CONFIG": "", "TEXTUAL_FPS": "30"}
        self._process = subprocess.Popen(
            [sys.executable, "-c", code],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=path,
            env=environment,
        )

    def measure(self, *asked: object) -> Seconds:
        """What that measurement has found."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        print(json.dumps(asked), file=self._process.stdin, flush=True)
        found: Seconds = json.loads(self._process.stdout.readline())
        return found

    def close(self) -> None:
        """End it."""
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait()


def compare(title: str, sides: Sequence[Checkout], what: tuple[object, ...]) -> None:
    """Print both checkouts' least times and their ratios."""
    rounds = [[side.measure(*what) for side in sides] for _ in range(ROUNDS)]
    for name in rounds[0][0]:
        old, new = (min(found[side][name] for found in rounds) for side in (0, 1))
        print(f"{title:16} {name:24} {old * 1e3:8.2f} {new * 1e3:8.2f} ms  {new / old:5.2f}")


def asked(parts: list[str]) -> Iterator[tuple[str, tuple[object, ...]]]:
    """The measurements of those parts."""
    for width, height in SIZES:
        for depth in DEPTHS:
            if "painting" in parts:
                yield f"{width}x{height} {depth}", ("painting", depth, width, height)
            if "keys" in parts and depth == max(DEPTHS):
                yield f"{width}x{height} {depth}", ("keys", depth, width, height)
    if "training" in parts:
        yield "120x40 50", ("training", 50, 120, 40)


def main(old: Path, new: Path, parts: list[str]) -> None:
    """All parts, or those named."""
    sides = Checkout(old.resolve()), Checkout(new.resolve())
    for title, what in asked(parts):
        compare(title, sides, what)
    for side in sides:
        side.close()


if __name__ == "__main__":
    folders = [Path(a) for a in sys.argv[1:] if a not in MEASURED]
    named = [a for a in sys.argv[1:] if a in MEASURED] or list(MEASURED)
    main(folders[0], folders[1] if len(folders) > 1 else Path(), named)
