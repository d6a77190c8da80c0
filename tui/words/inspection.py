"""One layer looked at closely."""

from __future__ import annotations

from engine.catalogue.activations import Activation
from tui.words.numbers import reading

INSPECTING = "looking closer …"
NOT_INSPECTED = "no distributions at this step"
ON_THIS_BATCH = " on this batch"
SINGULAR_VALUES = "W", " singular values min median max"
FROM_PINNED = "decades from the pinned run"
NO_NUMBER = "–"
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


def unit_texts(units: int, dead: int, saturated: int) -> tuple[str, ...]:
    """Names and numbers by turns."""
    return f"{units} units  ", str(dead), " dead  ", str(saturated), " saturated"


def curve_texts(entry: Activation) -> tuple[str, str, str]:
    """What the curves are: phi, its derivative, and the derivative's bound."""
    return f"φ {entry.name}", "   φ' its derivative", f"   φ' never exceeds {entry.bound:.3g}"


def saturation_texts(low: float, high: float, beyond: float, ratio: str) -> list[str]:
    """Shares of what is fed to phi and its factor, from the least to the most important."""
    sides = f"{low:.0%} left {high:.0%} right"
    return [
        f"{beyond:.0%} beyond" if beyond > 0.005 else sides,
        f"φ' ×{ratio}",
        f"{low + high:.0%} saturated",
    ]
