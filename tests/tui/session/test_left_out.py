"""Lines of a log that are left out: whoever looks at it is told which."""

from pathlib import Path

import pytest

from tests.support.logs_shown import header, log_at, scene_of, session_of, step
from tui.session.played_log import PlayedLog
from tui.words.notices import notice_text

LINES = [header(), *map(step, range(4))]
SHORT = '{"step": 4, "output_grad_norm": [1, 2]}'


def said(session: PlayedLog) -> list[str]:
    """What is said, as text."""
    return [notice_text(each.code, each.details) for each in session.state.notices]


@pytest.mark.parametrize("follows", [False, True])
def test_which_line_is_left_out_is_said(tmp_path: Path, follows: bool) -> None:
    """Also of one that looks like a step until it is read."""
    path = log_at(tmp_path / "a", *LINES, SHORT, step(5))
    session, _ = session_of(path, follows)
    assert said(session) == ["line 6: output_grad_norm has 2 values for 8 layers"]
    scene = scene_of(session)
    assert scene.log is not None
    assert scene.log.left_out == 1
    session.set_state(session.state.saying())
    session.look()
    assert said(session) == []


def test_one_that_comes_is_said_with_how_many_there_are(tmp_path: Path) -> None:
    """Once; what nobody has finished writing yet is not one."""
    path = log_at(tmp_path / "a", *LINES)
    session, _ = session_of(path, follows=True)
    with path.open("a") as file:
        for text, expected in [
            ("a\n", ["line 6 is no JSON object"]),
            ('{"step": 4, ', ["line 6 is no JSON object"]),
            ('"loss": 1}\nb\n', ["line 8 is no JSON object; lines left out: 2"]),
        ]:
            file.write(text)
            file.flush()
            session.look()
            session.look()
            assert said(session) == expected


def test_a_last_line_that_was_never_finished(tmp_path: Path) -> None:
    """In a log that nobody follows it stays so."""
    path = log_at(tmp_path / "a", *LINES)
    with path.open("a") as file:
        file.write('{"step": 4, ')
    session, _ = session_of(path)
    assert said(session) == ["line 6 is not finished"]
