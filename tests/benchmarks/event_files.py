"""100,000 scalars of a TensorBoard event file: our reader and log beside tensorboard's own loaders.

Processor time: the least of our turns, one of theirs, which take long; the mark is 0.7 s.

    pip install -e '.[torch,readers]' && python -m tests.benchmarks.event_files
"""

import math
import os
import tempfile
from collections.abc import Callable
from pathlib import Path
from time import process_time

from engine.logs.log import read_all
from engine.logs.scalar_log import ScalarLog
from engine.logs.tensorboard import TensorBoardReader

STEPS, LAYERS, TURNS = 1000, 49, 3
MARK = 0.7

KEYS = [
    *(f"grad_2.0_norm/h.{n}.{kind}" for n in range(LAYERS) for kind in ("weight", "bias")),
    *("train/loss", "train/learning_rate"),
]


def write(folder: Path, new_style: bool) -> None:
    """As PyTorch writes them: simple values, or tensors of float."""
    from torch.utils.tensorboard import SummaryWriter

    writer = SummaryWriter(str(folder))
    for step in range(STEPS):
        for place, key in enumerate(KEYS):
            value = math.exp(-place / 10) * (step + 1)
            writer.add_scalar(key, value, step, new_style=new_style)
    writer.close()


def readers(folder: Path) -> dict[str, Callable[[], int]]:
    """Each returns how many scalars it has found."""
    from tensorboard.backend.event_processing.event_accumulator import EventAccumulator
    from tensorboard.backend.event_processing.event_file_loader import (
        EventFileLoader,
        LegacyEventFileLoader,
    )

    (path,) = folder.iterdir()

    def log() -> int:
        found = ScalarLog("tensorboard", folder, TensorBoardReader(folder))
        read_all(found)
        return len(found) * len(KEYS)

    def accumulator() -> int:
        found = EventAccumulator(str(folder), {"scalars": 0, "tensors": 0})
        found.Reload()
        return sum(len(found.Scalars(tag)) for tag in found.Tags()["scalars"]) or sum(
            len(found.Tensors(tag)) for tag in found.Tags()["tensors"]
        )

    return {
        "our reader": lambda: sum(1 for _ in TensorBoardReader(folder).read_on()),
        "our log": log,
        "EventAccumulator": accumulator,
        "LegacyEventFileLoader": lambda: sum(1 for _ in LegacyEventFileLoader(str(path)).Load()),
        "EventFileLoader": lambda: sum(1 for _ in EventFileLoader(str(path)).Load()),
    }


def main() -> None:
    """Print seconds, and how many times ours they are."""
    for new_style in (False, True):
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            write(folder, new_style)
            size = sum(path.stat().st_size for path in folder.iterdir())
            print(f"{'tensors' if new_style else 'simple values'}: {size / 1e6:.1f} MB")
            least: dict[str, float] = {}
            for turn in range(TURNS):
                for reader, read in readers(folder).items():
                    if turn and not reader.startswith("our"):
                        continue
                    start = process_time()
                    count = read()
                    seconds = process_time() - start
                    assert count >= STEPS * len(KEYS), (reader, count)
                    least[reader] = min(seconds, least.get(reader, math.inf))
            for reader, seconds in least.items():
                print(f"  {reader:22} {seconds:6.3f} s  {seconds / least['our log']:5.2f} x")
            print(f"  the mark is {MARK} s: {'held' if least['our log'] <= MARK else 'missed'}")


if __name__ == "__main__":
    # tensorboard tells that it does without TensorFlow
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    main()
