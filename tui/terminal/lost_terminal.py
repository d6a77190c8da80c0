"""Textual's writing thread dies with the terminal, and whoever still draws waits for it."""

from textual.drivers._writer_thread import WriterThread

_write_all = WriterThread.run


def outlive_the_terminal() -> None:
    """From here on the thread takes what there is to write until it is told to stop."""

    def run(self: WriterThread) -> None:
        try:
            _write_all(self)
        except OSError:
            while self._queue.get() is not None:
                pass

    WriterThread.run = run  # type: ignore[method-assign]
