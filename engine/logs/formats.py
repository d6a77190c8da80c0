"""The formats in which training runs are written down, and which one a file has."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from engine.data.foreign_files import opened
from engine.logs.log import Log
from engine.logs.run_log import RunLog
from engine.logs.scalar_log import ScalarLog
from engine.logs.scalars import ScalarReader
from engine.logs.wandb import WandbReader
from engine.logs.wandb_records import MARK as WANDB_MARK
from engine.numerics.errors import SettingError

HEAD_BYTES = 4096
"""What a format is told by, besides a file's name."""


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
    """How a file of that format is told from others by its path and first bytes, and opened."""

    recognises: Callable[[Path, bytes], bool]
    opens: Callable[[Path, Options], Log]


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
    return RunLog(path)


FORMATS: Mapping[str, Format] = MappingProxyType(
    {
        "run_log": Format(_is_run_log, _run_log),
        "wandb": Format(
            lambda path, head: head.startswith(WANDB_MARK), scalars("wandb", WandbReader)
        ),
    }
)
"""By name; the first that recognises a file opens it."""


def open_log(path: Path, options: Options = NOTHING_SAID) -> Log:
    """A log of any of these formats; raises SettingError."""
    with opened(path) as file:
        head = file.read(HEAD_BYTES)
    for format in FORMATS.values():
        if format.recognises(path, head):
            return format.opens(path, options)
    raise SettingError("log_foreign" if head else "log_empty", path=str(path), allowed=(*FORMATS,))
