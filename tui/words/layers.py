"""One layer: its measurements, and its distributions looked at closely."""

from engine.catalogue.activations import Activation
from tui.words.chain import FAMILY_SIGNS, bound_text
from tui.words.numbers import decades_between, percent, ratio, reading

MEASUREMENT_NAMES: dict[str, str] = {
    "g": "g",
    "delta": "δ",
    "weight_grad": "∂L/∂W",
    "activation": "h",
    "saturated": "saturated",
    "off": "off",
    "dead": "dead",
    "update": "update",
    "preactivation": "z",
}

COLUMN_TITLES: dict[str, str] = {
    **MEASUREMENT_NAMES,
    "activation_rms": MEASUREMENT_NAMES["activation"],
    "displacement": "moved",
    "total": "×total",
    **FAMILY_SIGNS,
}
"""Of the table of layers, measurements and then factors."""

LAYER = "layer"
DESCENDING, ASCENDING = "↓", "↑"
INPUT, OUTPUT = "input", "output"


def layer_name(layer: int) -> str:
    """A layer by its number."""
    return f"layer {layer}"


def layer_ranges(layers: list[int]) -> str:
    """Layers as ranges: 1-13, 15."""
    ranges: list[list[int]] = []
    for layer in layers:
        if ranges and layer == ranges[-1][1] + 1:
            ranges[-1][1] = layer
        else:
            ranges.append([layer, layer])
    return ", ".join(str(a) if a == b else f"{a}-{b}" for a, b in ranges)


def sort_text(sort: str, ascending: bool) -> str:
    """By what the rows of the table are sorted, and which come first."""
    if sort not in COLUMN_TITLES:
        return "worst first: farthest from the last layer's g"
    return f"sorted by {COLUMN_TITLES[sort]}, the {'smallest' if ascending else 'largest'} first"


def table_texts(sort: str, ascending: bool) -> list[str]:
    """What the table is, from the fullest wording to the shortest."""
    is_sorted = sort != LAYER
    rows = sort_text(sort, ascending) if is_sorted else "every layer"
    ground = "ground: how far from the last layer's, factors from ×1"
    return [f"{rows} · {ground}; layer 1's lead to the input", f"{rows} · {ground}", rows]


def apart(value: float, other: float, with_unit: bool = True) -> str:
    """By how many decades two values differ, in brackets; empty where that is no number."""
    difference = decades_between(value, other)
    return f" ({difference}{' decades' if with_unit else ''})" if difference else ""


def theory_text(measured: float, predicted: float) -> str:
    """What theory expects, as a multiple of the measured value."""
    if not measured > 0:
        return f"theory {reading(predicted)}"
    return f"theory {ratio(predicted / measured)} of it"


INSPECTING = "looking closer …"
NOT_INSPECTED = "no distributions at this step"
ON_THIS_BATCH = " on this batch"
SINGULAR_VALUES = "W", " singular values min median max"
FROM_PINNED = "decades from the pinned run"
FED_TO_PHI = "  fed to φ"

DISTRIBUTION_SIGNS: dict[str, str] = {"preactivation": "z", "output": "h", "delta": "δ"}


def without_inspection(is_possible: bool) -> str:
    """What to say in place of a layer's distributions, which will come or not."""
    return INSPECTING if is_possible else NOT_INSPECTED


def span_text(low: float, high: float, is_log: bool) -> str:
    """From where to where a histogram goes, given as decades in a logarithmic one."""
    if is_log:
        return f"1e{low:.0f} to 1e{high:.0f}"
    return f"{reading(low)} to {reading(high)}"


def lost_texts(zeros: int, not_finite: int) -> list[str]:
    """How many values have no place in a histogram."""
    counts = {"zeros": zeros, "not finite": not_finite}
    return [f"  {count} {name}" for name, count in counts.items() if count]


def unit_texts(units: int, dead: int, saturated: int) -> tuple[tuple[str, ...], ...]:
    """Lines of names and numbers by turns: what units are on the whole batch."""
    return (f"{units} units  ", str(dead), " dead"), ("", str(saturated), " always saturated")


def curve_texts(entry: Activation) -> tuple[str, str, str]:
    """What the curves are: phi, its derivative, and the derivative's bound."""
    return f"φ {entry.name}", "   φ' its slope", f"   {bound_text(entry.bound)}"


def saturation_texts(low: float, high: float, off: float, beyond: float, ratio: str) -> list[str]:
    """Shares of what is fed to phi and its factor, from the least to the most important."""
    tails = {"right": high, "left": low}
    return [
        *([f"{percent(beyond)} beyond"] if beyond > 0.005 else []),
        *(f"{percent(share)} on {side} tail" for side, share in tails.items() if share),
        f"φ' ×{ratio}",
        f"{percent(off)} off (φ' = 0)" if off else f"{percent(low + high)} saturated",
    ]
