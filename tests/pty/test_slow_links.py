"""The real app on a real ssh server behind slow links.

The bounds are generous, for busy machines; `tests.benchmarks.terminal` prints what is measured.
"""

import statistics
from collections.abc import Iterator

import pytest

from tests.pty.link_measures import (
    DEEP,
    key_seconds,
    keys_of_several,
    opened_and_closed,
    training_rate,
    wave_bytes,
)
from tests.pty.remote_app import NARROW, WIDE, remote_app
from tests.pty.slow_link import Link
from tests.pty.sshd import SshServer, ssh_server

pytestmark = pytest.mark.heavy

NEAR, FAR = Link(50e3, 0.05), Link(200e3, 0.15)


@pytest.fixture(scope="module")
def server() -> Iterator[SshServer]:
    """One for all."""
    with ssh_server() as server:
        yield server


def test_a_wave_is_few_bytes(server: SshServer) -> None:
    """However many frames it has."""
    assert 5e3 < wave_bytes(server, WIDE, DEEP) < 80e3


def test_training_is_few_bytes(server: SshServer) -> None:
    """In the view where the most changes."""
    rate, _ = training_rate(server, WIDE, "training")
    assert 500 < rate < 20e3


@pytest.mark.parametrize(
    ("playing", "link", "size", "median", "worst"),
    [
        ("start wave", NEAR, WIDE, 0.4, 1.0),
        ("training, view 1", NEAR, WIDE, 0.4, 1.0),
        ("training, view 4", FAR, NARROW, 0.6, 1.2),
    ],
)
def test_keys_are_answered_soon(
    server: SshServer,
    playing: str,
    link: Link,
    size: tuple[int, int],
    median: float,
    worst: float,
) -> None:
    """While the screen moves, and after a while as at first."""
    seconds, _ = key_seconds(server, playing, link, size)
    half = len(seconds) // 2
    assert statistics.median(seconds) < median
    assert max(seconds) < worst
    assert statistics.median(seconds[half:]) < statistics.median(seconds[:half]) + 0.2


def test_a_new_picture_is_there_soon(server: SshServer) -> None:
    """Views, panels, help, and the way back."""
    for key, picture in opened_and_closed(server, NEAR, WIDE, trains=False):
        assert picture.seconds < 1.4, key
        assert 100 < picture.size < 30e3, key


def test_five_at_once(server: SshServer) -> None:
    """All training on one machine."""
    assert statistics.median(keys_of_several(server, 5, keys=4)) < 0.5


def test_rest_is_rest(server: SshServer) -> None:
    """Some seconds after the last key not one byte comes, also where the link is told of."""
    with remote_app(server) as app:
        app.wait_for_start()
        app.terminal.send(b"#")
        app.terminal.send(b"a")
        app.terminal.wait(10.0)
        start = app.terminal.now()
        app.terminal.wait(5.0)
        assert app.terminal.bytes_between(start, app.terminal.now()) == 0
