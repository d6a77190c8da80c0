"""What the wave tells on its way."""

from __future__ import annotations

from tui.words.numbers import factor, reading

PHASE_WORDS: dict[str, str] = {"forward": "FORWARD", "loss": "LOSS", "backward": "BACKWARD"}


def aligned_layer(layer: int, depth: int) -> str:
    """A layer's name, as wide as that of the last one."""
    return f"layer {layer:>{len(str(depth))}}"


def signals_text(rms: float) -> str:
    """What the forward pass carries."""
    return f"activations h of rms {factor(rms)}, on their way to the output"


def loss_texts(loss: str, value: float) -> tuple[str, str]:
    """The loss with its value, and what follows from it."""
    name = loss.replace("_", " ")
    return f"{name} {reading(value)}", ", and its gradient sets out from the read-out"


def of_last_gradient(depth: int) -> str:
    """What the product is a multiple of."""
    return f" of |g{depth}|"
