"""An ssh server of the test's own, with keys that it makes and a port that nobody else has."""

import getpass
import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.pty.harness import until

_CONFIG = """\
ListenAddress 127.0.0.1
Port {port}
HostKey {folder}/host
AuthorizedKeysFile {folder}/user.pub
PidFile none
StrictModes no
UsePAM no
PasswordAuthentication no
KbdInteractiveAuthentication no
PermitRootLogin prohibit-password
"""


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _listening(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


@dataclass(frozen=True)
class SshServer:
    """A server that runs, and the key that it takes."""

    port: int
    key: Path

    def command(self, port: int | None = None) -> tuple[str, ...]:
        """The words before a command that runs it there in a terminal, perhaps by another port."""
        return (
            *("ssh", "-tt", "-q", "-F", "none", "-i", str(self.key)),
            *("-o", "IdentitiesOnly=yes", "-o", "StrictHostKeyChecking=no"),
            *("-o", "UserKnownHostsFile=/dev/null", "-o", "ConnectTimeout=10"),
            *("-p", str(port or self.port), f"{getpass.getuser()}@127.0.0.1"),
        )


@contextmanager
def ssh_command() -> Iterator[tuple[str, ...]]:
    """The words to put before a command so that it runs over ssh in a terminal."""
    with ssh_server() as server:
        yield server.command()


@contextmanager
def ssh_server() -> Iterator[SshServer]:
    """A server on this machine."""
    server = shutil.which("sshd") or "/usr/sbin/sshd"
    if os.geteuid() == 0:
        # sshd locks its unprivileged half up in there and does not start without it
        Path("/run/sshd").mkdir(mode=0o755, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="sshd") as name:
        folder, port = Path(name), _free_port()
        for key in ("host", "user"):
            subprocess.run(
                ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", folder / key], check=True
            )
        config, log = folder / "config", folder / "log"
        config.write_text(_CONFIG.format(port=port, folder=folder))
        process = subprocess.Popen([server, "-D", "-f", config, "-E", log])
        try:
            until(
                lambda: _listening(port) or process.poll() is not None,
                lambda: log.read_text() if log.exists() else "",
            )
            assert process.poll() is None, log.read_text()
            yield SshServer(port, folder / "user")
        finally:
            process.terminate()
            process.wait(timeout=10)
