"""The views of the screen's middle, as a table: keys, tabs and help are made from it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tui.views.view import View


# imported on demand: the table is read where no widget is needed
def _gradients() -> type[View]:
    from tui.views.gradients import Gradients

    return Gradients


def _chain() -> type[View]:
    from tui.views.chain import Chain

    return Chain


def _activation() -> type[View]:
    from tui.views.activation import ActivationView

    return ActivationView


def _training() -> type[View]:
    from tui.views.training import TrainingView

    return TrainingView


@dataclass(frozen=True)
class ViewEntry:
    """One view: the question that it answers, its key, and where its widget is."""

    id: str
    key: str
    title: str
    tooltip: str
    load: Callable[[], type[View]]


VIEWS: dict[str, ViewEntry] = {
    view.id: view
    for view in (
        ViewEntry("gradients", "1", "gradients", "how much gradient each layer gets", _gradients),
        ViewEntry("chain", "2", "chain", "which factors the gradient is a product of", _chain),
        ViewEntry("activation", "3", "activation", "where on φ's curve a layer lives", _activation),
        ViewEntry("training", "4", "training", "who learns and who stands still", _training),
    )
}
