"""What frames and keys cost, as ratios: `python -m tests.benchmarks.frames OLD [NEW] [PART ...]`.

Each checkout runs in a process of its own with this interpreter, one after the other in turn, and
of each measurement the least counts.
"""

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from tests.benchmarks.first_light import FULL_BLOCK, SHADE, first_paint

SIZES, DEPTHS = ((80, 24), (120, 40), (160, 45)), (20, 100)
ROUNDS, STARTS = 3, 9
PARTS = ("painting", "keys", "wave", "training", "start")

MEASURING = Path(__file__).with_name("frame_costs.py")

Seconds = dict[str, float]


class Checkout:
    """A process of a checkout that measures what it is asked for."""

    def __init__(self, path: Path) -> None:
        self.path = path
        # not as a module: an older checkout has none of that name
        code = f"import runpy; runpy.run_path({str(MEASURING)!r})['work']()"
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


def compare_starts(folders: Sequence[Path]) -> None:
    """Print how long both take to the first bar."""
    marks = SHADE, FULL_BLOCK
    found = [[first_paint(marks, folder) for folder in folders] for _ in range(1 + STARTS)][1:]
    for name, kind in (("start, by the clock", 0), ("start, of the processor", 1)):
        old, new = (min(start[side][kind] for start in found) for side in (0, 1))
        print(f"{'80x24 20':16} {name:24} {old * 1e3:8.2f} {new * 1e3:8.2f} ms  {new / old:5.2f}")


def asked(parts: list[str]) -> Iterator[tuple[str, tuple[object, ...]]]:
    """The measurements of those parts."""
    for width, height in SIZES:
        for depth in DEPTHS:
            if "painting" in parts:
                yield f"{width}x{height} {depth}", ("painting", depth, width, height)
            if "keys" in parts and depth == max(DEPTHS):
                yield f"{width}x{height} {depth}", ("keys", depth, width, height)
    for part, depth in (("wave", 20), ("training", 50)):
        if part in parts:
            yield f"120x40 {depth}", (part, depth, 120, 40)


def main(old: Path, new: Path, parts: list[str]) -> None:
    """All parts, or those named."""
    sides = Checkout(old.resolve()), Checkout(new.resolve())
    for title, what in asked(parts):
        compare(title, sides, what)
    for side in sides:
        side.close()
    if "start" in parts:
        compare_starts((old, new))


if __name__ == "__main__":
    folders = [Path(a) for a in sys.argv[1:] if a not in PARTS]
    named = [a for a in sys.argv[1:] if a in PARTS] or list(PARTS)
    main(folders[0], folders[1] if len(folders) > 1 else Path(), named)
