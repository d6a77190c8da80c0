"""The line of keys: what a newcomer needs is there, however small the screen."""

import pytest

from tui.charts.painter import Painter
from tui.state.actions import ACTIONS
from tui.state.views import VIEWS
from tui.style.glyphs import BLOCKS
from tui.style.palette import Palette
from tui.views.key_line import FIRST, key_line


def keys(width: int, view: str) -> str:
    """The line on a screen so wide."""
    return key_line(Painter(Palette(), BLOCKS), ACTIONS, width, view).plain


@pytest.mark.parametrize("width", [58, 78, 118, 198])
@pytest.mark.parametrize("view", VIEWS)
def test_the_line_fits_and_says_how_to_get_help(width: int, view: str) -> None:
    """It ends within the screen."""
    line = keys(width, view)
    assert len(line) <= width
    assert "?" in line


def test_newcomers_see_all_that_they_need() -> None:
    """At 80 columns, also how to train and where one is led; at 60 most of it."""
    whole = "a φ  i init  r skip  n norm  ↵ train  X presets  R remedy  d why  6 tour  ?"
    assert set(keys(78, "gradients").split("  ")) >= set(whole.split("  "))
    for hint in ("a φ", "i init", "r skip", "X presets", "R remedy", "d why"):
        assert hint in keys(58, "gradients")
    for hint in ("a activation", "enter train", "? help"):
        assert hint in keys(118, "gradients")


def test_a_view_begins_with_its_own_keys() -> None:
    """The first of each view's list is the first of its line."""
    assert keys(78, "training").startswith("↵ train  l rate  o optimiser")
    assert keys(78, "chain").startswith("space play  ← → layer")
    known = {action.id for action in ACTIONS}
    assert all(name in known for names in FIRST.values() for name in names)
