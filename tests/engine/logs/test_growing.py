"""A file that is written, cut, moved away and begun anew while it is read."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from engine.logs.growing import GrowingFile
from engine.numerics.errors import SettingError


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Of a file that holds eight bytes."""
    path = tmp_path / "log"
    path.write_bytes(b"01234567")
    return path


@pytest.fixture
def file(path: Path) -> Iterator[GrowingFile]:
    """It, opened."""
    file = GrowingFile(path)
    yield file
    file.close()


def test_any_place_is_read_as_it_is_now(file: GrowingFile, path: Path) -> None:
    """No bytes that were there before."""
    assert (file.read(2, 3), file.read(6, 9), file.read(8, 1), file.size) == (b"234", b"67", b"", 8)
    with path.open("r+b") as same:
        same.write(b"abcdefghi")
    assert (file.began_anew(8), file.read(0, 9), file.size) == (False, b"abcdefghi", 9)


def test_a_file_that_was_cut_began_anew(file: GrowingFile, path: Path) -> None:
    """Unless nothing of it was read beyond."""
    with path.open("r+b") as same:
        same.truncate(4)
    assert (file.began_anew(4), file.began_anew(5)) == (False, True)


def test_another_file_in_its_place_began_anew(file: GrowingFile, path: Path) -> None:
    """And is read from then on; while there is none, the old one is."""
    path.rename(path.with_name("old"))
    assert (file.began_anew(8), file.read(0, 9)) == (False, b"01234567")
    path.write_bytes(b"another, longer")
    assert (file.began_anew(8), file.read(0, 7)) == (True, b"another")
    assert not file.began_anew(7)


def test_what_is_no_file_is_said(file: GrowingFile, path: Path) -> None:
    """Also where it stands in the place of one that was."""
    path.unlink()
    path.mkdir()
    with pytest.raises(SettingError, match="file_not_regular"):
        file.began_anew(8)
    with pytest.raises(SettingError, match="file_unreadable"):
        GrowingFile(path / "none")
