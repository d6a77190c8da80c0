"""Which strips one of Textual's updates puts where: its private classes are known here alone."""

import inspect
from collections.abc import Callable
from typing import Any

from textual._compositor import ChopsUpdate, LayoutUpdate
from textual.app import App
from textual.strip import Strip

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


def placed_strips(update: Update) -> tuple[int, int, list[tuple[int, int, Strip]]]:
    """Width and height of the screen, and each strip with the column and row where it begins."""
    found: list[tuple[int, int, Strip]] = []
    if isinstance(update, LayoutUpdate):
        for y, row in enumerate(update.strips):
            x = 0
            for piece in row:
                found.append((x, y, piece))
                x += piece.cell_length
        return *update.region.size, found
    for y, left, right in update.spans:
        for end, (x, strip) in zip(update.chop_ends[y], update.chops[y].items(), strict=True):
            # beside the span may stand what lies under something that was not asked
            if strip is not None and x < right and end > left:
                found.append((x, y, strip))
    return update.chop_ends[0][-1], len(update.chops), found
