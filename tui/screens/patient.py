"""A screen that Textual does not draw before there is something to draw."""

from textual.screen import Screen


class PatientScreen(Screen[None]):
    """Leaves the terminal as it is until `is_blank` is false: a first picture costs much."""

    is_blank = True

    def _compositor_refresh(self) -> None:
        # what is dirty stays so; in a Textual that calls it otherwise a blank picture comes first
        if not self.is_blank:
            super()._compositor_refresh()
