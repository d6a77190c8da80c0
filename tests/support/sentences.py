"""Sentences among the literals of the code."""

import ast
import re
from collections.abc import Iterator

FOR_PROGRAMMERS = {
    "AssertionError",
    "KeyError",
    "LookupError",
    "NotImplementedError",
    "RuntimeError",
    "TypeError",
    "ValueError",
}
"""Exceptions whose text no user of the program reads."""

NOT_WORDS = {"DEFAULT_CSS", "CSS"}
"""Names of constants that hold another language."""

OTHER_LANGUAGES = {"formula", "style", "classes", "header_style", "title_style"}
"""Keyword arguments that hold formulas and styles."""

MATHEMATICS = {"else", "eta", "exp", "if", "mu", "phi"}
"""Words that formulas are made of."""

WORD = re.compile(r"[A-Za-z][a-z]+(?:['-][a-z]+)*")
PLACE = "\0"


def text_of(node: ast.AST) -> str | None:
    """A literal's text, a null character for each value in an f-string."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(text_of(part) or PLACE for part in node.values)
    return None


def is_sentence(text: str) -> bool:
    """Two words with a space between them, or one beside a value."""
    tokens = [token.strip(".,:;()[]\"'…!?·→") for token in text.split()]
    words = [token for token in tokens if WORD.fullmatch(token) and token not in MATHEMATICS]
    return len(words) >= 2 or (len(words) == 1 and PLACE in tokens)


def is_for_programmers(raised: ast.expr | None) -> bool:
    """Whether what is raised is an error of the code, not of a person."""
    return (
        isinstance(raised, ast.Call)
        and isinstance(raised.func, ast.Name)
        and raised.func.id in FOR_PROGRAMMERS
    )


def literals(node: ast.AST) -> Iterator[ast.expr]:
    """The literals under a node that could be for people."""
    if isinstance(node, ast.Expr) and text_of(node.value) is not None:
        return
    if isinstance(node, ast.Assert):
        yield from literals(node.test)
        return
    if isinstance(node, ast.Raise) and is_for_programmers(node.exc):
        return
    if isinstance(node, ast.Assign | ast.AnnAssign):
        targets = node.targets if isinstance(node, ast.Assign) else [node.target]
        if any(isinstance(target, ast.Name) and target.id in NOT_WORDS for target in targets):
            return
    if isinstance(node, ast.keyword) and node.arg in OTHER_LANGUAGES:
        return
    if isinstance(node, ast.expr) and text_of(node) is not None:
        yield node
        return
    for child in ast.iter_child_nodes(node):
        yield from literals(child)
