"""Answers that come late, in pieces, or never, on the way out too: none is left to the shell."""

import os
import re
import time

import pytest

from tests.pty.harness import PATIENCE, Pty, environment, in_pty

pytestmark = pytest.mark.heavy

_QUESTION = re.compile(rb"\x1b\[(?:\?(\d+)\$p|5n|(c))")
_READS_ON = 'chainrule; stty -icanon -echo min 0 time 10; echo "left:[$(cat -v)]"'


def _answer(question: re.Match[bytes]) -> bytes:
    if question[2]:
        return b"\x1b[?62;22c"
    return b"\x1b[?%s;2$y" % question[1] if question[1] else b"\x1b[0n"


def _play(terminal: Pty, delay: float, keys: list[tuple[float, bytes]], wanted: bytes) -> None:
    """Answer that late, in two pieces, and press keys so many seconds after the start."""
    due: list[tuple[float, bytes]] = []
    seen, start, deadline = 0, 0.0, time.monotonic() + PATIENCE
    while wanted not in terminal.written:
        assert time.monotonic() < deadline, terminal.written[-2000:]
        terminal.read()
        now = time.monotonic()
        if not start and b"\x1b[?1049h" in terminal.written:
            start = now
            due += [(now + after, key) for after, key in keys]
        for question in _QUESTION.finditer(terminal.written, seen):
            seen, answer = question.end(), _answer(question)
            due += [(now + delay, answer[:3]), (now + delay + 1e-3, answer[3:])]
        for at, data in sorted(due):
            if at <= now:
                os.write(terminal.master, data)
        due = [(at, data) for at, data in due if at > now]


@pytest.mark.parametrize(("delay", "is_remote"), [(0.05, False), (0.6, False), (1.5, True)])
@pytest.mark.parametrize("after", [0.0, 2.0])
@pytest.mark.parametrize("key", [b"q", b"\x03"])
def test_nothing_is_left_to_the_shell(
    delay: float, is_remote: bool, after: float, key: bytes
) -> None:
    """At once, also before the first answer, and in the middle of the wave."""
    told = {"SSH_TTY": "/dev/pts/0"} if is_remote else {}
    with in_pty("sh", "-c", _READS_ON, env=environment(**told)) as terminal:
        _play(terminal, delay, [(after, key)], b"left:[")
        terminal.end()
        assert b"left:[]" in terminal.written
