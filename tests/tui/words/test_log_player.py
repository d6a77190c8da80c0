"""What is said of a log that is played."""

import pytest

from tui.words.experiment import JOINT
from tui.words.log_player import FORMAT_NAMES, what_texts


@pytest.mark.parametrize("format", FORMAT_NAMES)
@pytest.mark.parametrize("order", ["natural", "file"])
def test_a_guessed_order_is_said_at_80_columns(format: str, order: str) -> None:
    """Beside the longest name; what is left out first stands last."""
    words = what_texts("runs/" + "x" * 200, None, format, 10_000, order)
    assert "order" in words[2]
    assert len(JOINT.join(words[:3])) <= 80
    assert words[3] == FORMAT_NAMES[format]
    assert "order" not in JOINT.join(what_texts("run", None, format, 0, order))
