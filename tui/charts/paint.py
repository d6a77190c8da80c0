"""What a cell of a chart is painted with."""

from typing import NamedTuple


class Paint(NamedTuple):
    """The colours of a cell by name or as #rrggbb; `lit` where the bar is the cursor's.

    With `reverse` the ground is drawn in the ink's colour and the ink in the ground's.
    """

    ink: str | None = None
    ground: str | None = None
    lit: bool = False
    bold: bool = False
    reverse: bool = False

    @property
    def is_on_ground(self) -> bool:
        """Whether a blank looks like one that nobody has painted."""
        return self.ground is None and not self.reverse
