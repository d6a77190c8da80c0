"""Files that overwrite nothing, and are whole or not there."""

import errno
import os
import stat
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

import pytest

from tui.config.new_files import write_new


def no_links(*_: object) -> None:
    """A memory stick."""
    raise PermissionError(errno.EPERM, os.strerror(errno.EPERM))


def full(*_: object, **__: object) -> None:
    """A disk without room, which may be found out as late as this."""
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


@pytest.mark.parametrize("link", [os.link, no_links])
def test_files_are_numbered(
    link: Callable[..., None], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first free number, and nothing is touched: neither a file nor where a link leads."""
    monkeypatch.setattr(os, "link", link)
    (tmp_path / "a-2.txt").symlink_to(tmp_path / "elsewhere")
    (tmp_path / "a-3.txt").mkdir()
    for number, expected in enumerate(("a.txt", "a-4.txt", "a-5.txt")):
        assert write_new(tmp_path, "a", "txt", str(number)).name == expected
    assert (tmp_path / "a.txt").read_text() == "0\n"
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        *("a-2.txt", "a-3.txt", "a-4.txt", "a-5.txt", "a.txt")
    ]


@pytest.mark.parametrize(
    ("owner", "step"), [(os, "fsync"), (Path, "replace"), (Path, "touch"), (Path, "open")]
)
def test_a_disk_that_fills_leaves_nothing(
    owner: object, step: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever fails: neither half a file nor an empty one, nor one of another name."""
    monkeypatch.setattr(os, "link", no_links)
    monkeypatch.setattr(owner, step, full)
    with pytest.raises(OSError, match="No space"):
        write_new(tmp_path, "a", "txt", "text")
    assert list(tmp_path.iterdir()) == []


def test_who_may_read_a_file_is_as_for_any_other(tmp_path: Path) -> None:
    """By the umask."""
    (tmp_path / "b").touch()
    modes = [path.stat().st_mode for path in (tmp_path / "b", write_new(tmp_path, "a", "txt", ""))]
    assert stat.S_IMODE(modes[0]) == stat.S_IMODE(modes[1])


def test_what_utf_8_does_not_know_is_escaped(tmp_path: Path) -> None:
    """A name of a file may hold it."""
    assert write_new(tmp_path, "a", "txt", "\udcff").read_text() == "\\udcff\n"


def test_several_who_write_at_once_have_a_file_each(tmp_path: Path) -> None:
    """Two apps in one folder: each file is whole, and none is another's."""
    texts = [str(number) * 5000 for number in range(8)]
    with ThreadPoolExecutor(len(texts)) as several:
        paths = list(several.map(partial(write_new, tmp_path, "a", "txt"), texts))
    assert [path.read_text().strip() for path in paths] == texts
    assert sorted(paths) == sorted(tmp_path.iterdir())
