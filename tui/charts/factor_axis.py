"""An axis of factors, logarithmic, up and down from the line x1 between two rows."""

import math
from dataclasses import dataclass

from tui.words.numbers import power_of_ten

EIGHTHS = 8

LEAST_SPAN, LEAST_SIDE = 0.1, 1e-3
"""Decades that an axis and each of its sides span at least, however near to 1 all factors are."""

SLACK = 0.25
"""Rows that stay free, because a small piece takes an eighth of one however small it is."""

WIDEST = 6
"""Cells that a label may take."""

LIMITS = (1.0, 1.2, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 10.0)
"""Ends of an axis in decades, times a power of ten: so it stays while the factors move a little."""

LEAST_APART = 2.5
"""Rows between two labels, at least."""

ABOVE_ONE = (20, 50, 15, 30, 40, 70, 12, 11, 13)
BELOW_ONE = (50, 25, 75, 15, 35, 60, 90, 80, 95)
"""Labels between powers of ten, as tenths of them, the plainest first."""


@dataclass(frozen=True)
class FactorAxis:
    """Rows above and below the line x1, and how many of them make a decade."""

    up: int
    down: int
    per_decade: float

    def place(self, decades: float) -> tuple[int, int] | None:
        """Where a stroke is drawn: rows away from the line, and which of three heights from it.

        Row 1 is right above the line, -1 right below. None outside the axis.
        """
        cells = abs(decades) * self.per_decade
        level = int(cells)
        height = round(2 * (cells - level))
        if level == (self.up if decades >= 0 else self.down) and height == 0 and level:
            level, height = level - 1, 2
        if level >= (self.up if decades >= 0 else self.down):
            return None
        return (level + 1 if decades >= 0 else -level - 1), height


def factor_axis(up: float, down: float, rows: int) -> FactorAxis:
    """The largest scale on which so many decades up and down fit, a row on either side at least."""
    up, down = max(_limit(up), LEAST_SIDE), max(_limit(down), LEAST_SIDE)
    spare = max(LEAST_SPAN - up - down, 0.0) / 2
    up, down = up + spare, down + spare
    scales = {
        above: min((above - SLACK) / up, (rows - above - SLACK) / down) for above in range(1, rows)
    }
    above = max(scales, key=scales.__getitem__)
    return FactorAxis(above, rows - above, scales[above])


def _limit(decades: float) -> float:
    """The next decades at which an axis may end."""
    if decades <= 0:
        return 0.0
    exponent = 10.0 ** math.floor(math.log10(decades))
    return next((m * exponent for m in LIMITS if m * exponent >= decades), 10 * exponent)


def factor_ticks(axis: FactorAxis) -> dict[tuple[int, int], str]:
    """Labels at their true places, the plainest numbers first, none too near to another."""
    taken = {0.0: "×1"}
    for decades, label in _candidates(axis):
        cells = decades * axis.per_decade
        if all(abs(cells - other * axis.per_decade) >= LEAST_APART for other in taken):
            taken[decades] = label
    places = {axis.place(decades): label for decades, label in taken.items()}
    return {place: label for place, label in places.items() if place is not None}


def _candidates(axis: FactorAxis) -> list[tuple[float, str]]:
    """Numbers on the axis and their labels, the plainest first."""
    high, low = math.ceil(axis.up / axis.per_decade), -math.ceil(axis.down / axis.per_decade)
    step = next((s for s in (1, 2, 5, 10, 20, 50, 100) if s * axis.per_decade >= LEAST_APART), 500)
    found = [(float(n), _power_label(n)) for n in range(low - low % step, high + 1, step)]
    if step == 1:
        for exponents, numbers in (
            (range(min(high, 2)), ABOVE_ONE),
            (range(-1, max(low, -2) - 1, -1), BELOW_ONE),
        ):
            found += [
                (math.log10(tenths / 10) + n, f"×{tenths / 10 * 10.0**n:.3g}")
                for tenths in numbers
                for n in exponents
            ]
    return found


def _power_label(exponent: int) -> str:
    if abs(exponent) <= 2:
        return f"×{10.0**exponent:g}"
    text = power_of_ten(exponent)
    return f"×{text}" if len(text) < WIDEST else text
