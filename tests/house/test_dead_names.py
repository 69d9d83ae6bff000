"""Nothing is kept that nobody names: a definition no other line speaks of is dead."""

import ast
import re
from collections import Counter

import pytest
from tree import ROOT, TOP, product, source

WORD = re.compile(r"[A-Za-z_]\w*")
GATHERED = "issues/rules/each/"
"""Records that their folder gathers, whatever they are called."""


@pytest.fixture(scope="module")
def named():
    """How often each word stands in the product, its templates, its migrations and its tools."""
    places = ("issues", "auth", "seed", "tools", "bench", "migrations", "templates")
    files = [
        path
        for place in places
        for path in (ROOT / place).rglob("*")
        if path.suffix in {".py", ".html", ".txt", ".xml"}
    ]
    files += [ROOT / name for name in (*TOP, "Makefile")]
    return Counter(
        word for path in files for word in WORD.findall(path.read_text(encoding="utf-8"))
    )


def defined(tree):
    """The module's own functions without a decorator, classes and constants."""
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.decorator_list:
            yield node.name
        elif isinstance(node, ast.Assign):
            yield from (one.id for one in node.targets if isinstance(one, ast.Name))
        elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            yield node.target.id


def dead(module, named):
    return [name for name in defined(module.tree) if named[name] <= 1]


def test_every_definition_is_named_somewhere(named):
    found = {
        module.path: names
        for module in product()
        if not module.path.startswith(GATHERED) and (names := dead(module, named))
    }

    assert found == {}


def test_a_dead_definition_is_found(named):
    text = "LEFT_OVER_NUMBER = 1\ndef left_over_step():\n    return 2\nclass Issue:\n    pass\n"

    assert dead(source("issues/x.py", text), named) == ["LEFT_OVER_NUMBER", "left_over_step"]
