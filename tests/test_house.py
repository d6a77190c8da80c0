"""The order of the house: small files, few folders, a docstring each, tests that stand alone."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PRODUCT = sorted(path for top in ("engine", "tui") for path in (ROOT / top).rglob("*.py"))
TESTS = sorted((ROOT / "tests").rglob("*.py"))
LONGEST = 300


def test_no_file_is_too_long_to_be_read_in_one_sitting() -> None:
    """Product and tests."""
    lines = {path: path.read_text().count("\n") for path in PRODUCT + TESTS}
    assert [path for path, count in lines.items() if count > LONGEST] == []


@pytest.mark.parametrize(("top", "folders", "files"), [("engine", 11, 2), ("tui", 10, 4)])
def test_the_top_folders_stay_few(top: str, folders: int, files: int) -> None:
    """A new one is a decision."""
    inside = [path for path in (ROOT / top).iterdir() if path.name[0] not in "_."]
    assert len([path for path in inside if path.is_dir()]) <= folders
    assert len(list((ROOT / top).glob("*.py"))) <= files


def test_every_product_file_says_what_it_is_for() -> None:
    """In its docstring."""
    silent = [p for p in PRODUCT if not p.read_text().startswith('"""')]
    assert silent == []


def test_no_test_file_needs_another() -> None:
    """What several need is in tests/support or in a fixture."""
    # a name of a test file after it, in the line or in the parentheses that it opens
    imports = re.compile(r"^\s*(?:from|import) tests\b[^\n(]*(?:\([^)]*)?\btest_", re.M)
    assert imports.search("from tests.tui import (\n    other,\n    test_house,\n)")
    assert [path for path in TESTS if imports.search(path.read_text())] == []
