"""What nobody expected: its log for a report, and two lines that say where that is."""

import contextlib
import os
import platform
import shlex
import shutil
import sys
import tempfile
import time
import traceback
from collections.abc import Iterator
from pathlib import Path

from tui.commands.stderr import complain, tell
from tui.config.folders import log_folder
from tui.config.new_files import write_new
from tui.words.faults import CUT, LOG, fault_text
from tui.words.foreign import visible

NAME = "chainrule-fault"
KEPT = 10
"""So many logs stay; older ones go."""

MOST_CHARACTERS = 100_000
"""Of a log: one that ran in circles is cut in its middle."""


def report(error: BaseException) -> int:
    """Log an exception and say where on stderr; the exit code."""
    text = _log(error)
    path = _written(text)
    complain(fault_text("fault", what=traceback.format_exception_only(error)[0].strip()))
    if path is None:
        complain(fault_text("not_logged"))
        tell(text)
    else:
        complain(fault_text("logged", path=path))
    return 1


def _log(error: BaseException) -> str:
    size = shutil.get_terminal_size()
    text = LOG.format(
        version=_version("chainrule"),
        python=platform.python_version(),
        numpy=_version("numpy"),
        textual=_version("textual"),
        platform=platform.platform(),
        term=os.environ.get("TERM", ""),
        columns=size.columns,
        lines=size.lines,
        command=shlex.join(["chainrule", *sys.argv[1:]]),
        traceback="".join(traceback.format_exception(error)),
    )
    # what was typed could steer the terminal that shows the log, or be no text
    return "\n".join(map(visible, _shortened(text).split("\n")))


def _version(package: str) -> str:
    # imported when something goes wrong: it takes long
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version(package)
    except PackageNotFoundError:
        # that may be the fault
        return "missing"


def _shortened(text: str) -> str:
    left_out = len(text) - MOST_CHARACTERS
    if left_out <= 0:
        return text
    half = MOST_CHARACTERS // 2
    return text[:half] + CUT.format(size=left_out) + text[-half:]


def _written(text: str) -> Path | None:
    """The log's file; None where nothing can be written."""
    name = f"{NAME}-{time.strftime('%Y%m%d-%H%M%S')}"
    for folder in _folders():
        try:
            folder.mkdir(parents=True, exist_ok=True)
            path = write_new(folder, name, "log", text)
        except OSError:
            continue
        # never this one, whatever time the clock said for the others
        for old in sorted({*folder.glob(f"{NAME}-*.log")} - {path})[: 1 - KEPT]:
            # in a folder that is everybody's some are others'
            with contextlib.suppress(OSError):
                old.unlink()
        return path
    return None


def _folders() -> Iterator[Path]:
    """Where the log may be, the best place first."""
    own = log_folder()
    if own is not None:
        yield own
    try:
        temporary = tempfile.gettempdir()
    except FileNotFoundError:
        return
    yield Path(temporary)
