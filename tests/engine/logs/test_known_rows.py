"""Which rows have been read before."""

import pytest

from engine.logs.known_rows import AnotherRowError, KnownRows


def test_rows_are_new_once() -> None:
    """However often the file is read from its start."""
    rows = KnownRows()
    assert [rows.is_new(row) for row in "aab"] == [True] * 3
    rows.begin()
    assert [rows.is_new(row) for row in "aabcd"] == [False] * 3 + [True] * 2
    rows.begin()
    assert not rows.is_new("a")
    with pytest.raises(AnotherRowError):
        rows.is_new("b")
