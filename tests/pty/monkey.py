"""The monkey's steps as what a terminal sends, and the app in a terminal that takes them."""

import base64
import json
import os
import re
import select
import shlex
import signal
import subprocess
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from textual._ansi_sequences import ANSI_SEQUENCES_KEYS

from engine.network.cost import expected_seconds
from tests.pty.harness import CHAINRULE, Pty, environment, in_pty, set_size
from tests.support.commands import brought_back
from tests.support.monkey import Step
from tui.state.keys import character_name
from tui.views.export import FORMATS

PATIENCE = 60.0
"""Seconds in which the app has to have done whatever a burst asked for."""

MOST_ADDRESSES = 4 * 2**20
"""Kilobytes of addresses that the app may have: no network takes the machine's memory."""

LONGEST_FRESH_RUN = 15.0
"""Seconds; what would take longer is not run again."""

_SEQUENCES = {
    str(getattr(keys[0], "value", keys[0])): sequence
    for sequence, keys in reversed(list(ANSI_SEQUENCES_KEYS.items()))
    if isinstance(keys, tuple) and len(keys) == 1
}
_CHARACTERS = {
    character_name(chr(code)): chr(code)
    for code in (*range(33, 127), *range(0x3001, 0x3003), 0x300A, 0x300B, *range(0xFF01, 0xFF5F))
}
_FINAL = {"up": "A", "down": "B", "right": "C", "left": "D", "home": "H", "end": "F"}
_MODIFIED = {"shift": 2, "alt": 3, "ctrl": 5, "super": 9}
_COPIED = re.compile(rb"\x1b\]52;c;([^\x07]*)\x07")
_MODES = re.compile(rb"\x1b\[\?[\d;]+[hl]|\x1b\[[<>]\d*u")
_PASTES_BRACKETED = b"\x1b[?2004h"
_TAIL = 100_000


def key_bytes(name: str) -> str:
    """What a terminal sends for a key, by Textual's name."""
    if name in _SEQUENCES or name in _CHARACTERS:
        return _SEQUENCES.get(name) or _CHARACTERS[name]
    modifier, plus, key = name.partition("+")
    if not plus:
        return name
    # as xterm does, or by kitty's protocol
    if key in _FINAL:
        return f"\x1b[1;{_MODIFIED[modifier]}{_FINAL[key]}"
    return f"\x1b[{ord(_SEQUENCES.get(key, key))};{_MODIFIED[modifier]}u"


def step_bytes(step: Step) -> bytes:
    """The bytes of a step; none for what is not sent through a terminal."""
    match step:
        case "key", name:
            text = key_bytes(name)
        case "type", text:
            pass
        case "paste", pasted:
            # terminals let no escape out of a paste
            text = f"\x1b[200~{pasted}\x1b[201~" if "\x1b" not in pasted else ""
        case "click", x, y:
            text = f"\x1b[<0;{x + 1};{y + 1}M\x1b[<0;{x + 1};{y + 1}m"
        case "press", x, y:
            text = f"\x1b[<0;{x + 1};{y + 1}M"
        case "release", x, y:
            text = f"\x1b[<0;{x + 1};{y + 1}m"
        case "move", x, y:
            text = f"\x1b[<35;{x + 1};{y + 1}M"
        case "wheel", x, y, by:
            text = f"\x1b[<{64 if by < 0 else 65};{x + 1};{y + 1}M"
        case _:
            text = ""
    return text.encode()


class EndedError(Exception):
    """The app is gone; the argument is what it wrote last."""


