"""The log of what nobody expected, and the two lines that say where it is."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from tui import __main__ as program
from tui.commands.faults import KEPT, MOST_CHARACTERS, NAME, report


def logs(folder: Path) -> list[Path]:
    """All that were written."""
    return sorted(folder.rglob("*.log"))


def test_a_fault_is_logged_and_told_in_two_lines(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """What, where the log is and what to send; the log has what a report needs."""

    def fail() -> int:
        raise ZeroDivisionError("on\npurpose")

    monkeypatch.setattr("tui.commands.parser.main", fail)
    monkeypatch.setattr("sys.argv", ["chainrule", "run", "--depth", "7"])
    assert program.main() == 1
    (log,) = logs(tmp_path / "state")
    first, second = capsys.readouterr().err.splitlines()
    assert r"ZeroDivisionError: on\npurpose" in first
    assert str(log) in second
    text = log.read_text()
    for wanted in ("chainrule run --depth 7", "numpy ", "Textual ", "Traceback", "in fail"):
        assert wanted in text


def test_logs_are_short_and_few(tmp_path: Path) -> None:
    """Whatever failed, and however often."""
    for _ in range(KEPT + 2):
        report(ValueError("x" * 2 * MOST_CHARACTERS))
    found = logs(tmp_path)
    assert len(found) == KEPT
    assert max(path.stat().st_size for path in found) < 1.1 * MOST_CHARACTERS


def test_a_new_log_stays_whatever_the_clock_said_before(tmp_path: Path) -> None:
    """One that is dated before all others, and one of many in the same second."""
    report(ValueError("a"))
    (first,) = logs(tmp_path)
    for number in range(KEPT):
        first.with_name(f"{NAME}-99991231-23595{number}.log").touch()
    report(ValueError("b"))
    found = logs(tmp_path)
    assert len(found) == KEPT
    assert sum(path.stat().st_size > 0 for path in found) == 1


def test_what_was_typed_is_visible_in_the_log(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Control characters, and bytes that are no text."""
    monkeypatch.setattr("sys.argv", ["chainrule", "\x1b]0;x\x07", "caf\udce9", "x" * 10**6])
    report(ValueError("\x1b[31m\u202e"))
    (log,) = logs(tmp_path)
    text = log.read_text()
    assert r"chainrule '\x1b]0;x\x07' 'caf\udce9' xxx" in text
    assert r"ValueError: \x1b[31m\u202e" in text
    assert all(line.isprintable() for line in text.split("\n"))


def test_where_nothing_can_be_written_the_log_is_shown(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """First another folder is tried."""
    (tmp_path / "state").touch()
    (tmp_path / "other").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "other"))
    report(ValueError("a"))
    (log,) = logs(tmp_path / "other")
    assert str(log) in capsys.readouterr().err
    monkeypatch.setattr(tempfile, "tempdir", os.devnull)
    report(ValueError("a"))
    assert "\nValueError: a\n" in capsys.readouterr().err


def test_a_library_that_cannot_be_imported_is_a_fault_like_others(tmp_path: Path) -> None:
    """Of the libraries only numpy has parts that a system may refuse."""
    code = (
        "import sys; sys.modules['numpy'] = None; from tui.__main__ import main; sys.exit(main())"
    )
    ended = subprocess.run(
        (sys.executable, "-c", code), capture_output=True, text=True, check=False
    )
    (log,) = logs(tmp_path)
    first, second = ended.stderr.splitlines()
    assert ended.returncode == 1
    assert "numpy" in first
    assert str(log) in second
