"""A training run that is written down: its log, its progress, and what ctrl+c leaves."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import IO

from engine import Experiment, Trace, Trainer
from engine.logs.recording import record, spacing
from engine.logs.records import header_line
from engine.logs.writer import LogFile
from engine.network.cost import check_memory
from tui.commands.base import RunLogError, is_terminal, put
from tui.commands.interrupts import interruptible
from tui.commands.progress_bar import progress_bar
from tui.commands.stderr import complain
from tui.words.command_line import line_text
from tui.words.language import _


def recorded_in(
    name: str, overwrites: bool, experiment: Experiment, steps: int, every: int | None
) -> Trace:
    """The last Trace of a run whose log is in that file; raises SettingError, or RunLogError."""
    check_memory(experiment, trains=steps > 0)
    with interruptible():
        file = LogFile(Path(name), overwrites)

        def put_line(line: str) -> None:
            with _told(name):
                file.put(line)

        try:
            return _run(experiment, steps, every, put_line, shows_progress=True)
        except KeyboardInterrupt:
            complain(line_text("log_interrupted", path=name, lines=file.lines))
            raise
        finally:
            with _told(name):
                file.close()


def recorded(experiment: Experiment, steps: int, every: int | None, out: IO[str]) -> None:
    """Print the log of a run."""
    check_memory(experiment, trains=steps > 0)
    # on a terminal the bar would stand in the midst of it
    _run(experiment, steps, every, lambda line: put(line, out), not is_terminal(out))


def _run(
    experiment: Experiment,
    steps: int,
    every: int | None,
    put_line: Callable[[str], None],
    shows_progress: bool,
) -> Trace:
    put_line(header_line(experiment, {"program": "chainrule", "version": _version()}))
    trainer, start = Trainer(experiment), time.monotonic()
    with progress_bar(lambda: trainer.step_number, steps, shows_progress):
        record(trainer, steps, every or spacing(steps), put_line, lambda: time.monotonic() - start)
    return trainer.trace


def _version() -> str | None:
    try:
        return version("chainrule")
    except PackageNotFoundError:
        return None


@contextmanager
def _told(name: str) -> Iterator[None]:
    """What the system says of that file is an error in words."""
    try:
        yield
    except OSError as error:
        raise RunLogError(
            line_text("cannot_write_log", path=name, why=_(str(error.strerror)))
        ) from None
