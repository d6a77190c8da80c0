"""The axis of time of a log: where one is, verdicts, and what is broken."""

import pytest
from rich.console import Console

from tui.charts.painter import Painter
from tui.charts.time_axis import time_axis
from tui.style.glyphs import ASCII, BLOCKS, Glyphs
from tui.style.palette import Palette

KINDS = ((0, "healthy"), (50, "vanishing"))


@pytest.mark.parametrize("glyphs", [BLOCKS, ASCII])
@pytest.mark.parametrize("cells", [2, 12, 200])
def test_both_ends_are_the_logs(cells: int, glyphs: Glyphs) -> None:
    """The first step stands at the left, the last at the right, whatever the width."""
    painter = Painter(Palette(), glyphs)
    here = glyphs.levels[-1]
    for position, at in ((0, 0), (99, cells - 1)):
        text = time_axis(painter, cells, (position, 100), (), ()).plain
        assert (len(text), text.index(here), text.count(here)) == (cells, at, 1)


def test_verdicts_have_their_signs_and_colours() -> None:
    """Each from where it begins to the next one; a broken line over them."""
    painter = Painter(Palette(), BLOCKS)
    text = time_axis(painter, 20, (99, 100), KINDS, (0.25,))
    assert [text.plain[cell] for cell in (0, 5, 10)] == [BLOCKS.flat, "!", BLOCKS.down]
    looks = painter.palette.look.kinds
    colours = {text.get_style_at_offset(_console(), cell).color for cell in (1, 4)}
    assert {str(colour.name) for colour in colours if colour} == {looks["healthy"][1]}


def test_a_log_of_one_step_or_none_is_drawn() -> None:
    """There is no way to go."""
    painter = Painter(Palette(), BLOCKS)
    for length in (0, 1):
        assert len(time_axis(painter, 10, (0, length), KINDS[:length], ()).plain) == 10


def _console() -> Console:
    return Console()
