"""The real app on a real ssh server, behind a slow link or none, and keys pressed in it."""

import math
import os
import random
import shlex
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path

from tests.pty.answering import AnsweringTerminal, answering
from tests.pty.harness import CHAINRULE
from tests.pty.key_answers import METRICS, Press
from tests.pty.slow_link import Link, slow_link
from tests.pty.sshd import SshServer

DEPTH = 20
"""Layers, if nothing else is said."""
LEFT, RIGHT, END = b"\x1b[D", b"\x1b[C", b"\x1b[F"
BETWEEN_KEYS = (0.2, 0.4)
"""Seconds; at random, so that keys meet frames at any moment."""

BEFORE_PICTURE = 1000
"""Bytes by which a terminal is taken, at most."""

NARROW, WIDE = (80, 24), (120, 40)
_TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class RemoteApp:
    """What its user sees of it, and its process."""

    terminal: AnsweringTerminal
    process: int

    def cpu(self) -> float:
        """Seconds of processor that it has used, the system's share included."""
        return cpu_seconds(self.process)

    def wait_for_first_picture(self) -> None:
        """Until the first bytes of the first wave are there."""
        terminal = self.terminal
        terminal.wait_until(lambda: terminal.bytes_between(0.0, math.inf) > BEFORE_PICTURE)

    def wait_for_start(self) -> None:
        """Until the first wave is over and nothing moves."""
        self.wait_for_first_picture()
        self.terminal.rest(1.0)

    def press_metrics(self, count: int, rng: random.Random) -> list[Press]:
        """The key that changes the metric, so often; at the start it shows the first one."""
        return [
            self._press(b"m", Press(0.0, -2, METRICS[i % len(METRICS)]), rng)
            for i in range(1, count + 1)
        ]

    def press_cursor(self, layers: Iterable[int], rng: random.Random) -> list[Press]:
        """The cursor from the last layer to these, each beside the one before."""
        self.terminal.send(END)
        self.terminal.wait(1.0)
        presses, before = [], DEPTH
        for layer in layers:
            key = LEFT if layer < before else RIGHT
            presses.append(self._press(key, Press(0.0, -4, f"layer {layer} "), rng))
            before = layer
        return presses

    def _press(self, key: bytes, press: Press, rng: random.Random) -> Press:
        self.terminal.wait(rng.uniform(*BETWEEN_KEYS))
        return press._replace(when=self.terminal.send(key))


def cpu_seconds(process: int) -> float:
    """Seconds of processor that a process has used, the system's share included."""
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / _TICKS


@contextmanager
def remote_app(
    server: SshServer,
    *flags: str,
    size: tuple[int, int] = NARROW,
    link: Link | None = None,
    program: str = CHAINRULE,
    **variables: str,
) -> Iterator[RemoteApp]:
    """In 256 colours, as ssh leaves it, where it is narrow; in all colours where it is wide."""
    colours = {"COLORTERM": "truecolor"} if size == WIDE else {}
    settings = {"LANG": "C.UTF-8", "CHAINRULE_CONFIG": "", **colours, **variables}
    with (
        nullcontext(server.port) if link is None else slow_link(link, server.port) as port,
        tempfile.TemporaryDirectory(prefix="remote") as folder,
    ):
        note = Path(folder, "process")
        words = ["env", *(f"{name}={value}" for name, value in settings.items()), program, *flags]
        remote = f"echo $$ >{note}; exec {shlex.join(words)}"
        with answering(*server.command(port), remote, size=size) as terminal:
            terminal.wait_until(lambda: note.exists() and note.read_text() != "")
            yield RemoteApp(terminal, int(note.read_text()))
