"""The wave and the sweep, as values."""

import numpy as np
import pytest

from tui.charts.bars import Role, frame_of
from tui.charts.columns import columns
from tui.charts.transition import blend, heights_of
from tui.state.animations import TRANSITION_SECONDS, Phase, Transition, Wave, finished_wave
from tui.state.axis import Axis
from tui.style.glyphs import BLOCKS


@pytest.mark.parametrize("depth", [1, 2, 20, 1000])
def test_the_wave_goes_forward_then_loss_then_back(depth: int) -> None:
    """Every layer once each way, and then it is done."""
    wave = Wave(depth, playing=False)
    activated, reached = [wave.activated], []
    while wave.phase is not Phase.DONE:
        assert wave.phase in (Phase.FORWARD, Phase.LOSS, Phase.BACKWARD)
        if wave.phase is Phase.FORWARD:
            activated.append(wave.activated)
        if wave.phase is Phase.BACKWARD:
            reached.append(wave.reached)
        wave = wave.stepped(1)
    assert activated == [1, *range(1, depth + 1)]
    assert reached == list(range(depth, 0, -1))
    assert wave.stepped(-1).phase is Phase.BACKWARD
    assert wave.stepped(-1).reached == 1


def test_the_wave_takes_the_same_time_at_any_depth() -> None:
    """About four seconds."""
    for depth in (1, 20, 1000):
        assert Wave(depth).advanced(4.0).phase is not Phase.DONE
        assert Wave(depth).advanced(4.2).phase is Phase.DONE
    assert finished_wave(3).phase is Phase.DONE


def test_a_sweep_ends_at_the_new_picture_output_first() -> None:
    """Old at the start, new at the end, in between the last layers lead."""
    layout = columns(20, 70)
    old = frame_of(np.full(20, 1e-5), layout, Axis(-6, 0), 70, 10, None, BLOCKS)
    new = frame_of(np.full(20, 1e-1), layout, Axis(-6, 0), 70, 10, None, BLOCKS)
    start = heights_of(old)
    assert blend(Transition(start), new, 8).bars[0].height == old.bars[0].height
    middle = blend(Transition(start, TRANSITION_SECONDS / 2), new, 8)
    heights = [bar.height for bar in middle.bars]
    assert heights == sorted(heights)
    assert heights[0] < heights[-1]
    assert blend(Transition(start, TRANSITION_SECONDS), new, 8) == new
    assert Role.BAR is new.bars[0].role
