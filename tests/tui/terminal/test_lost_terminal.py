"""A terminal that goes away while much is drawn."""

import io

from textual.drivers._writer_thread import MAX_QUEUED_WRITES, WriterThread

from tui.terminal.lost_terminal import outlive_the_terminal


class Gone(io.StringIO):
    """A terminal that is no longer there."""

    def write(self, text: str) -> int:
        """What the system says of it."""
        raise OSError(5, "Input/output error")


def test_nobody_waits_for_a_terminal_that_is_gone() -> None:
    """More is written than the thread's queue holds, and it ends when it is told to."""
    outlive_the_terminal()
    writer = WriterThread(Gone())
    writer.start()
    for _ in range(3 * MAX_QUEUED_WRITES):
        writer.write("x")
    writer.stop()
    assert not writer.is_alive()
