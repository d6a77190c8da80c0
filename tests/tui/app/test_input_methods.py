"""Keys as Chinese input methods send them."""

import pytest

from engine import Experiment
from tests.support.app import running
from tests.support.experiments import experiment_of
from tui.screens.field import Field
from tui.screens.help import HelpScreen
from tui.screens.palette import PaletteScreen
from tui.state.keys import PUNCTUATION, ascii_twin


def test_every_key_of_a_keyboard_has_its_twin() -> None:
    """Letters, digits and punctuation in their full-width forms."""
    for character in map(chr, range(33, 127)):
        assert ascii_twin(chr(ord(character) + 0xFEE0)) == character
    sent = "，。：；？！、《》【】（）｛｝「」＝＋－＃＠“”‘’　"
    assert "".join(map(ascii_twin, sent)) == ",.:;?!,<>[](){}{}=+-#@\"\"'' "
    assert [ascii_twin(character) for character in ("a", "é", "字", "", "¥")] == [
        *("a", "é", "字", "", "¥")
    ]
    assert {ascii_twin(symbol) for symbol in PUNCTUATION.values()} == set(PUNCTUATION.values())


@pytest.mark.parametrize(
    ("key", "setting"),
    [("ａ", {"activation": "tanh"}), ("Ｗ", {"width": 32}), ("｝", {"depth": 30})],
)
async def test_a_full_width_key_is_its_twin(key: str, setting: dict[str, str]) -> None:
    """Letters and brackets."""
    async with running() as (app, pilot):
        await pilot.press(key)
        assert app.state.experiment == experiment_of(**setting)


@pytest.mark.heavy
async def test_screens_over_the_main_one_know_them() -> None:
    """Help opens and closes, the palette opens; what is typed there stays as it is."""
    async with running() as (app, pilot):
        await pilot.press("？")
        assert isinstance(app.screen, HelpScreen)
        await pilot.press("ｑ")
        assert app.main.is_current
        await pilot.press("：")
        assert isinstance(app.screen, PaletteScreen)
        await pilot.press("ａ", "fullwidth_comma")
        assert app.screen.query_one(Field).value.startswith("ａ")
        await pilot.press("escape", "１")
        assert app.state.view == "gradients"
        assert app.state.experiment == Experiment()
