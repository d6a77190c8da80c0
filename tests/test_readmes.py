"""The README in each language: the same commands, code, keys, flags and pictures."""

import re
from pathlib import Path

ROOT = Path(__file__).parent.parent
ENGLISH, CHINESE = ((ROOT / name).read_text() for name in ("README.md", "README.zh.md"))

_BLOCK = re.compile(r"^```\w+\n(.*?)^```", re.MULTILINE | re.DOTALL)

OF_ONE = {'action = "key"', '操作 = "键"', "--lang zh"}
"""What is in the words of one language, or meant for its readers."""


def code(text: str) -> list[str]:
    """Lines of code without their comments."""
    lines = [line for block in _BLOCK.findall(text) for line in block.splitlines()]
    return [re.sub(r"\s+# .*", "", line) for line in lines]


def named(text: str) -> set[str]:
    """Keys, flags, files and commands within the text."""
    found = re.findall(r"`([^`]+)`", _BLOCK.sub("", text))
    return {" ".join(name.split()) for name in found} - OF_ONE


def test_both_have_the_same_code() -> None:
    """Set-ups first of all."""
    assert code(ENGLISH) == code(CHINESE)
    assert len(code(ENGLISH)) > 10


def test_both_name_the_same() -> None:
    """What one knows the other tells, too."""
    assert named(ENGLISH) == named(CHINESE)


def test_both_have_the_same_pictures_and_tables() -> None:
    """In the same order."""
    for pattern in (r"!\[[^]]*\]\(([^)]*)\)", r"(?m)^\|([^|]*)\|[^|]*\|([^|]*)\|[^|]*\|$"):
        rows = [re.findall(pattern, text) for text in (ENGLISH, CHINESE)]
        # the heads of the table are words
        assert rows[0][1:] == rows[1][1:]
        assert rows[0]
