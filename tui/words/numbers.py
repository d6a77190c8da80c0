"""How numbers are spelled."""

import math
from collections.abc import Iterable

from tui.words.language import _, later


def size(count: object) -> str:
    """A number of bytes in GB or MB."""
    value = float(str(count))
    return f"{value / 1e9:.1f} GB" if value >= 1e9 else f"{value / 1e6:.0f} MB"


def number(value: object) -> str:
    """A bound as people write it."""
    return f"{value:g}" if isinstance(value, float) else str(value)


def range_text(low: float, high: float) -> str:
    """All numbers between two bounds."""
    return _("{low} to {high}").format(low=number(low), high=number(high))


def listed(items: Iterable[str]) -> str:
    """Things one after the other."""
    return _(", ").join(items)


_SUPERSCRIPTS = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")

NO_NUMBER = "–"


def power_of_ten(exponent: int) -> str:
    """10⁻¹²; `tui.style.ascii` spells it 1e-12."""
    return "10" + str(exponent).translate(_SUPERSCRIPTS)


def power_of(base: float, exponent: int) -> str:
    """0.25¹⁹."""
    return number(float(f"{base:.3g}")) + str(exponent).translate(_SUPERSCRIPTS)


def times(decades: float) -> str:
    """How far something grows or shrinks: 240 times, to 0.86 of it."""
    template = _("{amount} times") if decades >= 0 else _("to {amount} of it")
    return template.format(amount=amount(decades))


def amount(decades: float, digits: int = 2) -> str:
    """The number 10 to that many decades, also one beyond what a float holds.

    Written out from 0.001 up to 10,000 (0.86, 1.3, 240), else with a power of ten (9.1 × 10⁻¹³).
    """
    if math.isnan(decades):
        return NO_NUMBER
    if math.isinf(decades):
        return "0" if decades < 0 else str(decades)
    exponent = math.floor(decades)
    mantissa, carried = f"{10 ** (decades - exponent):.{digits - 1}e}".split("e")
    exponent += int(carried)
    if -3 <= exponent <= 3:
        return f"{float(mantissa) * 10.0**exponent:.{max(digits - 1 - exponent, 0)}f}"
    return f"{mantissa} × {power_of_ten(exponent)}"


def ratio(value: float, digits: int = 3) -> str:
    """How many times as large: ×0.247, ×1.30, or 9.13 × 10⁻¹³, which has its sign already."""
    decades = math.log10(value) if value > 0 else -math.inf if value == 0 else math.nan
    text = amount(decades, digits)
    return text if "×" in text or text == NO_NUMBER else f"×{text}"


def share_of(whole: str, decades: float, digits: int = 2) -> str:
    """How much of something: 9.1 × 10⁻¹³ of it, 0.86 of it, 1.0 times it, 1.3 times it."""
    text = amount(decades, digits)
    is_part = decades < 0 and text != amount(0.0, digits)
    template = _("{amount} of {whole}") if is_part else _("{amount} times {whole}")
    return template.format(amount=text, whole=whole)


_PARTS = {
    3: (later("about a thousandth"), later("{amount} thousandths")),
    6: (later("about a millionth"), later("{amount} millionths")),
    9: (later("about a billionth"), later("{amount} billionths")),
    12: (later("about a trillionth"), later("{amount} trillionths")),
    15: (later("about a quadrillionth"), later("{amount} quadrillionths")),
}
"""Of a thing, by their decades: one, and any number of them."""

MOST_PARTS = 1.5
"""Of so many decades of a unit people have an idea: some thirty millionths."""


def share_in_words(decades: float) -> str:
    """About a trillionth, 4.3 billionths, 0.83 thousandths; empty far from what has a name."""
    for place, (one, many) in _PARTS.items():
        beyond = decades + place
        if abs(beyond) < 0.06:
            return _(one)
        if -0.5 < beyond < MOST_PARTS:
            return _(many).format(amount=amount(beyond))
    return ""


def percent(share: float) -> str:
    """A share in whole percent; what is not all or nothing is not called so."""
    if math.isnan(share):
        return NO_NUMBER
    if 0 < share <= 0.005:
        return "<1%"
    return ">99%" if 0.995 <= share < 1 else f"{share:.0%}"


def reading(value: float) -> str:
    """A measured value; one that is not finite by its name."""
    return factor(value) if math.isfinite(value) else str(value)


def factor(value: float) -> str:
    """A factor with three figures, in powers of ten where it is very small or large."""
    if math.isnan(value):
        return "–"
    if value == 0:
        return "0"
    if 1e-3 <= abs(value) < 1e4:
        return f"{value:#.3g}".rstrip(".")
    return f"{value:.1e}"


def decades_between(value: float, pinned: float) -> str:
    """How many powers of ten a value is above the pinned run's; empty where that is no number."""
    if not (value > 0 and pinned > 0 and math.isfinite(value) and math.isfinite(pinned)):
        return ""
    apart = round(math.log10(value) - math.log10(pinned), 1)
    return f"{apart:+.1f}" if apart else "0.0"
