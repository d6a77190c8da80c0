"""Frames and keys while the app trains at depth 50, width 64, batch 128.

python -m tests.benchmarks.live
"""

import asyncio
import os
import statistics
import sys
import time

from tui.config.blas_kernels import choose_kernels

choose_kernels()
os.environ.setdefault("TEXTUAL_FPS", "30")

SECONDS = 6.0
KEYS = 60


async def measure(view: str, activation: str) -> None:
    """One view: frames with a new Trace a second, and a key to the redrawn screen."""
    from engine import Experiment
    from tui.app import ChainruleApp

    experiment = Experiment().with_settings(
        depth=50, activation=activation, init="he_normal", learning_rate=0.01
    )
    app = ChainruleApp(experiment, screen={"view": view})
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.press("escape", "enter")
        await asyncio.sleep(1.0)
        frames, last = 0, app.session.trace
        start_step, start = app.state.run.step, time.perf_counter()
        while time.perf_counter() - start < SECONDS:
            await asyncio.sleep(0.001)
            if app.session.trace is not last:
                frames, last = frames + 1, app.session.trace
        elapsed = time.perf_counter() - start
        steps = app.state.run.step - start_step
        answers = []
        for i in range(KEYS):
            key, cursor = ("left", "right")[i % 2], app.state.cursor
            start = time.perf_counter()
            app.simulate_key(key)
            # a signal ends the app, which then answers no key
            while app.state.cursor == cursor and app.is_running:
                await asyncio.sleep(0)
            answers.append(time.perf_counter() - start)
            await asyncio.sleep(0.02)
        if not app.is_running:
            sys.exit(1)
        await pilot.press("enter")
    answers.sort()
    print(
        f"{view:10} {frames / elapsed:5.1f} fps (mark 20)  "
        f"key {statistics.median(answers) * 1e3:5.1f} ms, "
        f"95 % within {answers[int(0.95 * KEYS)] * 1e3:5.1f} ms (mark 50)  "
        f"{steps / elapsed:5.0f} steps/s"
    )


async def main() -> None:
    """Every view."""
    from tui.state.views import VIEWS

    for view in VIEWS:
        await measure(view, "relu")


if __name__ == "__main__":
    asyncio.run(main())
