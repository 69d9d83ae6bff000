"""The documents of security: each claim names a test that is there, or whose business it is."""

import ast
import re
from functools import cache

import pytest
from tree import ROOT

from issues.vocabulary import Role

FOLDER = ROOT / "docs" / "security"
TABLES = ("要求与测试.md", "威胁模型.md", "数字.md")
NAMED = re.compile(r"`(tests/[\w/]+\.py)::(test_\w+)`")
OF_OTHERS = re.compile(r"部署方：\S")
UNMEASURED = "未测"
CLAUSES = [f"CN-{number:02}" for number in range(1, 28)]
ASVS = (
    "1.2.1-3 1.3.1 1.3.5 3.2.2 1.2.4 1.2.5 1.3.7 1.3.10 1.2.10 1.3.4 1.3.6 13.2.4-5 15.3.2 1.3.11"
    " 1.3.12 1.2.9 1.5.1-3 2.3.1 2.3.3-5 2.4.1 3.2.1 3.4.4 3.3.1-4 3.4.1 3.4.3 3.4.5-6 3.4.8 3.5.8"
    " 3.4.2 3.5.1-3 3.7.2 5.1.1 5.2.1-6 5.3.1-3 5.4.1-3 6.2.1-12 6.1.1 6.3.1-3 6.3.5 6.3.8 6.4.1"
    " 6.4.3 6.4.6 6.5.1-5 7.2.3-4 7.3.1-2 7.4.1-3 7.4.5 7.5.1-3 8.2.1-3 8.4.1 8.3.2 11.2.1-2 11.3.3"
    " 11.4.2 11.5.1 13.3.1 13.4.1-6 14.2.1-2 14.2.5-8 14.3.1-2 15.3.3-4 15.3.7 15.4.1-4 16.2.1-5"
    " 16.3.1-4 16.4.1-3 16.5.1-4 15.1.2 15.2.1"
)
"""The items that were chosen; `1.2.1-3` stands for three."""


def rows(text):
    """The cells of every row of a table, without heads."""
    for line in text.splitlines():
        if line.startswith("| ") and not line.startswith("| ---"):
            cells = [cell.strip() for cell in line.strip("|").split("|")]
            if cells[0] not in {"编号", "角色", "#"}:
                yield cells


def faults(cells):
    """A claim nobody proves, and a test that is not there."""
    proof = cells[-1]
    named = NAMED.findall(proof)
    if not named and not OF_OTHERS.search(proof) and proof != UNMEASURED:
        yield f"{cells[0]} names no test, nor whose it is"
    for file, test in named:
        if test not in named_in(file):
            yield f"{cells[0]} names {file}::{test}, which is not there"


@cache
def named_in(file):
    path = ROOT / file
    if not path.is_file():
        return frozenset()
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return frozenset(node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))


def read(name):
    return (FOLDER / name).read_text(encoding="utf-8")


def spelt_out(items):
    for item in items.split():
        first, _, last = item.partition("-")
        chapter, _, number = first.rpartition(".")
        yield from (f"{chapter}.{each}" for each in range(int(number), int(last or number) + 1))


HERE = "tests/house/words/test_security_documents.py"


@pytest.mark.parametrize(
    "proof",
    [
        "", "有测试", "部署方：", "部署方", f"`{HERE}::test_that_is_not_there`",
        "`tests/nowhere.py::test_x`",
        f"`{HERE}::test_a_claim_without_proof_is_found` `tests/nowhere.py::test_x`",
    ],
)  # fmt: skip
def test_a_claim_without_proof_is_found(proof):
    assert list(faults(["CN-01", "要求", proof]))


@pytest.mark.parametrize(
    "proof",
    ["部署方：防火墙", "未测", f"`{HERE}::test_a_claim_without_proof_is_found`；部署方：证书"],
)
def test_a_proven_claim_is_left_alone(proof):
    assert not list(faults(["CN-01", "要求", proof]))


@pytest.mark.parametrize("name", TABLES)
def test_each_claim_names_a_test_that_is_there_or_whose_it_is(name):
    found = list(rows(read(name)))

    assert len(found) > 10
    assert [fault for cells in found for fault in faults(cells)] == []


def test_every_clause_and_item_has_its_row():
    named = [word for cells in rows(read("要求与测试.md")) for word in cells[0].split()]

    assert sorted(named) == sorted([*CLAUSES, *spelt_out(ASVS)])


def test_every_role_stands_in_the_threat_model():
    told = {cells[0] for cells in rows(read("威胁模型.md"))}

    assert {role.label for role in Role} - told == set()


def test_every_figure_that_was_promised_is_there():
    told = [cells[0] for cells in rows(read("数字.md"))]

    assert told == [str(n) for n in (*range(1, 29), 32)]
