"""One layer: its measurements, and its distributions looked at closely."""

from engine.catalogue.activations import Activation
from tui.words.chain import FAMILY_SIGNS, bound_text
from tui.words.language import Translated, _, later
from tui.words.numbers import decades_between, listed, percent, ratio, reading

MEASUREMENT_NAMES = Translated(
    {
        "g": "g",
        "delta": "δ",
        "weight_grad": "∂L/∂W",
        "activation": "h",
        "saturated": later("saturated"),
        "off": later("off"),
        "dead": later("dead"),
        "update": later("update"),
        "preactivation": "z",
    }
)

COLUMN_TITLES = (
    MEASUREMENT_NAMES
    | {"activation_rms": "h", "displacement": later("moved"), "total": later("×total")}
    | FAMILY_SIGNS
)
"""Of the table of layers, measurements and then factors."""

METRIC_SIGNS = MEASUREMENT_NAMES | {
    "activation": later("h rms"),
    "preactivation": later("z rms"),
}
"""Of what bars can show, at most eight cells each."""

LAYER = later("layer")
DESCENDING, ASCENDING = "↓", "↑"
INPUT, OUTPUT = later("input"), later("output")


def layer_name(layer: object) -> str:
    """A layer by its number."""
    return _("layer {layer}").format(layer=layer)


def layer_ranges(layers: list[int]) -> str:
    """Layers as ranges: 1-13, 15."""
    ranges: list[list[int]] = []
    for layer in layers:
        if ranges and layer == ranges[-1][1] + 1:
            ranges[-1][1] = layer
        else:
            ranges.append([layer, layer])
    return listed(str(a) if a == b else f"{a}-{b}" for a, b in ranges)


def sort_text(sort: str, ascending: bool) -> str:
    """By what the rows of the table are sorted, and which come first."""
    if sort not in COLUMN_TITLES:
        return _("worst first: farthest from the last layer's g")
    ascends, descends = (
        _("sorted by {column}, the smallest first"),
        _("sorted by {column}, the largest first"),
    )
    return (ascends if ascending else descends).format(column=COLUMN_TITLES[sort])


def table_texts(sort: str, ascending: bool) -> list[str]:
    """What the table is, from the fullest wording to the shortest."""
    is_sorted = sort != LAYER
    rows = sort_text(sort, ascending) if is_sorted else _("every layer")
    ground = _("ground: how far from the last layer's, factors from ×1")
    with_input = _("{ground}; layer 1's lead to the input").format(ground=ground)
    return [f"{rows} · {with_input}", f"{rows} · {ground}", rows]


def apart(value: float, other: float, with_unit: bool = True) -> str:
    """By how many decades two values differ, in brackets; empty where that is no number."""
    difference = decades_between(value, other)
    if not difference:
        return ""
    template = _(" ({difference} decades)") if with_unit else _(" ({difference})")
    return template.format(difference=difference)


def theory_text(measured: float, predicted: float) -> str:
    """What theory expects, as a multiple of the measured value."""
    if not measured > 0:
        return _("theory {value}").format(value=reading(predicted))
    return _("theory {ratio}").format(ratio=ratio(predicted / measured))


INSPECTING = later("looking closer …")
NOT_INSPECTED = later("no distributions at this step")
NONE_IN_LOGS = later("a log holds no distributions")
ON_THIS_BATCH = later(" on this batch")
SINGULAR_VALUES = "W", later(" singular values min median max")
FROM_PINNED = later("decades from the pinned run")
FED_TO_PHI = later("  fed to φ")

DISTRIBUTION_SIGNS: dict[str, str] = {"preactivation": "z", "output": "h", "delta": "δ"}


def without_inspection(is_possible: bool) -> str:
    """What to say in place of a layer's distributions, which will come or not."""
    return _(INSPECTING if is_possible else NOT_INSPECTED)


def span_text(low: float, high: float, is_log: bool) -> str:
    """From where to where a histogram goes, given as decades in a logarithmic one."""
    if is_log:
        return _("{low} to {high}").format(low=f"1e{low:.0f}", high=f"1e{high:.0f}")
    return _("{low} to {high}").format(low=reading(low), high=reading(high))


def lost_texts(zeros: int, not_finite: int) -> list[str]:
    """How many values have no place in a histogram."""
    counts = {_("  {count} zeros"): zeros, _("  {count} not finite"): not_finite}
    return [template.format(count=count) for template, count in counts.items() if count]


def unit_texts(units: int, dead: int, saturated: int) -> tuple[tuple[str, ...], ...]:
    """Lines of names and numbers by turns: what units are on the whole batch."""
    whole = _("{units} units  ").format(units=units)
    return (whole, str(dead), _(" dead")), ("", str(saturated), _(" always saturated"))


def curve_texts(entry: Activation) -> tuple[str, str, str]:
    """What the curves are: phi, its derivative, and the derivative's bound."""
    return f"φ {entry.name}", _("   φ' its slope"), f"   {bound_text(entry.bound)}"


def saturation_texts(low: float, high: float, off: float, beyond: float, ratio: str) -> list[str]:
    """A layer's factor and shares of what is fed to phi, from the most important to the least."""
    told = [
        (_("{share} on left tail"), low),
        (_("{share} on right tail"), high),
        (_("{share} beyond"), beyond if beyond > 0.005 else 0.0),
    ]
    flat = _("{share} off (φ' = 0)") if off else _("{share} saturated")
    return [
        f"φ' ×{ratio}",
        flat.format(share=percent(off or low + high)),
        *(template.format(share=percent(share)) for template, share in told if share),
    ]
