"""Run logs with anything in them, in pieces of any size, against reading them line by line."""

import math
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from engine.logs import pieces, run_log
from engine.logs.lines import header_of, step_of
from engine.logs.log import read_all
from engine.logs.run_log import RunLog
from engine.logs.schema import BrokenLine, LoggedStep
from tests.support.run_logs import HEADER

SAME = HEADER.replace('"layers"', '"what": 7, "layers"').encode()

LINES = st.one_of(
    st.integers(0, 12).map(lambda n: b'{"step": %d, "loss": 1}' % n),
    st.integers(0, 12).map(lambda n: b'{"step":%d}' % n),
    st.integers(0, 12).map(lambda n: b'{"loss": 1, "step": %d}\r' % n),
    st.sampled_from(
        [
            *(b"", b"\r", b"   ", b"\0" * 5, b"nothing", b"{}", b"[1, 2]", SAME),
            *(b'{"step": 3, "delta_norm": [1]}', b'{"step": 9', b'{"step": 1.5}', b'{"step": 01}'),
            *(b'\0\0{"step": 4}', b"\xff\xfe", b'{"step": 5, "x": "\xed\xa0\x80"}'),
            *(b'{"step": 7, "x": "' + b"y" * 300 + b'"}', b'{"step": ' + b"9" * 25 + b"}"),
        ]
    ),
)


def expected(content: bytes, longest: int) -> list[tuple[int, int, int]]:
    """Line, step and segment of each step, read one after another."""
    first, *lines = content.split(b"\n")
    header = header_of(first, "")
    found: list[tuple[int, int, int]] = []
    last, segment = -1.0, 0
    for number, line in enumerate(lines, 2):
        step = step_of(line.lstrip(b"\0"), number, len(header.layers))
        if len(line) >= longest:
            continue
        if isinstance(step, LoggedStep):
            segment += step.step < last
            last = step.step
            found.append((number, step.step, segment))
        elif line == SAME and found:
            assert replace(header_of(line, ""), what=None) == header
            last = math.inf
    return found


@given(
    st.lists(LINES, max_size=30),
    st.booleans(),
    st.lists(st.integers(1, 200), max_size=12),
    st.integers(30, 200),
)
@example([b'{"step": 9, "delta_norm": [1]}'] * 2 + [b'{"step": 1}'] * 9, True, [1], 30)
def test_a_log_is_read_the_same_however_it_comes(
    lines: list[bytes], has_end: bool, looks: list[int], piece: int
) -> None:
    """Its steps, their lines and segments; and every other line is told once, or is blank."""
    body = b"\n".join((HEADER.encode(), *lines)) + (b"\n" if has_end else b"")
    path = Path("a")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(run_log, "PIECE_BYTES", piece)
        for module in (run_log, pieces):
            patch.setattr(module, "MAX_LINE_BYTES", 250)
        path.write_bytes(body[: len(HEADER) + 1])
        log = RunLog(path)
        start = len(HEADER) + 1
        for size in looks:
            with path.open("ab") as file:
                file.write(body[start : start + size])
            start += size
            log.read_on()
        with path.open("ab") as file:
            file.write(body[start:])
        for _ in range(2):
            read_all(log)
        read = [log.step(index) for index in range(len(log))]
        steps = [(s.line, s.step, s.segment) for s in read if isinstance(s, LoggedStep)]
        assert steps == expected(body, 250)
        broken = [each.line for each in read if isinstance(each, BrokenLine)]
        assert {*broken} <= {each.line for each in log.problems}
        assert len({each.line for each in log.problems}) == log.left_out == len(log.problems)
        log.close()
