"""Sentences in lines."""

import pytest
from rich.cells import cell_len

from tui.style.wrapping import formulas_in_lines, in_styled_lines, wrapped

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


CHINESE = "第 1 层梯度是第 20 层的 8.9 × 10⁻¹³（约万亿分之一），depth：6 ξ = 2 层；其余 50 % …"


@pytest.mark.parametrize("width", range(14, 60))
def test_chinese_breaks_between_characters(width: int) -> None:
    """Each of which takes two cells; no line begins or ends with punctuation that must not."""
    lines = wrapped(CHINESE, width)
    assert "".join(lines).replace(" ", "") == CHINESE.replace(" ", "")
    assert all(cell_len(line) <= width for line in lines)
    assert not any(line[0] in "，。：；）、" or line[-1] in "（“" for line in lines)
    for whole in ("第 20 层", "8.9 × 10⁻¹³", "depth", "2 层"):
        assert any(whole in line for line in lines)


@pytest.mark.parametrize("width", range(10, 40))
def test_a_distribution_is_not_torn(width: int) -> None:
    """Its two numbers stay in one line."""
    assert any("N(0, 1)" in line for line in wrapped("权重服从 N(0, 1)：第 20 层", width))


@pytest.mark.parametrize("width", [14, 33, 80])
def test_styled_sentences_break_where_others_do(width: int) -> None:
    """Each character keeps its style."""
    runs = [(CHINESE[:9], "a"), (CHINESE[9:30], "b"), (CHINESE[30:], "c")]
    lines = in_styled_lines(runs, width)
    assert ["".join(text for text, _ in line) for line in lines] == wrapped(CHINESE, width)
    for text, style in runs:
        told = "".join(t for line in lines for t, found in line if found == style)
        assert told.replace(" ", "") == text.replace(" ", "")


def test_a_step_keeps_its_number() -> None:
    """The word and what it counts."""
    assert wrapped("backspace step 0", 14) == ["backspace", "step 0"]


@pytest.mark.parametrize("width", range(16, 60))
def test_a_formula_in_a_sentence_breaks_only_before_it_compares(width: int) -> None:
    """No line ends with a sign, and none begins with one that joins."""
    sentence = "in theory √(π/(π − 1)) ≈ 1.21 a layer, as √(1 + b²) = 1.03, or 0.71 × 1 of layer 20"
    lines = wrapped(sentence, width)
    assert " ".join(lines) == sentence
    assert not any(line[-1] in "=≈×⋅+−" or line[0] in "×⋅+−" for line in lines)
    assert any("layer 20" in line for line in lines)


@pytest.mark.parametrize("width", range(24, 60))
def test_a_formula_that_is_too_long_goes_on_with_a_sign(width: int) -> None:
    """Nothing of it is lost, and no line is too long."""
    formula = "∂L/∂W₁ = ∂L/∂hₙ ⋅ φ'(zₙ)Wₙ ⋅ … ⋅ φ'(z₂)W₂ ⋅ φ'(z₁) ⋅ x"
    first, *others = formulas_in_lines(formula, width)
    assert " ".join((first, *(line.strip() for line in others))) == formula
    assert all(len(line) <= width for line in (first, *others))
    assert all(line.startswith(("  =", "  ⋅")) for line in others)
