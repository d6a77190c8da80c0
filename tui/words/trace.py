"""One pass: its numbers in a line, and what the wave tells on its way."""

from engine import Trace
from engine.measure.product import product_down_to
from engine.measure.trace import GOOD
from tui.words.chain import FAMILY_SIGNS, gradient_name
from tui.words.numbers import factor, percent, ratio, reading
from tui.words.training import reached_text

COMPUTING = "computing …"


def run_numbers(trace: Trace) -> list[tuple[str, str]]:
    """Loss and accuracy of the batch, each with its name."""
    numbers = [("loss", reading(trace.loss))]
    if trace.accuracy is not None:
        numbers.append(("batch accuracy", percent(trace.accuracy)))
    return numbers


FACTOR_WORDS: dict[str, str] = {**FAMILY_SIGNS, "norm": "norm", "skip": "skip and branch"}
"""How a line of text calls a family's factor."""


def summary_text(trace: Trace) -> str:
    """Step, loss, accuracies, and what each factor does in a typical layer."""
    parts = [f"step {trace.step}"] if trace.step else []
    parts.append(f"loss {factor(trace.loss)}")
    if trace.accuracy is not None:
        parts.append(f"batch accuracy {percent(trace.accuracy)}")
    if trace.test_accuracy is not None and trace.step:
        parts.append(f"test {percent(trace.test_accuracy)}")
    if trace.milestone is not None:
        parts.append(reached_text(GOOD, trace.milestone))
    # layer 1's step leads to the input, whose data are of another width and scale
    product = product_down_to(trace, 1)
    for family, decades in product.decades.items():
        parts.append(f"{FACTOR_WORDS[family]} {ratio(10 ** (decades / product.steps))}")
    return "  ".join(parts)


PHASE_WORDS: dict[str, str] = {"forward": "FORWARD", "loss": "LOSS", "backward": "BACKWARD"}


def aligned_layer(layer: int, depth: int) -> str:
    """A layer's name, as wide as that of the last one."""
    return f"layer {layer:>{len(str(depth))}}"


def signals_texts(rms: float) -> tuple[str, ...]:
    """What the forward pass carries, the longest wording first."""
    carried = f"h of rms {factor(rms)}"
    return f"activations {carried}, on their way to the output", f"{carried}, to the output"


def loss_text(loss: str, value: float) -> str:
    """The loss with its value."""
    return f"{loss.replace('_', ' ')} {reading(value)}"


AFTER_LOSS = ", and its gradient sets out from the read-out", ", its gradient sets out"
"""What follows from the loss, the longest wording first."""


def of_last_gradient(depth: int) -> str:
    """What the product is a multiple of."""
    return f" of {gradient_name(depth)}"
