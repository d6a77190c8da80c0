"""Whatever fails, wherever: the terminal is restored, and two lines say where the log is."""

import sys
from pathlib import Path

import pytest

from tests.pty.harness import Pty, environment, in_pty

pytestmark = pytest.mark.heavy

ROOT = Path(__file__).parents[2]
BEGUN = b"FORWARD"
LONG = ("--depth", "400", "--width", "512")

FAILING = """
import functools, importlib, operator, sys
_, place, error, *arguments = sys.argv
module, path = place.split(":")
*way, name = path.split(".")
owner = functools.reduce(getattr, way, importlib.import_module(module))

def fail(*_, **__):
    raise eval(error)

setattr(owner, name, fail)
sys.argv = ["chainrule", *arguments]
from tui.__main__ import main
sys.exit(main())
"""

# what fails, the keys after which it does, and what has been written before them
ON_THE_WAY: list[tuple[str, bytes, tuple[str, ...]]] = [
    ("tui.commands.parser:parse", b"", ()),
    ("tui.app:ChainruleApp.__init__", b"", ()),
    ("tui.app:ChainruleApp.on_load", b"", ()),
    ("tui.terminal.driver:TerminalDriver.start_application_mode", b"", ()),
    ("tui.app:ChainruleApp.on_mount", b"", ()),
    ("tui.screens.main:MainScreen.compose", b"", ()),
    ("tui.screens.drawn:Drawn.render_lines", b"", ()),
    ("tui.app:ChainruleApp.tick", b"", ()),
    ("tui.session.trace_cache:TraceCache.measure", b"", ()),
    ("tui.session.trace_cache:TraceCache.measure", b"", LONG),
    ("tui.screens.choices:Choices.compose", b"A", ()),
    ("tui.screens.help:HelpScreen.on_resize", b"?", ()),
    ("tui.session.training_run:TrainingRun.work", b"\r", ()),
    ("tui.session.inspections:inspect", b"3", ()),
    ("tui.terminal.driver:TerminalDriver.process_message", b"a", ()),
    ("textual.app:App._close_all", b"q", ()),
]
"""In the order of an app's life."""


def logs(home: Path) -> list[Path]:
    """All that were written."""
    return list(home.rglob("*.log"))


def assert_told(terminal: Pty, home: Path) -> None:
    """The terminal is as it was, and after what restores it two lines tell of the one log."""
    assert terminal.end() == 1
    if b"\x1b[?1049h" in terminal.written:
        terminal.assert_restored()
    (log,) = logs(home)
    *_, first, second = terminal.written.decode().splitlines()
    assert first.rpartition("\x1b")[2].rpartition("\a")[2].endswith("ZeroDivisionError: on purpose")
    assert str(log) in second
    assert "in fail" in log.read_text()


@pytest.mark.parametrize(("place", "keys", "arguments"), ON_THE_WAY)
def test_a_fault_ends_the_program_in_order(
    place: str, keys: bytes, arguments: tuple[str, ...], tmp_path: Path
) -> None:
    """In a widget, an event, an action, a timer, a job, a thread, and before and after all that."""
    command = (sys.executable, "-c", FAILING, place, "ZeroDivisionError('on purpose')", *arguments)
    variables = environment(HOME=str(tmp_path), PYTHONPATH=str(ROOT))
    with in_pty(*command, env=variables) as terminal:
        if keys:
            terminal.wait_for(BEGUN)
            terminal.send(keys)
        assert_told(terminal, tmp_path)


@pytest.mark.parametrize(
    "error",
    [
        "BrokenPipeError('on purpose')",
        "importlib.import_module('engine').SettingError('on purpose')",
        "importlib.import_module('tui.commands.base').UsageError('on purpose')",
    ],
)
def test_what_ends_a_command_in_order_is_a_fault_of_the_running_app(
    error: str, tmp_path: Path
) -> None:
    """A pipe that is gone, or a setting that is refused, is no end of an app that somebody uses."""
    place = "tui.app:ChainruleApp.tick"
    command = (sys.executable, "-c", FAILING, place, error)
    with in_pty(*command, env=environment(HOME=str(tmp_path), PYTHONPATH=str(ROOT))) as terminal:
        assert terminal.end() == 1
        terminal.assert_restored()
    (log,) = logs(tmp_path)
    assert str(log) in terminal.written.decode()
    assert "on purpose" in log.read_text()


def test_what_goes_past_textual_leaves_no_terminal_behind(tmp_path: Path) -> None:
    """An exit from within."""
    command = (sys.executable, "-c", FAILING, "tui.app:ChainruleApp.tick", "SystemExit(5)")
    with in_pty(*command, env=environment(HOME=str(tmp_path), PYTHONPATH=str(ROOT))) as terminal:
        assert terminal.end() == 5
        terminal.assert_restored()


@pytest.mark.parametrize("arguments", [(), LONG])
def test_too_little_memory_is_said_and_the_app_goes_on(
    arguments: tuple[str, ...], tmp_path: Path
) -> None:
    """On the loop and in a thread."""
    place = "tui.session.trace_cache:TraceCache.measure"
    command = (sys.executable, "-c", FAILING, place, "MemoryError()", *arguments)
    with in_pty(*command, env=environment(HOME=str(tmp_path), PYTHONPATH=str(ROOT))) as terminal:
        terminal.wait_for(b"not enough memory")
        terminal.send(b"q")
        assert terminal.end() == 0
        terminal.assert_restored()
    assert logs(tmp_path) == []
