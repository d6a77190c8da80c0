"""Signals that end the program: the terminal is put back first."""

import asyncio
import contextlib
import signal
from collections.abc import Callable


def exit_on_signals(leave: Callable[[], object]) -> None:
    """Call `leave` when the system ends the program, where there are such signals."""
    loop = asyncio.get_running_loop()
    for name in ("SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)
        if number is not None:
            # event loops on Windows have no signal handlers
            with contextlib.suppress(NotImplementedError):
                loop.add_signal_handler(number, leave)
