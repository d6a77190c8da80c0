"""PyTorch trains in one process, and in a terminal beside it people watch what it records."""

import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.pty.harness import CHAINRULE, Tmux, environment, in_tmux
from tests.support.run_logs import steps_of

pytestmark = pytest.mark.heavy

ROOT = Path(__file__).parents[2]
_NEWEST = re.compile(r"live +step (\d+)")


@contextmanager
def training(script: str, *words: str) -> Iterator[subprocess.Popen[bytes]]:
    """One of the examples while it runs, on one thread."""
    command = [sys.executable, str(ROOT / "docs" / "examples" / script), *words]
    variables = environment(PYTHONPATH=str(ROOT), OMP_NUM_THREADS="1")
    with subprocess.Popen(command, env=variables) as process:
        try:
            yield process
        finally:
            process.kill()


def wait_for_step(window: Tmux, step: int) -> str:
    """The screen, once it shows that step or a later one as the newest."""

    def is_there(text: str) -> bool:
        shown = _NEWEST.search(text)
        return shown is not None and int(shown[1]) >= step

    return window.wait_until(is_there)


@pytest.mark.parametrize(
    ("script", "more", "named", "verdict"),
    [
        ("transformer.py", "40", ["blocks.0", "blocks.1", "norm", "head"], "HEALTHY"),
        ("ramp.py", "0.02", ["0", "16"], "EXPLODING"),
    ],
)
def test_a_training_run_is_watched_live(
    script: str, more: str, named: list[str], verdict: str, tmp_path: Path
) -> None:
    """From before there is a file to the end; the screen goes on while the training does."""
    log = tmp_path / "log.jsonl"
    with (
        in_tmux(CHAINRULE, "watch", str(log), size=(120, 40)) as window,
        training(script, str(log), more) as process,
    ):
        wait_for_step(window, 1)
        assert process.poll() is None
        assert "HEALTHY" in wait_for_step(window, 20)
        assert process.poll() is None
        assert process.wait(timeout=60) == 0
        *_, newest, end = steps_of(log)
        assert end.last
        text = wait_for_step(window, newest.step)
        assert verdict in text
        assert all(re.search(rf"\b{re.escape(name)}\b", text) for name in named)
        window.keys("q")
        assert window.exit_status() == 0
