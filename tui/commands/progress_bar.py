"""How far a training run is, on a terminal's stderr."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any, TextIO, cast

from tui.commands.base import glyphs_for_stream, is_terminal
from tui.style.glyphs import ASCII
from tui.words.command_line import line_text

PER_SECOND = 4
"""How often it is drawn: by a thread of its own, which takes time from the training."""


class _Lasting:
    """A stream that may go away, as a terminal does: the training goes on, and nobody is told."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)

    def write(self, text: str) -> None:
        """Write what it takes."""
        with suppress(OSError):
            self._stream.write(text)

    def flush(self) -> None:
        """Let it have what it takes."""
        with suppress(OSError):
            self._stream.flush()


@contextmanager
def progress_bar(step: Callable[[], int], steps: int, shows: bool = True) -> Iterator[None]:
    """A bar while the block runs, where anybody can see one; `step` tells how far it is."""
    if not (shows and steps > 0 and is_terminal(sys.stderr)):
        yield
        return
    # a pipe does without all of it
    from rich.console import Console, RenderableType
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TimeRemainingColumn

    class Following(Progress):
        """Asks how far the training is whenever it is drawn: the training waits for nothing."""

        def get_renderables(self) -> Iterator[RenderableType]:
            for task in self.task_ids:
                self.update(task, completed=step())
            yield from super().get_renderables()

    class Terminal(Console):
        """Hides no cursor, which a signal that ends the program would leave hidden.

        It draws with the characters that are sure to be shown.
        """

        @property
        def encoding(self) -> str:
            return "ascii" if glyphs_for_stream(sys.stderr) is ASCII else super().encoding

        def show_cursor(self, show: bool = True) -> bool:
            return False

    bar = Following(
        "{task.description}",
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        console=Terminal(file=cast("TextIO", _Lasting(sys.stderr))),
        refresh_per_second=PER_SECOND,
        transient=True,
        redirect_stdout=False,
        redirect_stderr=False,
    )
    bar.add_task(line_text("training"), total=steps)
    with bar:
        yield
