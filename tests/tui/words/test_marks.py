"""Messages are marked where they are found, and translated when they are read."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from tests.support.sentences import is_sentence, literals, text_of

ROOT = Path(__file__).parents[3]
TRANSLATE, MARK = {"_", "p_", "n_", "each"}, "later"
ENGLISH_ALONE = {
    "actions.py": {
        "sigmoid, tanh, relu, gelu",
        "xavier, he, lecun, orthogonal, small, unit",
    },
    "command_line.py": {
        "--lang {lang} needs more than ASCII, which is all that is shown here",
        # argparse's own, beside what is said instead
        "positional arguments",
        "show this help message and exit",
        "ignored explicit argument %r",
        "expected one argument",
    },
}
"""Names, and what is for a terminal without Chinese."""

FOR_MAINTAINERS = {"faults.py"}
"""The report of a fault is read by those who mend it."""

FUNCTIONS = ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda | ast.GeneratorExp


def calls(node: ast.AST, names: set[str], inside: bool) -> Iterator[ast.Call]:
    """Calls of functions of those names, those `inside` of functions, too."""
    for child in ast.iter_child_nodes(node):
        called = child.func if isinstance(child, ast.Call) else None
        if isinstance(child, ast.Call) and isinstance(called, ast.Name) and called.id in names:
            yield child
        if inside or not isinstance(child, FUNCTIONS):
            yield from calls(child, names, inside)


@cache
def tree(source: str) -> ast.Module:
    """A file, taken apart once."""
    return ast.parse(source)


def marked_out_of_place(source: str) -> list[int]:
    """Lines outside the words where a literal is marked: nobody extracts it."""
    found = calls(tree(source), TRANSLATE | {MARK}, inside=True)
    return [c.lineno for c in found if any(isinstance(a, ast.Constant) for a in c.args)]


def translated_too_early(source: str) -> list[int]:
    """Lines that translate when a file is imported: that stays as it is."""
    return [call.lineno for call in calls(tree(source), TRANSLATE, inside=False)]


def unmarked(source: str) -> list[str]:
    """Sentences that nobody could translate."""
    marked = calls(tree(source), TRANSLATE | {MARK}, inside=True)
    inside = {node for call in marked for node in ast.walk(call)}
    texts = {text_of(node) or "" for node in literals(tree(source)) if node not in inside}
    return sorted(text for text in texts if is_sentence(text))


def files() -> list[Path]:
    """All that speaks."""
    return sorted((ROOT / "tui").rglob("*.py"))


def test_every_message_is_marked_among_the_words() -> None:
    """Where it is extracted from."""
    others = (path for path in files() if path.parent.name != "words")
    found = {path.name: marked_out_of_place(path.read_text(encoding="utf-8")) for path in others}
    assert {name: lines for name, lines in found.items() if lines} == {}


def test_no_message_is_translated_on_import() -> None:
    """A key may change the language at any time."""
    found = {path.name: translated_too_early(path.read_text(encoding="utf-8")) for path in files()}
    assert {name: lines for name, lines in found.items() if lines} == {}


def test_every_sentence_among_the_words_is_marked() -> None:
    """Or it would stay English in every language."""
    for path in (ROOT / "tui" / "words").glob("*.py"):
        if path.name not in FOR_MAINTAINERS:
            found = unmarked(path.read_text(encoding="utf-8"))
            assert set(found) == ENGLISH_ALONE.get(path.name, set()), path.name


@pytest.mark.parametrize(
    ("source", "is_found"),
    [
        ('def f():\n    return "no layer learns"', True),
        ('X = {"a": "no layer learns"}', True),
        ('def f(n):\n    return f"layer {n} learns"', True),
        ('X = later("no layer learns")', False),
        ('def f():\n    return _("layer {n} learns").format(n="φ W")', False),
        ('"""What no layer learns."""', False),
        ('X = "{value}"', False),
    ],
)
def test_an_unmarked_sentence_is_found(source: str, is_found: bool) -> None:
    """Wherever it stands."""
    assert bool(unmarked(source)) is is_found


@pytest.mark.parametrize(
    ("source", "is_out_of_place", "is_early"),
    [
        ('X = _("a")', True, True),
        ('def f():\n    return _("a")', True, False),
        ('X = {"a": lambda: _(Y)}', False, False),
        ("class A:\n    X = each(Y)", False, True),
        ('X = later("a")', True, False),
    ],
)
def test_a_wrong_mark_is_found(source: str, is_out_of_place: bool, is_early: bool) -> None:
    """Outside the words, or on import."""
    assert bool(marked_out_of_place(source)) is is_out_of_place
    assert bool(translated_too_early(source)) is is_early
