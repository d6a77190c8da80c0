"""A line to type in."""

from typing import Any

from textual.widgets import Input


class Field(Input):
    """Its cursor does not blink: at rest nothing is sent."""

    def __init__(self, **options: Any) -> None:
        super().__init__(compact=True, **options)
        self.cursor_blink = False
