"""`chainrule watch` in a real terminal, beside a process that writes."""

import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.pty.harness import ALTERNATE_SCREEN, CHAINRULE, CURSOR, in_pty, modes, until

pytestmark = pytest.mark.heavy

WRITER = """
import json, sys, time
with open(sys.argv[1], "w", buffering=1) as file:
    print(json.dumps({"chainrule_log": 1, "layers": ["a", "b", "c"]}), file=file)
    for step in (111, 222, 333, 444):
        line = {"step": step, "loss": 1.0, "output_grad_norm": [0.1, 0.2, 0.3]}
        print(json.dumps(line), file=file)
        print(step, time.monotonic(), flush=True)
        time.sleep(0.6)
"""


def test_what_is_written_is_shown_within_a_second(tmp_path: Path) -> None:
    """From a file that is not there yet, each step; when it is gone; and all is put back."""
    path = tmp_path / "run.jsonl"
    with in_pty(CHAINRULE, "watch", str(path)) as terminal:
        terminal.wait_for(b"waiting for ")
        writer = [sys.executable, "-c", WRITER, str(path)]
        with subprocess.Popen(writer, stdout=subprocess.PIPE, text=True) as process:
            assert process.stdout is not None
            late = []
            for line in process.stdout:
                step, written = int(line.split()[0]), float(line.split()[1])
                terminal.wait_for(str(step).encode())
                late.append(time.monotonic() - written)
            assert process.wait() == 0
        # the first one finds the file
        assert max(late[1:]) < 1.0
        path.unlink()
        terminal.wait_for(b"the file is gone")
        terminal.send(b"q")
        assert terminal.end(patience=5) == 0
        assert terminal.attributes() == terminal.attributes_before
        left = modes(terminal.written)
        assert not left.get(ALTERNATE_SCREEN)
        assert left.get(CURSOR, True)


def test_a_writer_that_dies_is_told_of_and_nothing_else_is_sent(tmp_path: Path) -> None:
    """Between what is told of the silence not one byte."""
    path = tmp_path / "run.jsonl"
    path.write_text('{"chainrule_log": 1, "layers": ["a"]}\n{"step": 3, "output_grad_norm": [1]}\n')
    with in_pty(CHAINRULE, "watch", str(path)) as terminal:
        terminal.wait_for(b"no new step for 5 s")
        start = time.monotonic()
        terminal.read()
        before = len(terminal.written)
        until(lambda: time.monotonic() - start > 2, lambda: "")
        terminal.read()
        assert terminal.written[before:] == b""
        terminal.send(b"q")
        assert terminal.end(patience=5) == 0
