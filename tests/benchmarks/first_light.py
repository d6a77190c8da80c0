"""How long a pass, a start and a key take.

python -m tests.benchmarks.first_light
"""

import asyncio
import os
import pty
import select
import statistics
import struct
import subprocess
import sys
import tempfile
import termios
import time
from fcntl import ioctl
from pathlib import Path

import numpy as np

from engine import Experiment
from engine.catalogue.losses import LOSSES
from engine.data.datasets import batch
from engine.experiment.experiment import load_data
from engine.measure.meter import Meter
from engine.network.network import NetworkState
from tests.benchmarks.timing import interleaved

FULL_BLOCK = "█".encode()
SHADE = "░".encode()


def measure_pass() -> None:
    """A pass with its Trace at depth 50, width 64, batch 128, float64, beside the bare step."""
    experiment = Experiment().with_settings(depth=50, activation="tanh")
    state = NetworkState(experiment)
    seen = batch(load_data(experiment), 128, 0, 0)
    gradient = np.empty_like(state.output)
    evaluate = LOSSES["cross_entropy"].evaluate

    def bare() -> None:
        evaluate(state.forward(seen.x), seen.targets, gradient)
        state.backward(gradient)

    def traced() -> None:
        meter = Meter(state, experiment)
        loss = evaluate(state.forward(seen.x, meter), seen.targets, gradient)
        state.backward(gradient, meter)
        meter.trace(0, loss, None)

    medians = interleaved({"bare": bare, "traced": traced}, rounds=60)
    print(f"forward + backward:          {medians['bare'] * 1e3:6.2f} ms")
    print(
        f"forward + backward + Trace:  {medians['traced'] * 1e3:6.2f} ms, "
        f"{medians['traced'] / medians['bare']:.2f} of the bare step"
    )


def first_paint(
    marks: tuple[bytes, ...], folder: Path = Path(), arguments: tuple[str, ...] = ()
) -> tuple[float, float]:
    """Seconds from process start to the first bar's character on a real pty, and the processor's.

    The program is that of the checkout in a folder.
    """
    master, slave = pty.openpty()
    ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
    environment = {**os.environ, "TERM": "xterm-256color", "PYTHONIOENCODING": "utf-8"}
    environment.pop("SSH_CONNECTION", None)
    # as an installed program, which is compiled
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    environment["PYTHONPYCACHEPREFIX"] = str(Path(tempfile.gettempdir()) / "chainrule-compiled")
    start = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-m", "tui", *arguments],
        stdin=slave,
        stdout=slave,
        stderr=slave,
        env=environment,
        cwd=folder,
        start_new_session=True,
    )
    os.close(slave)
    seen = b""
    try:
        while not any(mark in seen for mark in marks):
            if select.select([master], [], [], 10.0)[0]:
                seen += os.read(master, 65536)
        return time.perf_counter() - start, used_seconds(process.pid)
    finally:
        process.terminate()
        while process.poll() is None:
            if select.select([master], [], [], 0.05)[0]:
                try:
                    os.read(master, 65536)
                except OSError:
                    break
        process.wait()
        os.close(master)


def used_seconds(process: int) -> float:
    """What a process has had of the processor so far."""
    tasks = Path(f"/proc/{process}/task").glob("*/schedstat")
    return sum(int(task.read_text().split()[0]) for task in tasks) / 1e9


def measure_start() -> None:
    """Process start to the first painted bars, beside a bare start of numpy and textual."""

    def imports() -> None:
        subprocess.run([sys.executable, "-c", "import numpy, textual.app"], check=True)

    first_paint((SHADE, FULL_BLOCK))
    starts = [first_paint((SHADE, FULL_BLOCK))[0] for _ in range(9)]
    floor = interleaved({"imports": imports}, rounds=9)["imports"]
    print(
        f"start to the first bar:      {statistics.median(starts):6.2f} s (mark 0.7), "
        f"importing numpy and textual alone {floor:.2f} s"
    )


async def measure_key() -> None:
    """A key to the repainted chart at depth 100, reduced motion: pass, Trace, picture, strips."""
    from tui.app import ChainruleApp

    app = ChainruleApp(Experiment().with_settings(depth=100), motion="reduced", ticking=False)
    times = []
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        for _ in range(40):
            start = time.perf_counter()
            app.controller.act("new_seed")
            chart = app.main.query_one("#chart")
            for y in range(chart.size.height):
                chart.render_line(y)
            times.append(time.perf_counter() - start)
    print(f"key to repainted chart:      {statistics.median(times) * 1e3:6.1f} ms (mark 33)")


if __name__ == "__main__":
    measure_pass()
    measure_start()
    asyncio.run(measure_key())
