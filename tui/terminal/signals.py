"""Signals that end the program: the terminal is put back first."""

import asyncio
import contextlib
import signal
from collections.abc import Callable

EXIT_CODE = 128
"""To which shells add the number of the signal that ended a program."""

HANG_UP = 1
_ENDING = ("SIGINT", "SIGTERM", "SIGHUP", "SIGQUIT")


def exit_on_signals(leave: Callable[[int], object]) -> None:
    """Call `leave` with the exit code when the system ends the program, where it has signals."""
    loop = asyncio.get_running_loop()
    for name in _ENDING:
        number = getattr(signal, name, None)
        if number is not None:
            # event loops on Windows have no signal handlers
            with contextlib.suppress(NotImplementedError):
                loop.add_signal_handler(number, leave, EXIT_CODE + number)
