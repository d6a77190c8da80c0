"""A .wandb file of 500 layers: our records, numbers and log beside wandb's own store and messages.

Processor time, the least of turns taken one after the other.

    pip install -e '.[readers]' && python -m tests.benchmarks.wandb_files [MEGABYTES]
"""

import json
import math
import random
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from time import process_time

from engine.logs.log import read_all
from engine.logs.scalar_log import ScalarLog
from engine.logs.wandb import WandbReader
from engine.logs.wandb_records import WandbRecords

LAYERS, MEGABYTES, TURNS = 500, 10, 5


def write(path: Path, size: int) -> int:
    """As wandb writes it; returns how many numbers there are."""
    from wandb.proto import wandb_internal_pb2 as messages
    from wandb.sdk.internal.datastore import DataStore

    store, generator, step = DataStore(), random.Random(0), 0
    store.open_for_write(str(path))
    written = 0
    while written < size:
        record = messages.Record()
        record.history.step.num = step
        for layer in range(LAYERS):
            item = record.history.item.add()
            item.nested_key.append(f"grad_2.0_norm/blocks.{layer}.attention.weight")
            item.value_json = json.dumps(generator.random())
        store.write(record)
        written += record.ByteSize()
        step += 1
    store.close()
    return step * LAYERS


def stored(path: Path) -> Iterator[bytes]:
    """The records that wandb's own store finds."""
    from wandb.sdk.internal.datastore import DataStore

    store = DataStore()
    store.open_for_scan(str(path))
    while (record := store.scan_data()) is not None:
        yield record
    store.close()


def parsed(path: Path) -> int:
    """Of wandb's own messages, how many numbers are in them."""
    from wandb.proto import wandb_internal_pb2 as messages

    found = 0
    for content in stored(path):
        for item in messages.Record.FromString(content).history.item:
            name, number = ".".join(item.nested_key), json.loads(item.value_json)
            found += bool(name) and isinstance(number, float)
    return found


def log(path: Path) -> int:
    """Of our log, that."""
    found = ScalarLog("wandb", path, WandbReader(path))
    read_all(found)
    return len(found) * len(found.header.layers)


def main() -> None:
    """Print seconds, and how many times ours they are."""
    size = int(sys.argv[1]) if len(sys.argv) > 1 else MEGABYTES
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "run-x.wandb"
        numbers = write(path, size * 1_000_000)
        records = numbers // LAYERS
        readers: dict[str, tuple[Callable[[], int], int]] = {
            "our records": (lambda: sum(1 for _ in WandbRecords(path).read_on()), records),
            "DataStore": (lambda: sum(1 for _ in stored(path)), records),
            "our numbers": (lambda: sum(1 for _ in WandbReader(path).read_on()), numbers),
            "our log": (lambda: log(path), numbers),
            "DataStore, Record, json": (lambda: parsed(path), numbers),
        }
        least = dict.fromkeys(readers, math.inf)
        for _ in range(TURNS):
            for name, (read, count) in readers.items():
                start = process_time()
                found = read()
                least[name] = min(process_time() - start, least[name])
                assert found == count, (name, found, count)
        print(f"{path.stat().st_size / 1e6:.1f} MB, {numbers:,} numbers")
        for name, ours in (
            *(("our records", "our records"), ("DataStore", "our records")),
            *(("our numbers", "our numbers"), ("our log", "our numbers")),
            ("DataStore, Record, json", "our numbers"),
        ):
            print(f"  {name:24} {least[name]:7.3f} s  {least[name] / least[ours]:5.2f} x {ours}")


if __name__ == "__main__":
    main()
