"""Files that overwrite nothing."""

from pathlib import Path

from tui.views.export import write_new


def test_files_are_numbered(tmp_path: Path) -> None:
    """The first free number, and nothing is touched."""
    for number, expected in enumerate(("a.txt", "a-2.txt", "a-3.txt")):
        assert write_new(tmp_path, "a", "txt", str(number)).name == expected
    assert (tmp_path / "a.txt").read_text() == "0\n"
