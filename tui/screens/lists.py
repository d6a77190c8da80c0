"""The list of entries of panels and of the palette."""

from textual.events import Click
from textual.widgets import OptionList


class Entries(OptionList):
    """An option list that also stands keys before it has room, and clicks on what has gone."""

    DEFAULT_CSS = """
    Entries:nocolor > .option-list--option-highlighted { text-style: bold underline !important; }
    """

    def action_page_up(self) -> None:
        """A page up, once there are pages."""
        # Textual looks for the lit entry's line, and there are no lines before there is room
        if self.scrollable_content_region:
            super().action_page_up()  # type: ignore[no-untyped-call]

    def action_page_down(self) -> None:
        """A page down, once there are pages."""
        if self.scrollable_content_region:
            super().action_page_down()  # type: ignore[no-untyped-call]

    def on_click(self, event: Click) -> None:
        """On an entry that was drawn and is no longer there: nothing."""
        if event.style.meta.get("option", -1) >= self.option_count:
            event.prevent_default()
