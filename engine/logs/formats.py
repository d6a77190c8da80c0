"""The formats in which training runs are written down, and which one a file has."""

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from engine.data.foreign_files import opened, reading
from engine.logs import lightning_csv, tensorboard, trainer_state, wandb
from engine.logs.folders import changed, newest
from engine.logs.lightning_csv import LightningCsvReader
from engine.logs.log import Log
from engine.logs.run_log import RunLog
from engine.logs.scalar_log import ScalarLog
from engine.logs.scalars import ScalarReader
from engine.logs.tensorboard import TensorBoardReader
from engine.logs.trainer_state import TrainerStateReader
from engine.logs.wandb import WandbReader
from engine.logs.wandb_records import MARK as WANDB_MARK
from engine.numerics.errors import SettingError

HEAD_BYTES = 4096
"""What a format is told by, besides a file's name."""

# gzip, Zstandard, xz, bzip2, zip: whatever the name in front of .gz says
_COMPRESSED = b"\x1f\x8b", b"\x28\xb5\x2f\xfd", b"\xfd7zXZ", b"BZh", b"PK\x03\x04"


@dataclass(frozen=True)
class Options:
    """What a person says of a log that does not say it: its layers in order, and which keys are
    a layer's (`engine.logs.dialects.dialects_of`).
    """

    order: tuple[str, ...] | None = None
    patterns: tuple[str, ...] = ()


NOTHING_SAID = Options()


@dataclass(frozen=True)
class Format:
    """How a file of that format is told from others by its path and first bytes, and opened.

    `in_folder` is the newest such file of a folder, which is opened by that, or None. `run_of` is
    what the files of one run have in common: a file that is not the only one is read with the rest.
    """

    recognises: Callable[[Path, bytes], bool]
    in_folder: Callable[[Path], Path | None]
    opens: Callable[[Path, Options], Log]
    run_of: Callable[[Path], Path] = lambda file: file


def scalars(name: str, reader: Callable[[Path], ScalarReader]) -> Callable[[Path, Options], Log]:
    """Opens what that reader reads as a log."""
    return lambda path, options: ScalarLog(
        name, path, reader(path), options.order, options.patterns
    )


def _is_run_log(path: Path, head: bytes) -> bool:
    return head.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] == b"{"


def _run_log(path: Path, options: Options) -> Log:
    if options.order is not None:
        raise SettingError("log_has_order", path=str(path))
    if options.patterns:
        raise SettingError("log_has_names", path=str(path))
    return RunLog(_run_log_in(path) or path)


def _run_log_in(folder: Path) -> Path | None:
    return newest(folder, "*.jsonl")


FORMATS: Mapping[str, Format] = MappingProxyType(
    {
        "tensorboard": Format(
            tensorboard.is_event_file,
            tensorboard.in_folder,
            scalars("tensorboard", TensorBoardReader),
            lambda file: file.parent,
        ),
        "trainer_state": Format(
            trainer_state.is_trainer_state,
            trainer_state.in_folder,
            scalars("trainer_state", TrainerStateReader),
            # a checkpoint has all that the one before it had
            lambda file: Path(),
        ),
        "run_log": Format(_is_run_log, _run_log_in, _run_log),
        "wandb": Format(
            lambda path, head: head.startswith(WANDB_MARK),
            wandb.in_folder,
            scalars("wandb", WandbReader),
        ),
        "lightning_csv": Format(
            lambda path, head: path.suffix == ".csv",
            lightning_csv.in_folder,
            scalars("lightning_csv", LightningCsvReader),
        ),
    }
)
"""By name; the first that recognises a file opens it."""


LATE = ("trainer_state", "wandb", "lightning_csv")
"""Whose writers hold back what they are given: what is in a file is not all that has happened."""


def open_log(path: Path, options: Options = NOTHING_SAID) -> Log:
    """A log of any of these formats, or the newest in a folder; raises SettingError."""
    # a Path's own is_dir raises where somebody may not look
    if os.path.isdir(path):
        newest = newest_log(path)
        if not newest:
            with reading(path):
                os.scandir(path).close()
            raise SettingError("log_none_in_folder", path=str(path), allowed=(*FORMATS,))
        _, (name, _) = newest
        return FORMATS[name].opens(path, options)
    with opened(path) as file:
        head = file.read(HEAD_BYTES)
    if head.startswith(_COMPRESSED):
        raise SettingError("log_compressed", path=str(path))
    for format in FORMATS.values():
        if format.recognises(path, head):
            return format.opens(path, options)
    raise SettingError("log_foreign" if head else "log_empty", path=str(path), allowed=(*FORMATS,))


def newest_log(folder: Path) -> tuple[Path, tuple[str, Path]] | None:
    """The file of which `open_log` makes the log of a folder, and by what its run is known."""
    files = _in_folder(folder)
    if not files:
        return None
    name, file = max(files.items(), key=lambda item: changed(item[1]))
    return file, (name, FORMATS[name].run_of(file))


def _in_folder(folder: Path) -> dict[str, Path]:
    """The newest file of each format."""
    found = {name: each.in_folder(folder) for name, each in FORMATS.items()}
    return {name: file for name, file in found.items() if file}
