"""What nobody expected: the lines on the terminal, and what the log of it holds."""

from collections.abc import Iterable

from tui.words.foreign import filled
from tui.words.language import Translated, later

TEMPLATES = Translated(
    {
        "fault": later("this should not have happened: {what!s}"),
        "logged": later("to report it, send {path} with the keys or the command that led here"),
        "not_logged": later(
            "to report it, send what follows with the keys or the command that led here"
        ),
    }
)

# the log is for those who mend it
LOG = """\
chainrule {version}
Python {python}, numpy {numpy}, Textual {textual}
{platform}
TERM={term}, {columns}x{lines}
Command: {command}

{traceback}"""

CUT = "\n[... {size} characters are left out ...]\n"


def fault_text(code: str, **details: object) -> str:
    """What is said of a fault, in one line."""
    return filled(TEMPLATES[code], details)


def screen_text(command: str, actions: Iterable[str]) -> str:
    """What was shown, for the log."""
    return f"The screen: {command}\nThe last actions: {' '.join(actions)}"
