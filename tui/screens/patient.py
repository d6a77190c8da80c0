"""A screen that Textual does not draw before there is something to draw."""

from textual.screen import Screen


class PatientScreen(Screen[None]):
    """Leaves the terminal as it is until `is_blank` is false: a first picture costs much."""

    is_blank = True

    def _compositor_refresh(self) -> None:
        # what is dirty stays so; in a Textual that calls it otherwise a blank picture comes first
        if self.is_blank:
            return
        asked, regions = self._repaint_required, self._repaint_regions.copy()
        super()._compositor_refresh()
        if self is not self.app.screen:
            # the screen on top draws it: of that it asked itself, too, and a column too far right
            self._repaint_required, self._repaint_regions = asked, regions
