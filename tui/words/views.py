"""The views of the screen's middle and the training view's pictures, in words."""

from __future__ import annotations

from tui.words.labels import label

VIEW_WORDS: dict[str, tuple[str, str]] = {
    "gradients": ("gradients", "how much gradient each layer gets"),
    "chain": ("chain", "which factors the gradient is a product of"),
    "activation": ("activation", "where on φ's curve a layer lives"),
    "training": ("training", "who learns and who stands still"),
}
"""A view's title, and the question that it answers."""

PICTURE_WORDS: dict[str, str] = {
    "displacement": "how far training has moved each layer's W",
    "boundary": "what the network answers all over the plane, and the test samples",
    "samples": "test digits and what the network takes them for",
    "probe": "how well a linear read-out of each layer alone tells the classes",
}
"""What a picture shows."""


def view_words(id: str) -> tuple[str, str]:
    """A view's title and its question."""
    return VIEW_WORDS.get(id, (label(id).lower(), ""))


def picture_words(id: str) -> str:
    """What a picture shows."""
    return PICTURE_WORDS.get(id, "")
