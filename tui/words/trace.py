"""One pass: its numbers in a line, and what the wave tells on its way."""

from engine import Trace
from engine.measure.product import product_down_to
from engine.measure.trace import GOOD
from tui.words.chain import FAMILY_SIGNS, gradient_name
from tui.words.language import Translated, _, later
from tui.words.layers import layer_name
from tui.words.numbers import factor, percent, ratio, reading
from tui.words.training import reached_text, step_text

COMPUTING = later("computing …")


def run_numbers(trace: Trace) -> list[tuple[str, str]]:
    """Loss and accuracy of the batch, each with its name."""
    numbers = [] if "loss" in trace.absent else [(_("loss"), reading(trace.loss))]
    if trace.accuracy is not None:
        numbers.append((_("batch accuracy"), percent(trace.accuracy)))
    return numbers


FACTOR_WORDS = FAMILY_SIGNS | {"norm": later("norm"), "skip": later("skip and branch")}
"""How a line of text calls a family's factor."""


def summary_text(trace: Trace) -> str:
    """Step, loss, accuracies, and what each factor does in a typical layer."""
    parts = [step_text(trace.step)] if trace.step else []
    if "loss" not in trace.absent:
        parts.append(_("loss {loss}").format(loss=reading(trace.loss)))
    if trace.accuracy is not None:
        parts.append(_("batch accuracy {share}").format(share=percent(trace.accuracy)))
    if trace.test_accuracy is not None and trace.step:
        parts.append(_("test {share}").format(share=percent(trace.test_accuracy)))
    if trace.milestone is not None:
        parts.append(reached_text(GOOD, trace.milestone))
    # layer 1's step leads to the input, whose data are of another width and scale
    product = product_down_to(trace, 1)
    for family, decades in product.decades.items():
        parts.append(f"{FACTOR_WORDS[family]} {ratio(10 ** (decades / product.steps))}")
    return "  ".join(parts)


PHASE_WORDS = Translated(
    {"forward": later("FORWARD"), "loss": later("LOSS"), "backward": later("BACKWARD")}
)


def aligned_layer(layer: int, depth: int) -> str:
    """A layer's name, as wide as that of the last one."""
    return layer_name(f"{layer:>{len(str(depth))}}")


def signals_texts(rms: float) -> tuple[str, ...]:
    """What the forward pass carries, the longest wording first."""
    whole = _("activations h of rms {rms}, on their way to the output")
    short = _("h of rms {rms}, to the output")
    return whole.format(rms=factor(rms)), short.format(rms=factor(rms))


LOSS_WORDS = Translated(
    {
        "cross_entropy": later("cross entropy"),
        "mse": later("mse"),
        "probe": later("probe"),
    }
)


def loss_text(loss: str, value: float) -> str:
    """The loss with its value."""
    return f"{LOSS_WORDS[loss]} {reading(value)}"


AFTER_LOSS = (
    later(", and its gradient sets out from the read-out"),
    later(", its gradient sets out"),
)
"""What follows from the loss, the longest wording first."""


def of_last_gradient(depth: int) -> str:
    """What the product is a multiple of."""
    return _(" of {gradient}").format(gradient=gradient_name(depth))
