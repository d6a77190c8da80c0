"""What frames and keys cost the app in whose checkout this is run, for `tests.benchmarks.frames`.

Times are of the processor where others might disturb.
"""

import asyncio
import json
import statistics
import sys
import time
from collections.abc import Callable, Iterable
from functools import partial
from inspect import signature
from typing import Any

PAINTS, KEYS = 6, 8
KEYS_OF = {"activation": "a", "gain": "g", "norm": "n"}
TRAINING_SECONDS = 3.0

Seconds = dict[str, float]


def opened(depth: int, size: tuple[int, int], is_still: bool = False, screen: Any = None) -> Any:
    """An app whose driver takes what is drawn, and the context that runs it.

    What is still has neither frames of its own nor ways from one picture to the next.
    """
    from textual.drivers.headless_driver import HeadlessDriver

    from engine import Experiment
    from tui.app import ChainruleApp

    HeadlessDriver.is_headless = property(lambda self: False)  # type: ignore[assignment, method-assign]
    options: dict[str, Any] = {"screen": screen}
    if is_still:
        # an older checkout has no amounts of motion
        has_amounts = "motion" in signature(ChainruleApp).parameters
        options |= {"motion": "off"} if has_amounts else {"reduced_motion": True}
        options["ticking"] = False
    # at a rate at which training goes on and on
    experiment = Experiment().with_settings(depth=depth, activation="tanh", learning_rate=0.01)
    app = ChainruleApp(experiment, **options)
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

    app, running = opened(depth, (width, height), is_still=True)
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
        _, running = opened(depth, (width, height), is_still=True)
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


async def wave(depth: int, width: int, height: int) -> Seconds:
    """Seconds of the processor in a second of the wave, at 30 frames each."""
    app, running = opened(depth, (width, height))
    async with running as pilot:
        await pilot.press("escape", "space")
        start, used = time.perf_counter(), time.process_time()
        while app.session.animation.moving and app.is_running:
            await asyncio.sleep(0.05)
        return {"second of the wave": (time.process_time() - used) / (time.perf_counter() - start)}


MEASURED = {"painting": painting, "keys": keys, "training": training, "wave": wave}


def work() -> None:
    """Answer what is asked for, a line each."""
    from tui.config.blas_kernels import choose_kernels

    choose_kernels()
    for line in sys.stdin:
        name, *arguments = json.loads(line)
        print(json.dumps(asyncio.run(MEASURED[name](*arguments))), flush=True)
