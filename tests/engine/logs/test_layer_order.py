"""How layers lie where their log does not say it."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine import SettingError
from engine.logs.layer_order import by_order, check_order, natural, read_order
from tui.words.errors import error_text


def test_numbers_in_names_are_numbers() -> None:
    """However many digits."""
    names = ["b.10.w", "b.2.w", "b.2", "a", "b.02", f"b.{'9' * 9000}", "head", "10", "9"]
    assert [name[:6] for name in natural(names)] == [
        *("9", "10", "a", "b.02", "b.2", "b.2.w", "b.10.w", "b.9999", "head")
    ]


@given(st.lists(st.text(alphabet="a1٣20.é", max_size=6), unique=True))
def test_any_names_have_one_order(names: list[str]) -> None:
    """Whatever order they come in."""
    assert natural(names) == natural(reversed(names))
    assert sorted(natural(names)) == sorted(names)


def test_an_order_is_a_file_of_names(tmp_path: Path) -> None:
    """Of layers, or of parameters as PyTorch prints them."""
    path = tmp_path / "order"
    path.write_text("\ufeffembed.weight\n\n  fc2.weight \r\nfc2.bias\nfc10\n", encoding="utf-8")
    assert read_order(path) == ("embed", "fc2", "fc10")
    path.write_text("\n \n")
    with pytest.raises(SettingError) as caught:
        read_order(path)
    assert "is empty" in error_text(caught.value)


def test_what_an_order_does_not_name_comes_last() -> None:
    """What it names too much is nowhere."""
    assert by_order(["x10", "x2", "b", "a"], ("b", "c", "a")) == ("b", "a", "x2", "x10")


def test_an_order_that_does_not_fit_is_one_clear_line() -> None:
    """With the nearest name; a model's frozen layers are in its order, and not in its log."""
    check_order(["a", "b"], ("frozen", "b", "a"))
    with pytest.raises(SettingError) as caught:
        check_order(["layer1", "layer2", "layer3"], ("layer1",))
    assert error_text(caught.value) == (
        "the order leaves out 2 layers of the log, first 'layer2' (did you mean layer1?)"
    )
