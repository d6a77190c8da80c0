"""The recorder as a file that somebody copies."""

import ast
import sys

from engine.pytorch import gradient_log

LONGEST = 150


def test_the_recorder_can_be_copied() -> None:
    """It is short, imports nothing but the standard library, and torch only inside functions."""
    with open(gradient_log.__file__, encoding="utf-8") as file:
        text = file.read()
    assert text.count("\n") <= LONGEST
    tree = ast.parse(text)
    found: dict[bool, set[str]] = {True: set(), False: set()}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import | ast.ImportFrom):
            names = [each.name for each in node.names]
            names = names if isinstance(node, ast.Import) else [node.module or "."]
            found[node in tree.body] |= {name.partition(".")[0] for name in names}
    assert found[False] == {"torch"}
    assert found[True] <= sys.stdlib_module_names
