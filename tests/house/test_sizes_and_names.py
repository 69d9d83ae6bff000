"""A module, a function and a template stay small; nothing is called by a name that says nothing."""

import ast
import re
import tomllib
from collections import Counter
from pathlib import Path

import pytest
from tree import ROOT, committed, faults_of, modules, nodes, product, read, source

MODULE, FUNCTION, TEMPLATE, TEST_MODULE = 250, 40, 150, 400
SAYS_NOTHING = frozenset(
    "base common helper helpers manager managers misc shared stuff util utils".split()  # noqa: SIM905
)
FUNCTIONS = ast.FunctionDef | ast.AsyncFunctionDef
UNFINISHED = re.compile(r"\b(TODO|FIXME|XXX|BUILDING)\b")
OF_A_MACHINE = re.compile(
    r"(?<![\w.])/(?:work|root|home|Users)/\w|(?:registry\.npm|pypi\.|npmmirror|proxy\.golang)[\w.]*"
)
LOCK = "package-lock.json"


def is_long(one, limit=MODULE):
    lines = max((getattr(node, "end_lineno", 0) for node in nodes(one.tree)), default=0)
    if lines >= limit:
        yield f"{lines} lines, {limit} at most"


def is_a_long_test(one):
    return is_long(one, TEST_MODULE)


def has_long_functions(one):
    for node in nodes(one.tree):
        if isinstance(node, FUNCTIONS) and node.end_lineno - node.lineno + 1 >= FUNCTION:
            yield f"{node.name} has {node.end_lineno - node.lineno + 1} lines"


def says_nothing(one):
    for part in one.name.split("."):
        if part in SAYS_NOTHING:
            yield f"{part!r} names nothing"


def has_no_docstring(one):
    if not ast.get_docstring(one.tree):
        yield "does not say what lives here"


SHORT = "def f():\n    pass\n"
BAD = [
    (is_long, "issues/acts.py", "\n" * (MODULE - 1) + "x = 1"),
    (has_long_functions, "issues/acts.py", "def f():\n" + "    x = 1\n" * (FUNCTION - 1)),
    (has_long_functions, "issues/acts.py", "class A:\n    def f(self):\n" + "        x = 1\n" * 39),
    (says_nothing, "issues/utils.py", SHORT),
    (says_nothing, "issues/common/colours.py", SHORT),
    (has_no_docstring, "issues/acts.py", SHORT),
]


@pytest.mark.parametrize(("check", "path", "text"), BAD)
def test_the_check_finds_a_planted_fault(check, path, text):
    assert list(check(source(path, text)))


@pytest.mark.parametrize("check", [is_long, has_long_functions, says_nothing, has_no_docstring])
def test_the_check_leaves_good_code_alone(check):
    assert not list(check(source("issues/acts.py", f'"""Acts."""\n{SHORT}')))


@pytest.mark.parametrize("check", [is_long, has_long_functions, says_nothing, has_no_docstring])
def test_the_product_is_made_of_small_named_parts(check):
    assert faults_of(check, [*product(), *modules("tools", "bench"), read(ENV)]) == []


@pytest.mark.parametrize("check", [is_a_long_test, says_nothing])
def test_the_tests_are_small_too(check):
    assert faults_of(check, modules("tests")) == []


ENV = ROOT / "migrations" / "env.py"


def test_a_template_is_short():
    long = {
        path.relative_to(ROOT).as_posix(): count
        for path in sorted((ROOT / "templates").rglob("*.*"))
        if (count := len(path.read_text(encoding="utf-8").splitlines())) >= TEMPLATE
    }

    assert long == {}


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        (UNFINISHED, "# TODO: later"),
        (OF_A_MACHINE, "cd /work/main"),
        (OF_A_MACHINE, "see /home/somebody/notes"),
        (OF_A_MACHINE, "https://pypi.org/simple"),
    ],
)
def test_the_pattern_finds_a_planted_fault(pattern, text):
    assert pattern.search(text)


@pytest.mark.parametrize("pattern", [UNFINISHED, OF_A_MACHINE])
def test_no_file_is_unfinished_or_speaks_of_one_machine(pattern):
    found = [
        f"{name}:{number}: {line.strip()[:100]}"
        for name, text in committed()
        if name not in {LOCK, "tests/house/test_sizes_and_names.py"}
        for number, line in enumerate(text.splitlines(), 1)
        if pattern.search(line)
    ]

    assert found == []


def doubled(paths):
    """Names that two modules shared between tests bear: only one of them could be imported."""
    names = Counter(path.name for path in paths)
    return sorted(name for name, count in names.items() if count > 1)


def is_shared(path):
    return not path.name.startswith("test_") and path.name != "conftest.py"


def test_a_doubled_name_is_found():
    assert doubled([Path("a/rows.py"), Path("b/rows.py"), Path("b/tree.py")]) == ["rows.py"]


def test_what_tests_share_can_be_told_apart_and_is_found():
    shared = [path for path in (ROOT / "tests").rglob("*.py") if is_shared(path)]
    pytest_settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    searched = pytest_settings["tool"]["pytest"]["ini_options"]["pythonpath"]

    assert doubled(shared) == []
    assert {path.parent.relative_to(ROOT).as_posix() for path in shared} <= set(searched)
