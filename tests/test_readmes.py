"""The README in each language: the same commands, code, keys, flags and files."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
ENGLISH, CHINESE = ((ROOT / name).read_text() for name in ("README.md", "README.zh.md"))

_BLOCK = re.compile(r"^```\w+\n(.*?)^```", re.MULTILINE | re.DOTALL)


def code(text: str) -> list[str]:
    """Lines of code without their comments."""
    lines = [line for block in _BLOCK.findall(text) for line in block.splitlines()]
    return [re.sub(r"\s+# .*", "", line) for line in lines]


def named(text: str, pattern: str) -> set[str]:
    """What is named outside code."""
    return set(re.findall(pattern, _BLOCK.sub("", text)))


def test_both_have_the_same_code() -> None:
    """Set-ups first of all."""
    assert code(ENGLISH) == code(CHINESE)


@pytest.mark.parametrize(
    "pattern",
    [
        r"--[a-z][a-z-]+",
        r"\(([\w./]+\.(?:svg|md))\)",
        r"chainrule (?:config|completion|run|doctor|list|tour|quiz)\b",
        r"\b[A-Z]+_?[A-Z]+=\S*?(?=[`)）,，])",
        r"^\|[^|]*`[^|]*\|",
    ],
)
def test_both_name_the_same(pattern: str) -> None:
    """Flags, pictures and files, commands, variables, and keys."""
    only = r"README(?:\.zh)?\.md|docs/glossary\.zh\.md|--lang"
    english, chinese = (
        {name for name in named(text, f"(?m){pattern}") if not re.fullmatch(only, name)}
        for text in (ENGLISH, CHINESE)
    )
    assert english == chinese
    assert english
