"""What is watched: a log that may not be there yet, or the newest one in a folder."""

import os
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from engine.logs.formats import NOTHING_SAID, Options, newest_log, open_log
from engine.logs.growing import GONE
from engine.logs.lines import UNBEGUN
from engine.logs.log import Log, News
from engine.logs.schema import BrokenLine, Header, LoggedStep
from engine.numerics.errors import SettingError

NOT_YET = UNBEGUN | {"log_none_in_folder"}
"""What is wrong with a log that somebody may be about to write."""

DEPTH, MOST_FILES = 3, 10_000
"""Of folders that are looked through, and of files in them, from the top down."""


class Watched:
    """The log at a path, as soon as there is one.

    In a folder it is the one that was written to last; then another one that was not there before,
    once that is the one that was written to last. Two that are written at the same time do not take
    turns. A file that was looked at and is gone is waited for.
    """

    def __init__(self, path: Path, options: Options = NOTHING_SAID) -> None:
        self._path, self._options = path, options
        self._log: Log | None = None
        self._known: set[Path] = set()
        self._run: tuple[str, Path] | None = None
        # the file that is shown may get another name
        self._inode: tuple[int, int] | None = None
        self.shown: Path | None = None
        """The log in a folder: its file, or the folder of its files."""
        self.waits: SettingError | None = None
        """Why there is no log yet."""

    @property
    def format(self) -> str:
        """Its name in the table of formats, empty as long as there is no log."""
        return self._log.format if self._log is not None else ""

    @property
    def header(self) -> Header:
        """Without layers as long as there is no log."""
        return self._log.header if self._log is not None else Header(())

    @property
    def problems(self) -> Sequence[BrokenLine]:
        """What has been left out so far, the first ones."""
        return self._log.problems if self._log is not None else ()

    @property
    def left_out(self) -> int:
        """How many lines that are."""
        return self._log.left_out if self._log is not None else 0

    @property
    def unknown_keys(self) -> Sequence[str]:
        """The first keys of which nobody here knows what they say."""
        return self._log.unknown_keys if self._log is not None else ()

    def __len__(self) -> int:
        return len(self._log) if self._log is not None else 0

    def step(self, index: int) -> LoggedStep | BrokenLine:
        """One of the steps, from 0."""
        if self._log is None:
            raise IndexError(index)
        return self._log.step(index)

    def read_on(self) -> News:
        """Read what has been written since; raises SettingError where that is no log."""
        before = self._log
        if os.path.isdir(self._path):
            self._look_into_folder()
        elif before is None:
            self._open()
        if self._log is None:
            return News(is_there=False)
        news = self._log.read_on()
        is_another = before is not None and before is not self._log
        return replace(news, began_anew=True) if is_another else news

    def close(self) -> None:
        """Nothing more is asked for."""
        if self._log is not None:
            self._log.close()

    def _open(self) -> None:
        """Open what is there now; raises SettingError where it will never be a log."""
        try:
            log = open_log(self._path, self._options)
        except SettingError as error:
            if error.code not in NOT_YET and error.details.get("errno") not in GONE:
                raise
            self.waits = error
            return
        self.close()
        self._log, self.waits = log, None

    def _look_into_folder(self) -> None:
        before, files = self._log, _files(self._path)
        new = files - self._known
        if before is not None and not new:
            return
        newest = newest_log(self._path)
        file, run = newest or (None, None)
        if before is not None:
            if file not in new:
                return
            if run == self._run or _inode(file) == self._inode:
                self._known.add(file)
                return
        try:
            self._open()
        except SettingError:
            if before is None:
                raise
            self._known = files
        if self._log is not before:
            self._known, self._run, self.shown = files, run, run[1] if run else None
            self._inode = _inode(file)


def _inode(file: Path | None) -> tuple[int, int] | None:
    with suppress(OSError):
        if file is not None:
            state = os.stat(file)
            return state.st_dev, state.st_ino
    return None


def _files(folder: Path) -> set[Path]:
    """What lies in a folder and in those in it."""
    found: set[Path] = set()
    folders = [folder]
    for _ in range(DEPTH):
        inner: list[Path] = []
        for each in folders:
            with suppress(OSError), os.scandir(each) as entries:
                for entry in entries:
                    if len(found) >= MOST_FILES:
                        return found
                    path = each / entry.name
                    if entry.is_dir():
                        inner.append(path)
                    else:
                        found.add(path)
        folders = inner
    return found
