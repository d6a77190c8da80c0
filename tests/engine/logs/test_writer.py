"""A log that grows: in no other file's place, and of whole lines whatever happens."""

import errno
import os
import stat
from collections.abc import Callable
from pathlib import Path
from threading import Thread

import pytest

from engine import SettingError
from engine.logs.writer import LogFile
from tui.words.errors import error_text


def refused(path: Path, overwrites: bool = False) -> str:
    """Why no log is begun there, in words."""
    with pytest.raises(SettingError) as caught:
        LogFile(path, overwrites)
    text = error_text(caught.value)
    assert text.isprintable()
    return text


def test_every_line_is_in_the_file_at_once(tmp_path: Path) -> None:
    """Whoever follows it sees it."""
    path = tmp_path / "a"
    file = LogFile(path)
    for count, line in enumerate(("one", "two"), 1):
        file.put(line)
        assert path.read_text().splitlines() == ["one", "two"][:count]
        assert file.lines == count
    file.close()
    (tmp_path / "b").touch()
    assert path.stat().st_mode == (tmp_path / "b").stat().st_mode


def test_another_file_stays_what_it_is(tmp_path: Path) -> None:
    """Also one that a link leads to, or would; unless it is to be overwritten."""
    path, link, dangling = tmp_path / "a", tmp_path / "link", tmp_path / "dangling"
    path.write_text("mine")
    link.symlink_to(path)
    dangling.symlink_to(tmp_path / "elsewhere")
    for each in (path, link, dangling):
        assert "is there already" in refused(each)
        assert "--force" in refused(each)
    assert path.read_text() == "mine"
    assert not (tmp_path / "elsewhere").exists()
    file = LogFile(link, overwrites=True)
    file.put("x")
    file.close()
    assert (path.read_text(), link.is_symlink()) == ("x\n", True)
    LogFile(dangling, overwrites=True).close()
    assert (tmp_path / "elsewhere").read_text() == ""


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("missing/a", "No such file or directory"),
        ("file/a", "Not a directory"),
        (".", "Is a directory"),
        ("a" * 300, "File name too long"),
        ("\0", "cannot be the name of a file"),
        ("\ud800", "cannot be the name of a file"),
    ],
)
def test_where_nothing_can_be_written(name: str, why: str, tmp_path: Path) -> None:
    """It is said, whether or not a file may be overwritten, and nothing is left."""
    (tmp_path / "file").touch()
    for overwrites in (False, True):
        assert why in refused(tmp_path / name, overwrites)
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


@pytest.mark.parametrize("kind", [errno.EACCES, errno.EROFS])
def test_a_folder_that_may_not_be_written_to(
    kind: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As the system says it."""

    def fail(*_: object) -> int:
        raise OSError(kind, os.strerror(kind))

    monkeypatch.setattr(os, "open", fail)
    assert os.strerror(kind) in refused(tmp_path / "a")


def test_a_disk_is_not_written_to(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever may be overwritten."""
    path, ordinary = tmp_path / "sda", os.stat
    path.write_text("a file system")

    class Disk:
        st_mode = stat.S_IFBLK

    monkeypatch.setattr(os, "stat", lambda it, **_: Disk() if it == path else ordinary(it))
    assert "is a disk" in refused(path, overwrites=True)
    monkeypatch.undo()
    assert path.read_text() == "a file system"


def test_a_pipe_is_written_to_as_it_is(tmp_path: Path) -> None:
    """It waits for its reader; one that goes away is an error."""
    path, read = tmp_path / "pipe", []
    os.mkfifo(path)
    reader = Thread(target=lambda: read.append(path.read_text()))
    reader.start()
    file = LogFile(path)
    file.put("one")
    file.close()
    reader.join()
    assert read == ["one\n"]
    descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
    file = LogFile(path)
    os.close(descriptor)
    with pytest.raises(BrokenPipeError):
        file.put("two")
    file.close()


def test_a_full_disk_is_an_error() -> None:
    """As soon as there is a line."""
    file = LogFile(Path("/dev/full"))
    with pytest.raises(OSError, match="No space"):
        file.put("one")
    file.close()


def out_of_space() -> None:
    """A disk without room."""
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def interrupted() -> None:
    """Somebody presses ctrl+c."""
    raise KeyboardInterrupt


@pytest.mark.parametrize("end", [out_of_space, interrupted])
def test_half_a_line_is_taken_back(
    end: Callable[[], None], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The disk took a part of it; with room again it goes on where it was."""
    file, write = LogFile(tmp_path / "a"), os.write
    calls: list[int] = []
    file.put("one")

    def half(descriptor: int, content: bytes) -> int:
        if calls:
            end()
        calls.append(1)
        return write(descriptor, content[: len(content) // 2])

    monkeypatch.setattr(os, "write", half)
    with pytest.raises((OSError, KeyboardInterrupt)):
        file.put("a longer line")
    monkeypatch.undo()
    assert (tmp_path / "a").read_text() == "one\n"
    file.put("two")
    file.close()
    assert (tmp_path / "a").read_text() == "one\ntwo\n"
    assert file.lines == 2
