"""Sentences in lines."""

import pytest

from tui.style.wrapping import wrapped

SENTENCE = "layer 1 gets 8.9 × 10⁻¹³ of it, 6 ξ = 2 layers, and 50 % of the rest"


@pytest.mark.parametrize("width", range(12, 60))
def test_no_number_is_torn_from_its_power_or_unit(width: int) -> None:
    """At any width, and no word is lost."""
    lines = wrapped(SENTENCE, width)
    assert " ".join(lines) == SENTENCE
    assert all(len(line) <= width for line in lines)
    for whole in ("8.9 × 10⁻¹³", "6 ξ", "50 %"):
        assert any(whole in line for line in lines)
    assert wrapped("", width) == [""]
