"""The files of the project, and how a checker is shown at fault before it is believed."""

import ast
import subprocess
from functools import cache
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[2]
PRODUCT = ("auth", "issues", "seed")
TOP = ("app.py", "config.py", "config_values.py", "extensions.py")


class Source(NamedTuple):
    """One module: its path below the root, its dotted name, its syntax tree."""

    path: str
    name: str
    tree: ast.Module


def source(path, text):
    name = path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
    return Source(path, name, ast.parse(text))


def modules(*folders):
    """Every module of these folders of the tree."""
    found = (path for folder in folders for path in (ROOT / folder).rglob("*.py"))
    return [read(path) for path in sorted(found)]


def product():
    return [read(ROOT / name) for name in TOP] + modules(*PRODUCT)


@cache
def read(path):
    """Read and parsed once: no test writes into the tree."""
    return source(path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8"))


def committed():
    """Every text file that is or will be committed."""
    listed = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard", "-z"],  # noqa: S607 - the machine's git
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    for name in sorted(set(filter(None, listed.stdout.split("\0")))):
        path = ROOT / name
        if path.is_file():
            data = path.read_bytes()
            if b"\0" not in data:
                yield name, data.decode("utf-8")


def faults_of(check, sources):
    """Every fault one checker finds, each with the file it stands in."""
    return [f"{one.path}: {fault}" for one in sources for fault in check(one)]


@cache
def nodes(tree):
    """Every node of a module's tree, walked once."""
    return tuple(ast.walk(tree))


def calls(tree):
    return [node for node in nodes(tree) if isinstance(node, ast.Call)]


def dotted(node):
    """`datetime.now` of the expression that says so; empty for anything else."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        before = dotted(node.value)
        return f"{before}.{node.attr}" if before else node.attr
    return ""
