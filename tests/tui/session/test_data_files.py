"""A file of data that vanishes or changes while the app runs on it."""

from pathlib import Path

import pytest

from tests.support.session import scene_of, started
from tui.config.command_line import command_line
from tui.state.scene import Wants

GOOD = "".join(f"{i},{i * i % 7},{i % 3}\n" for i in range(60))


@pytest.mark.parametrize("becomes", [None, b"\xff\0", b"1,2,3,0\n4,5,6,1\n" * 30])
def test_everything_goes_on_with_the_data_that_were_read(
    becomes: bytes | None, tmp_path: Path
) -> None:
    """Keys, training, undo and what they show; nobody complains."""
    path = tmp_path / "data.csv"
    path.write_text(GOOD)
    session, controller = started(dataset=str(path))
    path.unlink()
    if becomes is not None:
        path.write_bytes(becomes)
    wants = Wants(frozenset({1}), frozenset({1}), True, 20, (8, 8), 5, True)
    for action in (
        *("new_seed", "deeper", "wider", "next_norm", "view_training", "train", "train", "undo"),
        *("next_dataset", "undo", "toggle_seeds", "apply_remedy", "pin", "undo"),
    ):
        controller.act(action)
        controller.tick()
        session.animation.finish()
        if action == "next_dataset":
            continue
        scene = scene_of(session, wants)
        assert scene.trace.ours.features == 2
        assert "data.csv" in command_line(session.state)
        assert not [said for said in session.state.notices if "file" in repr(said)]
