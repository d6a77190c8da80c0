"""Textual takes the keys from who has them when it does not find what the mouse is on."""

from textual.app import App
from textual.errors import NoWidget
from textual.events import MouseEvent


def is_on_nothing(app: App[None], event: MouseEvent) -> bool:
    """Whether a mouse is beside the screen, which was larger a moment ago.

    What holds the mouse and has gone, a scrollbar of a list that was closed, lets go of it.
    """
    if app.mouse_captured is not None:
        try:
            app.screen.find_widget(app.mouse_captured)
        except NoWidget:
            app.capture_mouse(None)
    return not app.screen.region.contains_point(event.screen_offset)
