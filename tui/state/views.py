"""The views of the screen's middle, as a table: keys, tabs and help are made from it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class ViewEntry:
    """One view: its module in tui.views, its key, and the question that it answers."""

    id: str
    key: str
    title: str
    tooltip: str


VIEWS: dict[str, ViewEntry] = {
    view.id: view
    for view in (
        ViewEntry("gradients", "1", "gradients", "how much gradient each layer gets"),
        ViewEntry("chain", "2", "chain", "which factors the gradient is a product of"),
        ViewEntry("activation", "3", "activation", "where on φ's curve a layer lives"),
        ViewEntry("training", "4", "training", "who learns and who stands still"),
    )
}
