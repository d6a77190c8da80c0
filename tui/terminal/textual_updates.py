"""Which strips one of Textual's updates puts where: its private classes are known here alone."""

import inspect
from collections.abc import Callable
from typing import Any

from textual._compositor import ChopsUpdate, LayoutUpdate
from textual.app import App
from textual.geometry import Region
from textual.screen import Screen
from textual.strip import Strip
from textual.widget import Widget

Update = ChopsUpdate | LayoutUpdate
PARAMETERS: dict[Callable[..., Any], list[str]] = {
    ChopsUpdate: ["chops", "spans", "chop_ends"],
    LayoutUpdate: ["strips", "region"],
    App._display: ["self", "screen", "renderable"],
}
"""As they are in the Textual that this was written for."""


def are_known() -> bool:
    """Whether Textual's updates are what they were; if not, it writes them itself."""
    return all(
        list(inspect.signature(call).parameters) == names for call, names in PARAMETERS.items()
    )


def placed_strips(update: Update) -> tuple[tuple[int, int], list[tuple[int, int, Strip]]]:
    """The size of the screen, and each strip with the column and row where it begins."""
    found: list[tuple[int, int, Strip]] = []
    if isinstance(update, LayoutUpdate):
        for y, row in enumerate(update.strips):
            x = 0
            for piece in row:
                found.append((x, y, piece))
                x += piece.cell_length
        return update.region.size, found
    for y, left, right in update.spans:
        for end, (x, strip) in zip(update.chop_ends[y], update.chops[y].items(), strict=True):
            # beside the span may stand what lies under something that was not asked
            if strip is not None and x < right and end > left:
                found.append((x, y, strip))
    return (update.chop_ends[0][-1], len(update.chops)), found


def region_on_top(screen: Screen[Any], widget: Widget) -> Region | None:
    """Where a widget is on a screen, if all of it is seen."""
    visible = screen._compositor.visible_widgets
    region, seen = visible.get(widget, (Region(), Region()))
    if not (region and seen.contains_region(region)):
        return None
    for other, (its_region, its_clip) in visible.items():
        # what lies over others comes before them
        if other is widget:
            break
        if its_region.overlaps(region) and its_clip.overlaps(region):
            return None
    return region
