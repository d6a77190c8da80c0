"""Large run logs: how long until there is something to show, any step, and how much memory.

The program itself is started, too, in a terminal of its own.

A log is generated and deleted again. Beside the index, in turns: Python's own iteration over its
lines, `wc -l`, and a search for newlines in a mapped file.

    python -m tests.benchmarks.logs [--megabytes 1000]
"""

import argparse
import json
import mmap
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

import numpy as np

from engine.logs.run_log import RunLog
from engine.logs.schema import FACTORS, MARK, MEASURES
from tests.benchmarks.first_light import FULL_BLOCK, first_paint
from tests.benchmarks.timing import interleaved

SHAPES = (
    ("100 layers, 5 metrics", 100, MEASURES[:5], 7, 1.0),
    ("1000 layers, everything", 1000, MEASURES, 17, 0.2),
    ("4 layers, 1 metric", 4, MEASURES[:1], 7, 0.1),
)
"""Layers, arrays a line, digits, and the part of the size that such a log has."""

DIFFERENT_LINES, RANDOM_STEPS, ROUNDS = 50, 200, 3


def write_log(path: Path, layers: int, metrics: Sequence[str], digits: int, size: int) -> int:
    """A log of about that size in bytes; its number of steps."""
    draws = np.random.default_rng(0)

    def values() -> list[float]:
        norms = np.exp(5 * draws.normal(size=layers))
        return [float(f"{norm:.{digits}g}") for norm in norms]

    def end() -> str:
        fields: dict[str, object] = {metric: values() for metric in metrics}
        if metrics == MEASURES:
            fields["factors"] = {factor: values() for factor in FACTORS}
        return json.dumps(fields, separators=(",", ":"))[1:]

    ends = [end() for _ in range(DIFFERENT_LINES)]
    steps = 0
    with path.open("w") as file:
        file.write(json.dumps({MARK: 1, "layers": [*map(str, range(layers))]}) + "\n")
        while file.tell() < size:
            for rest in ends:
                file.write(f'{{"step":{steps},"time":{steps / 100:.6f},"loss":0.5,{rest}\n')
                steps += 1
    return steps


def index(path: Path) -> int:
    """The steps of a log."""
    log = RunLog(path)
    while log.read_on().more:
        pass
    log.close()
    return len(log)


def iterate(path: Path) -> int:
    """Its lines, as Python has them."""
    with path.open("rb") as file:
        return sum(1 for _ in file)


def count(path: Path) -> int:
    """Its lines, as the system counts them."""
    return int(
        subprocess.run(["wc", "-l", path], capture_output=True, check=True).stdout.split()[0]
    )


def search(path: Path) -> int:
    """Its newlines, in memory that is the file."""
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as mapped:
        found, at = 0, mapped.find(b"\n")
        while at >= 0:
            found, at = found + 1, mapped.find(b"\n", at + 1)
    return found


PEERS: dict[str, Callable[[Path], int]] = {
    "Python's lines": iterate,
    "wc -l": count,
    "mmap.find": search,
}


def megabytes() -> float:
    """The most that this process has needed so far: that of getrusage is its parent's, too."""
    status = Path("/proc/self/status").read_text()
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024


def measure(path: Path) -> None:
    """In a process of its own: what a log costs that opens it."""
    start, before = time.perf_counter(), megabytes()
    log = RunLog(path)
    slices = []
    while True:
        at = time.perf_counter()
        news = log.read_on()
        slices.append(time.perf_counter() - at)
        if len(slices) == 1:
            log.step(0)
            first = time.perf_counter() - start
        if not news.more:
            break
    log.step(len(log) - 1)
    last = time.perf_counter() - start
    times = []
    for place in random.Random(0).choices(range(len(log)), k=RANDOM_STEPS):
        at = time.perf_counter()
        log.step(place)
        times.append(time.perf_counter() - at)
    log.close()
    print(f"  header and first step after {first * 1e3:7.1f} ms, last step after {last:.2f} s")
    middle, most = statistics.median(times) * 1e3, max(times) * 1e3
    print(f"  a random step {middle:.2f} ms, at most {most:.1f} ms")
    print(f"  a slice of the index at most {max(slices) * 1e3:.0f} ms")
    print(f"  memory {megabytes():.0f} MB, of which {before:.0f} MB before it was opened")


def compare(path: Path, steps: int) -> None:
    """The index beside others that look for newlines."""
    assert index(path) == steps == iterate(path) - 1
    ways = {"the index": index, **PEERS}
    seconds = interleaved({name: partial(way, path) for name, way in ways.items()}, ROUNDS)
    size = path.stat().st_size / 1e6
    for name, value in seconds.items():
        ratio = seconds["the index"] / value
        print(f"  {name:15} {size / value:6.0f} MB/s; the index takes {ratio:.2f} of its time")


def replay(path: Path) -> None:
    """From the start of the program to the first bar of a log, and of one with a single step."""
    short = path.with_name("short.jsonl")
    with path.open("rb") as file:
        short.write_bytes(file.readline() + file.readline())
    logs = {"this log": path, "its first step alone": short}
    paints: dict[str, list[tuple[float, float]]] = {name: [] for name in logs}
    for _ in range(ROUNDS + 1):
        for name, log in logs.items():
            paints[name].append(first_paint((FULL_BLOCK,), arguments=("replay", str(log))))
    for name, found in paints.items():
        # the first time what is imported may have to be compiled
        wall, used = (min(times) for times in zip(*found[1:], strict=True))
        print(f"  replay of {name}: first bar after {wall:.2f} s, {used:.2f} s of the processor")


def main() -> None:
    """Generate, measure, delete."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--megabytes", type=float, default=1000)
    parser.add_argument("--measure", type=Path)
    options = parser.parse_args()
    if options.measure:
        measure(options.measure)
        return
    with tempfile.TemporaryDirectory() as folder:
        for title, layers, metrics, digits, part in SHAPES:
            path = Path(folder) / "log.jsonl"
            steps = write_log(path, layers, metrics, digits, int(options.megabytes * 1e6 * part))
            size = path.stat().st_size
            print(f"{title}: {size / 1e6:.0f} MB, {steps:,} steps of {size // steps:,} bytes")
            sys.stdout.flush()
            command = [sys.executable, "-m", "tests.benchmarks.logs", "--measure", str(path)]
            subprocess.run(command, check=True)
            compare(path, steps)
            replay(path)
            path.unlink()


if __name__ == "__main__":
    main()
