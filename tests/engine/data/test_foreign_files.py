"""What is no file that can be read is one clear error, at once."""

import os
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from engine import SettingError
from engine.data.foreign_files import MAX_TEXT_BYTES, read_bytes, read_text
from tui.words.errors import error_text


def refused(path: Path, limit: int = MAX_TEXT_BYTES) -> str:
    """The line that says why a file is not read."""
    with pytest.raises(SettingError) as caught:
        read_bytes(path, limit)
    return error_text(caught.value)


@pytest.fixture
def listening(tmp_path: Path) -> Iterator[Path]:
    """A socket with a name."""
    path = tmp_path / "socket"
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(path))
        yield path


def test_what_is_no_regular_file_is_refused_at_once(tmp_path: Path, listening: Path) -> None:
    """Pipes that nobody writes to, endless devices, folders, sockets, and links to them."""
    os.mkfifo(tmp_path / "pipe")
    places = (tmp_path / "pipe", Path("/dev/zero"), Path("/dev/tty"), tmp_path, listening)
    for number, place in enumerate(places):
        link = tmp_path / f"{number}.csv"
        link.symlink_to(place)
        for path in (place, link):
            assert "not a regular file" in refused(path)


def test_what_is_no_regular_file_is_not_even_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever writes to a pipe would see that it was; one that takes a file's place is opened."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    opened: list[int] = []
    plain = os.open

    def noted(path: str, flags: int) -> int:
        opened.append(plain(path, flags))
        return opened[-1]

    (tmp_path / "file").touch()
    before = (tmp_path / "file").stat()
    with monkeypatch.context() as patch:
        patch.setattr(os, "open", noted)
        assert "not a regular file" in refused(pipe)
        assert not opened
        patch.setattr(os, "stat", lambda path, **named: before)
        assert "not a regular file" in refused(pipe)
    assert len(opened) == 1


def test_names_that_lead_nowhere(tmp_path: Path) -> None:
    """Links in a circle, names that are too long, impossible or not there."""
    (tmp_path / "a").symlink_to(tmp_path / "b")
    (tmp_path / "b").symlink_to(tmp_path / "a")
    assert "symbolic links" in refused(tmp_path / "a")
    assert "too long" in refused(tmp_path / ("x" * 300))
    assert "too long" in refused(Path("x/" * 3000))
    assert "No such file" in refused(tmp_path / "missing")
    assert "Not a directory" in refused(Path(os.devnull) / "x")
    for impossible in ("a\0b", "half a pair \ud800"):
        assert "cannot be the name of a file" in refused(Path(impossible))


def test_a_name_that_is_not_utf_8_is_a_name(tmp_path: Path) -> None:
    """As Python has it from the command line."""
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xff.toml"))
    path.write_bytes(b"depth = 3")
    assert read_text(path) == "depth = 3"


def test_a_file_that_may_not_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The system refuses; root would be let in."""

    def forbidden(path: str, flags: int) -> int:
        raise PermissionError(13, "", path)

    (tmp_path / "x").touch()
    monkeypatch.setattr(os, "open", forbidden)
    assert "Permission denied" in refused(tmp_path / "x")


def test_a_file_is_read_up_to_its_limit(tmp_path: Path) -> None:
    """One byte more is refused with both numbers, unread: a sparse file of 20 GB costs nothing."""
    path = tmp_path / "data"
    path.write_bytes(b"x" * 10)
    assert read_bytes(path, 10) == b"x" * 10
    assert "holds 10 bytes; allowed up to 9" in refused(path, 9)
    os.truncate(path, 20 * 10**9)
    assert "holds 20,000,000,000 bytes; allowed up to 1,000,000" in refused(path)


@pytest.mark.skipif(not Path("/proc/self/maps").exists(), reason="needs /proc")
def test_a_file_that_does_not_know_its_size() -> None:
    """All of it, or more than the limit: never only its beginning."""
    assert Path("/proc/self/maps").stat().st_size == 0
    assert len(read_bytes(Path("/proc/self/maps"), MAX_TEXT_BYTES)) > 4096
    assert "holds more than 100 bytes" in refused(Path("/proc/self/maps"), 100)


def test_text_is_utf_8_with_or_without_its_mark(tmp_path: Path) -> None:
    """Nothing else."""
    path = tmp_path / "text"
    path.write_bytes(b"\xef\xbb\xbfdepth = 3")
    assert read_text(path) == "depth = 3"
    path.write_bytes("depth = 3".encode("utf-16"))
    with pytest.raises(SettingError, match="file_not_text"):
        read_text(path)
