"""An app that ends with what nobody expected, wherever it happened, for its caller to tell.

Textual itself would fill the screen with a traceback and all its variables.
"""

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from textual.app import App


class FaultingApp(App[None]):
    """An app that the first unexpected exception ends; `fault` is that exception."""

    @property
    def fault(self) -> Exception | None:
        """What ended the app, if it was not meant to end."""
        return self._exception

    def end_with(self, error: BaseException) -> None:
        """End the app because of this, unless it ends already because of something else."""
        if not isinstance(error, Exception):
            # a thread that was to exit: the program goes on to tell of it
            error, cause = RuntimeError(type(error).__name__), error
            error.__cause__ = cause
        self._handle_exception(error)

    def hold_terminal(self) -> None:
        """Run until the app is left; whatever ended it, the terminal is as it was before."""
        try:
            self.run()
        finally:
            # a SystemExit goes past all that Textual does at its end
            if self._driver is not None:
                self._driver.stop_application_mode()

    def _handle_exception(self, error: Exception) -> None:
        self._return_code = 1
        if self._exception is None:
            self._exception = error
            # tests wait for it
            self._exception_event.set()
        self._close_messages_no_wait()

    async def _shutdown(self) -> None:
        try:
            await super()._shutdown()
        except Exception as error:
            # at the boundary to whatever a widget does when it goes
            self._handle_exception(error)
        finally:
            # or what puts the terminal back is perhaps not written
            if self._driver is not None:
                self._driver.close()


def watch_loop(app: FaultingApp) -> None:
    """Tasks and callbacks of the running event loop, too, end the app when they fail."""

    def failed(loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        if "exception" in context:
            app.end_with(context["exception"])

    asyncio.get_running_loop().set_exception_handler(failed)


@contextmanager
def watched_threads(app: FaultingApp) -> Iterator[None]:
    """Threads, too, end the app when they fail."""
    before = threading.excepthook

    def failed(thread: threading.ExceptHookArgs) -> None:
        app.call_later(app.end_with, thread.exc_value or RuntimeError(thread.exc_type.__name__))

    threading.excepthook = failed
    try:
        yield
    finally:
        threading.excepthook = before
