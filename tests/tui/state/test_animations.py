"""The wave and the sweep, as values."""

import numpy as np
import pytest

from tui.charts.bars import Frame, bars_of
from tui.charts.columns import columns
from tui.charts.scale import Scale
from tui.charts.transition import blend, heights_of
from tui.state.animations import TRANSITION_SECONDS, Phase, Transition, Wave, finished_wave
from tui.style.looks import INK


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


def test_the_wave_takes_less_than_three_seconds_at_any_depth() -> None:
    """From the start to the verdict, and nearly that long."""
    for depth in (1, 20, 1000):
        assert Wave(depth).advanced(2.7).phase is not Phase.DONE
        assert Wave(depth).advanced(2.9).phase is Phase.DONE
    assert finished_wave(3).phase is Phase.DONE


def test_the_wave_is_where_it_shows_a_layer() -> None:
    """Up to the last one, which the loss stays at, and down to the first."""
    wave, layers = Wave(3, playing=False), []
    while wave.phase is not Phase.DONE:
        layers.append(wave.layer)
        wave = wave.stepped(1)
    assert layers == [1, 2, 3, 3, 3, 2, 1]


def test_a_sweep_ends_at_the_new_picture_output_first() -> None:
    """Old at the start, new at the end, in between the last layers lead."""
    layout = columns(20, 70)

    def frame(value: float) -> Frame:
        bars = bars_of(np.full(20, value), layout, Scale(10, -6), 8, lambda decades: INK)
        return Frame(layout, bars, 70, 10, None)

    old, new = frame(1e-5), frame(1e-1)
    start = heights_of(old)
    assert blend(Transition(start), new, 8).bars[0].height == old.bars[0].height
    middle = blend(Transition(start, TRANSITION_SECONDS / 2), new, 8)
    heights = [bar.height for bar in middle.bars]
    assert heights == sorted(heights)
    assert heights[0] < heights[-1]
    assert blend(Transition(start, TRANSITION_SECONDS), new, 8) == new
