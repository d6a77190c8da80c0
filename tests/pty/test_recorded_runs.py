"""Training that is written down, by the real program: its bar, ctrl+c, pipes, and who follows."""

import os
import signal
from pathlib import Path

import pytest

from engine.logs.schema import LoggedStep
from tests.pty.harness import CHAINRULE, Pty, colours, environment, in_bash, in_pty, until
from tests.support.run_logs import read_header, read_steps, steps_of

pytestmark = pytest.mark.heavy

ENDLESS = ("run", "--depth", "2", "--width", "8", "--steps", "1000000", "--log-every", "1")
SHORT = ("run", "--depth", "2", "--width", "8", "--steps", "3", "--log")


def _wait_for_lines(terminal: Pty, log: Path, count: int) -> None:
    """Until so many are in the file."""

    def there() -> bool:
        terminal.read()
        return log.exists() and log.read_bytes().count(b"\n") >= count

    until(there, lambda: terminal.written[-2000:])


def test_ctrl_c_keeps_a_valid_log(tmp_path: Path) -> None:
    """One line, the signal's exit code, the cursor and the terminal as they were."""
    log = tmp_path / "a.jsonl"
    with in_pty(CHAINRULE, *ENDLESS, "--log", str(log)) as terminal:
        _wait_for_lines(terminal, log, 20)
        terminal.wait_for(b"training", b"/1000000")
        terminal.send(b"\x03")
        assert terminal.end(patience=5) == 128 + signal.SIGINT
        assert terminal.attributes() == terminal.attributes_before
        assert b"\x1b[?25l" not in terminal.written
        (last,) = [line for line in terminal.written.split(b"\n") if b"interrupted" in line]
        assert f"has {len(steps_of(log)) + 1:,} whole lines".encode() in last
    assert terminal.written.rstrip().endswith(last.rstrip())
    steps = steps_of(log)
    assert [each.step for each in steps] == [*range(len(steps))]
    assert log.read_bytes().endswith(b"}\n")


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGKILL])
def test_whatever_ends_it_the_log_is_valid(number: signal.Signals, tmp_path: Path) -> None:
    """Each line is in the file, and the terminal as it was: nothing has to be put back."""
    log = tmp_path / "a.jsonl"
    with in_pty(CHAINRULE, *ENDLESS, "--log", str(log)) as terminal:
        _wait_for_lines(terminal, log, 20)
        terminal.process.send_signal(number)
        assert terminal.end(patience=5) == -number
        assert terminal.attributes() == terminal.attributes_before
        assert b"\x1b[?25l" not in terminal.written
    read = list(read_steps(log))
    # the system may end a process in the midst of a line
    *others, last = read
    assert len(others) >= 18
    assert all(isinstance(each, LoggedStep) for each in others)
    assert isinstance(last, LoggedStep) or last.code == "log_line_unfinished"


def test_ctrl_c_before_a_pipe_has_a_reader(tmp_path: Path) -> None:
    """It waits, and can be ended."""
    os.mkfifo(tmp_path / "pipe")
    with in_pty(CHAINRULE, *SHORT, str(tmp_path / "pipe")) as terminal:
        maps = Path(f"/proc/{terminal.process.pid}/wchan")
        until(lambda: "fifo" in maps.read_text() or "wait_for" in maps.read_text(), maps.read_text)
        terminal.send(b"\x03")
        assert terminal.end(patience=5) == 128 + signal.SIGINT
        assert b"Traceback" not in terminal.written


@pytest.mark.parametrize(
    ("variables", "stroke"),
    [({}, "━"), ({"TERM": "linux"}, "-"), ({"LANG": "C"}, "-"), ({"NO_COLOR": "1"}, " ")],
)
def test_the_bar_is_drawn_with_what_is_shown(
    variables: dict[str, str], stroke: str, tmp_path: Path
) -> None:
    """Characters and colours as everywhere; without colours nothing stands for what is left."""
    log = tmp_path / "a.jsonl"
    with in_pty(CHAINRULE, *ENDLESS, "--log", str(log), env=environment(**variables)) as terminal:
        terminal.wait_for(b"training", 20 * stroke.encode(), b"/1000000")
        terminal.send(b"\x03")
        assert terminal.end(patience=5) == 128 + signal.SIGINT
    assert terminal.written.isascii() == (stroke != "━")
    assert (colours(terminal.written) == set()) == ("NO_COLOR" in variables)


def test_there_is_no_bar_where_nobody_sees_it(tmp_path: Path) -> None:
    """On a pipe stderr stays empty."""
    done = in_bash(f"chainrule {' '.join(SHORT)} {tmp_path}/a.jsonl --format csv")
    assert (done.returncode, done.stderr) == (0, "")
    assert len(steps_of(tmp_path / "a.jsonl")) == 4


def test_a_file_that_may_not_grow_has_whole_lines(tmp_path: Path) -> None:
    """The system takes a part of the last: the line is taken back, and told."""
    log = tmp_path / "a.jsonl"
    done = in_bash(f"ulimit -f 50; chainrule {' '.join(ENDLESS)} --log {log}")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == f"chainrule: cannot write {log}: File too large\n"
    assert log.stat().st_size < 50 * 1024
    assert len(steps_of(log)) > 10


def test_pipes(tmp_path: Path) -> None:
    """A FIFO, a shell's own pipe, stdout with a reader that goes away."""
    fifo, kept = tmp_path / "pipe", tmp_path / "kept.jsonl"
    os.mkfifo(fifo)
    endless, short = " ".join(ENDLESS), " ".join(SHORT)
    for script, code in (
        (f"cat {fifo} > {kept} & chainrule {short} {fifo} > /dev/null; wait", 0),
        (f"chainrule {short} >(cat > {kept}) > /dev/null; wait $!", 0),
        (f"chainrule {short} - > {kept}", 0),
        (f"chainrule {endless} --log - | head -4 > {kept}", 0),
        (f"chainrule {endless} --log >(head -4 > {kept}); code=$?; wait $!; exit $code", 1),
    ):
        done = in_bash(script)
        assert done.returncode == code, script
        assert "Traceback" not in done.stderr
        assert done.stderr.count("\n") == code
        assert read_header(kept).layers == ("1", "2")
        assert [each.step for each in steps_of(kept)][:3] == [0, 1, 2]
