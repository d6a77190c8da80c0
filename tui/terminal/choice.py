"""Which driver holds the terminal."""

import sys

from textual.driver import Driver


def sturdy(driver: type[Driver]) -> type[Driver]:
    """Ours in place of Textual's for Unix; another stays: Windows has its own, a browser too."""
    if sys.platform == "win32":
        return driver
    from textual.drivers.linux_driver import LinuxDriver

    from tui.terminal.driver import TerminalDriver

    return TerminalDriver if driver is LinuxDriver else driver
