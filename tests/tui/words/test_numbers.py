"""Numbers as people read them, and in ASCII."""

import math

import pytest

from tui.style.glyphs import ASCII, BLOCKS, has_blocks
from tui.words.numbers import amount, percent, power_of_ten, ratio, share_of

AMOUNTS = {
    0.0: "1.0",
    math.log10(0.861): "0.86",
    math.log10(0.9996): "1.0",
    math.log10(1.34): "1.3",
    math.log10(240): "240",
    math.log10(9960): "1.0 × 10⁴",
    math.log10(0.00123): "0.0012",
    math.log10(9.13e-13): "9.1 × 10⁻¹³",
    math.log10(9.97e-13): "1.0 × 10⁻¹²",
    -412.5: "3.2 × 10⁻⁴¹³",
    450.25: "1.8 × 10⁴⁵⁰",
    -math.inf: "0",
    math.inf: "inf",
    math.nan: "–",
}


@pytest.mark.parametrize(("decades", "text"), AMOUNTS.items())
def test_amounts_are_written_out_where_that_is_short(decades: float, text: str) -> None:
    """A power of ten where they are very small or large, and beyond floats too."""
    assert amount(decades) == text


@pytest.mark.parametrize("digits", [1, 2, 3])
def test_an_amount_says_what_it_was_made_from(digits: int) -> None:
    """To the last digit shown, from 1e-30 to 1e30."""
    for decades in (n / 7 for n in range(-210, 211)):
        shown = float(ASCII.spell(amount(decades, digits)))
        assert shown == pytest.approx(10**decades, rel=0.51 * 10 ** (1 - digits))


def test_ratios_say_that_they_multiply() -> None:
    """One sign is enough."""
    assert [ratio(x) for x in (0.2468, 1.3, 1.0)] == ["×0.247", "×1.30", "×1.00"]
    assert ratio(9.13e-13) == "9.13 × 10⁻¹³"
    assert [ratio(x) for x in (0.0, math.inf, math.nan)] == ["×0", "×inf", "–"]


def test_shares_lead_up_to_what_they_are_of() -> None:
    """Less is a part of it, more so many times it."""
    assert share_of("it", math.log10(9.13e-13)) == "9.1 × 10⁻¹³ of it"
    assert share_of("it", math.log10(1.3)) == "1.3 times it"
    assert [share_of("it", math.log10(x)) for x in (0.98, 0.99, 1.0)] == [
        "0.98 of it",
        "0.99 of it",
        "1.0 times it",
    ]
    assert share_of("it", math.log10(0.9999)) == "1.0 times it"


def test_in_ascii_a_power_of_ten_reads_as_computers_write_it() -> None:
    """In sentences shorter, in cells as wide as before; other powers keep their base."""
    assert ASCII.spell(f"layer 1 gets {share_of('it', -12.04)}") == "layer 1 gets 9.1e-13 of it"
    assert ASCII.spell(f"{power_of_ten(-12)} × {power_of_ten(3)}") == "1e-12 x 1e3"
    assert ASCII.spell("χ² at 4.5 × 10⁻⁹, h¹⁰") == "chi^2 at 4.5e-9, h^10"
    assert ASCII.spell("g₆/g₂₀, χ₁") == "g_6/g_20, chi_1"
    assert len(ASCII.spell(power_of_ten(-12))) == len(power_of_ten(-12))
    assert BLOCKS.spell(power_of_ten(-12)) == "10⁻¹²"


def test_a_stream_without_superscripts_gets_ascii() -> None:
    """GBK has blocks and Greek, but no ⁻."""
    assert not has_blocks("gbk")


def test_a_share_is_called_nothing_or_all_only_where_it_is() -> None:
    """And is a dash where there is none."""
    shares = (0.0, 0.002, 0.005, 0.62, 0.997, 1.0, math.nan)
    assert [percent(s) for s in shares] == ["0%", "<1%", "<1%", "62%", ">99%", "100%", "–"]
