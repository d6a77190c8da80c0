"""No sentence and no label for people outside `tui/words`."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.sentences import PLACE, is_sentence, literals, text_of
from tui.words.settings import FORMULA_WORDS

ROOT = Path(__file__).parents[3]
DISPLAYS = {"Binding": 2, "Static": 0, "Label": 0, "Text": 0}
"""Calls that show what stands at that place, where a single word is a label too."""


def product_files() -> list[Path]:
    """The files that should speak in codes; the recorder is copied to where there are no words."""
    files = [*ROOT.glob("engine/**/*.py"), *ROOT.glob("tui/**/*.py")]
    names = {file: str(file.relative_to(ROOT)) for file in files}
    return sorted(f for f in files if not names[f].startswith(("tui/words/", "engine/pytorch/")))


def labels(tree: ast.AST) -> Iterator[ast.expr]:
    """Literals that a widget shows, of one word at least."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            at = DISPLAYS.get(node.func.id, len(node.args))
            if at < len(node.args) and re.search(r"[A-Za-z]{2}", text_of(node.args[at]) or ""):
                yield node.args[at]


def found_in(source: str) -> list[tuple[int, str]]:
    """Line and text of every sentence and label."""
    tree = ast.parse(source)
    sentences = [node for node in literals(tree) if is_sentence(text_of(node) or "")]
    found = {(node.lineno, text_of(node) or "") for node in [*sentences, *labels(tree)]}
    return sorted(
        (at, text.replace(PLACE, "{}")) for at, text in found if text not in FORMULA_WORDS
    )


@pytest.mark.parametrize("file", product_files(), ids=lambda file: str(file.relative_to(ROOT)))
def test_no_sentence_stands_outside_the_words(file: Path) -> None:
    """Codes and numbers everywhere else."""
    assert found_in(file.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    "source",
    [
        'say("nothing to undo")',
        'say(f"speed {speed:g}")',
        'TITLES = {"a": "Next activation"}',
        'raise UsageError("needs a keyboard")',
        'yield Static("Settings")',
        'Binding("escape", "dismiss", "Close")',
        'x = text or "not measured yet"',
    ],
)
def test_a_sentence_is_found(source: str) -> None:
    """Wherever it stands."""
    assert found_in(source)


@pytest.mark.parametrize(
    "source",
    [
        '"""What a module is for."""',
        'raise ValueError("two words")',
        'class A:\n    DEFAULT_CSS = "A { width: auto; }"',
        'Activation("relu", formula="x where x is positive")',
        'f"view_{name}"',
        'name == "xavier_normal"',
        'f"{before} -> {after}"',
        'Activation("relu", "z if z > 0 else 0")',
    ],
)
def test_codes_are_none(source: str) -> None:
    """Docstrings, errors of the programmer, styles, formulas and ids."""
    assert not found_in(source)