class MonkeyTerminal:
    """The app in folders of its own, and a reader that never stops reading."""

    def __init__(self, terminal: Pty, folder: Path) -> None:
        self.terminal, self.folder = terminal, folder
        os.set_blocking(terminal.master, False)

    def write(self, data: bytes = b"", seconds: float = 0.0) -> None:
        """Send bytes as fast as they are taken, reading meanwhile, and read on for so long."""
        master, process = self.terminal.master, self.terminal.process
        start = time.monotonic()
        while data or time.monotonic() - start < seconds:
            reads, writes, _ = select.select([master], [master] if data else [], [], 0.01)
            if reads:
                self._take(os.read(master, 2**16))
            if writes:
                data = data[os.write(master, data[:1024]) :]
            if process.poll() is not None:
                self.terminal.read()
                raise EndedError(self.terminal.written[-3000:])
            assert time.monotonic() - start < PATIENCE + seconds, "the app takes no input"

    def _take(self, data: bytes) -> None:
        written = self.terminal.written + data
        if len(written) > 2**20:
            # of what is old only the terminal's modes count
            written = b"".join(_MODES.findall(written[:-_TAIL])) + written[-_TAIL:]
        self.terminal.written = written

    def play(self, steps: Iterable[Step]) -> None:
        """All of these without a pause, but for what a shell would read after ctrl+z."""
        for step in steps:
            if step[0] == "resize":
                set_size(self.terminal.slave, *step[1:])
            self.write(step_bytes(step))
            if step == ("key", "ctrl+z"):
                self._come_back()

    def _come_back(self) -> None:
        """Wait for the program to stop, let it go on as fg does, and wait until it has begun."""
        self._write_until(lambda: self.status("State") == "T")
        self.terminal.written = b"".join(_MODES.findall(self.terminal.written))
        modes = len(self.terminal.written)
        self.terminal.process.send_signal(signal.SIGCONT)
        self._write_until(lambda: _PASTES_BRACKETED in self.terminal.written[modes:])

    def _write_until(self, holds: Callable[[], bool]) -> None:
        start = time.monotonic()
        while not holds():
            assert time.monotonic() - start < PATIENCE, self.terminal.written[-1000:]
            self.write(seconds=0.01)

    # what is on the screen

    def at_rest(self, *, pauses: bool = True) -> str:
        """The command that the app copies once nothing is open and, if it pauses, none trains."""
        set_size(self.terminal.slave, 120, 40)
        start = time.monotonic()
        while time.monotonic() - start < PATIENCE:
            # alone, an escape is one; a full stop lets the training stand still
            for key in (b"\x1b", b"\x1b", b"\x1b", b"", *([b"."] if pauses else [])):
                self.write(key, 0.2)
            command = self._copy()
            if command is not None:
                return command
        raise AssertionError(f"no answer any more: {self.terminal.written[-3000:]!r}")

    def train(self) -> None:
        """For a moment."""
        self.at_rest()
        self.write(b"\r", 0.5)

    def _copy(self) -> str | None:
        self.terminal.written = _COPIED.sub(b"", self.terminal.written)
        self.write(b"y")
        for _ in range(30):
            self.write(seconds=0.1)
            found = _COPIED.findall(self.terminal.written)
            if found:
                self.write(b"\x1b", 0.15)
                return base64.b64decode(found[-1]).decode()
        return None

    def _exported(self) -> dict[str, Any] | None:
        """What is shown, as the app exports it; None where it is not shown yet."""
        self.write(b"e", 0.2)
        self.write(key_bytes("down").encode() * list(FORMATS).index("json") + b"\r", 0.2)
        for _ in range(100):
            self.write(seconds=0.05)
            for path in self.folder.glob("work/*.json"):
                text = path.read_text()
                if text.endswith("}\n"):
                    path.unlink()
                    self.write(b"\x1b", 0.15)
                    shown: dict[str, Any] = json.loads(text)
                    return shown
        self.write(b"\x1b", 0.15)
        return None

    def _shared(self) -> tuple[str, dict[str, Any]] | None:
        """The command that is copied and what is exported, if nothing moved between them.

        Settings that changed while it trained fit in no command, and so it is taken to step 0.
        """
        for _ in range(3):
            command, shown = self.at_rest(), self._exported()
            if shown is None or command != self.at_rest(pauses=False):
                continue
            if not shown["step"] or "--steps" in command:
                return command, shown
            self.write(key_bytes("backspace").encode(), 0.3)
        return None

    def compare(self) -> str:
        """What came of it: all numbers on the screen are those of a fresh run of its command."""
        for path in self.folder.glob("work/*"):
            path.unlink()
        shared = self._shared()
        if shared is None:
            return "nothing stands still"
        command, shown = shared
        experiment = brought_back(command).experiment
        if expected_seconds(experiment) * (1 + shown["step"]) > LONGEST_FRESH_RUN:
            return "takes too long"
        words = [CHAINRULE, *shlex.split(command)[1:], "run", "--format", "json"]
        done = subprocess.run(words, capture_output=True, env=environment(), timeout=PATIENCE)
        assert done.returncode == 0, done.stderr
        fresh = json.loads(done.stdout)
        mine, theirs = comparable(shown, fresh), comparable(fresh, shown)
        other = {k: (mine.get(k), theirs.get(k)) for k in mine | theirs}
        assert mine == theirs, (command, {k: v for k, v in other.items() if v[0] != v[1]})
        return "the same"

    # what it takes of the machine

    def status(self, name: str) -> str:
        """What the system tells of the process: its State, VmRSS in kilobytes, Threads."""
        text = Path(f"/proc/{self.terminal.process.pid}/status").read_text()
        return str(re.findall(rf"^{name}:\s*(\w+)", text, re.MULTILINE)[0])

    def strays(self) -> list[Path]:
        """Files that nobody asked for."""
        found = [path for path in self.folder.rglob("*") if path.is_file()]
        return [path for path in found if not path.name.startswith("chainrule-")]


def comparable(one: dict[str, Any], other: dict[str, Any]) -> dict[str, Any]:
    """What two runs must have in common: not what is asked only now and then, or confirmed later.

    The test set is asked where a run stands still, and never at step 0.
    """
    told = {
        k: v for k, v in one.items() if v is not None or k not in ("test_loss", "test_accuracy")
    }
    told = {k: v for k, v in told.items() if k == "step" or other.get(k) is not None or v is None}
    verdict = {k: one["verdict"][k] for k in ("kind", "decades", "factor_per_layer")}
    return {**told, "verdict": verdict}


@contextmanager
def monkey_terminal(folder: Path, *arguments: str) -> Iterator[MonkeyTerminal]:
    """The app at work in new folders, its first wave at its end."""
    places = {name: folder / name for name in ("work", "home", "tmp")}
    for place in places.values():
        place.mkdir(parents=True, exist_ok=True)
    env = environment(HOME=str(places["home"]), TMPDIR=str(places["tmp"]))
    script = f'cd "$0" && ulimit -v {MOST_ADDRESSES} && exec "$@"'
    command = ("sh", "-c", script, str(places["work"]), CHAINRULE, *arguments)
    with in_pty(*command, size=(120, 40), env=env) as terminal:
        monkey = MonkeyTerminal(terminal, folder)
        monkey.at_rest()
        yield monkey
