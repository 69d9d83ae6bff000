"""JSON and TOML from outside are read in one place, within bounds."""

import ast

import pytest
from tree import calls, dotted, faults_of, nodes, product, source

HERE = "issues.ground.documents"
READERS = frozenset(
    {"json.loads", "json.load", "tomllib.loads", "tomllib.load", "request.get_json"}
)
OWN = {
    "issues.dossiers.verify": "runs alone, without the product",
    "issues.web.register.bulk": "the answer we kept",
    "issues.api.door.answers": "the answer we kept",
    "issues.personal": "a look we wrote",
    "issues.colour.settle": "firings we wrote",
    "issues.audit": "a detail made plain",
    "issues.backups": "a backup we wrote, compared by its sums",
    "issues.notices.delivery.volume": "a plan we wrote",
    "issues.notices.fonts.files": "written by the set-up",
    "issues.evidence.decoding": "between us and our own decoder",
    "issues.evidence.complainants": "what we sealed",
    "issues.exchange.workbook.marked_copy": "what mark_errors tells it, over a pipe",
    "issues.works.aside": "how far a piece is, as we wrote it",
    "issues.works.kept_records": "what we sealed",
    "issues.kept.content": "what we sealed",
    "issues.queries.ticket": "columns we wrote",
    "issues.search.initials": "a list that comes with a library, pinned as it is",
    "seed": "the data of the example, part of the product",
}
"""Who reads JSON that the product itself wrote, and what."""


def reads_documents(one):
    if one.name == HERE or any(one.name == name or one.name.startswith(f"{name}.") for name in OWN):
        return
    for call in calls(one.tree):
        if dotted(call.func) in READERS:
            yield f"line {call.lineno} calls {dotted(call.func)}; {HERE} reads what is from outside"
    for node in nodes(one.tree):
        if isinstance(node, ast.Attribute) and dotted(node) == "request.json":
            yield f"line {node.lineno} reads request.json; {HERE} reads what is from outside"
        if isinstance(node, ast.ImportFrom) and node.module in ("json", "tomllib"):
            yield f"line {node.lineno} imports from {node.module}"


BAD = [
    ("issues/web/supervision/policy.py", "x = tomllib.loads(text)"),
    ("issues/supervision/geojson.py", "x = json.loads(content)"),
    ("issues/api/door/sent.py", "x = request.get_json()"),
    ("issues/api/ticket/page.py", "x = request.json"),
    ("issues/commands/policy.py", "from json import loads"),
]
GOOD = [
    ("issues/ground/documents.py", "x = json.loads(text)"),
    ("issues/web/ticket/merge.py", "x = json.dumps(standing)"),
    ("issues/queries/ticket/page.py", "x = json.loads(row.names)"),
]


@pytest.mark.parametrize(("path", "text"), BAD)
def test_the_check_finds_a_planted_fault(path, text):
    assert list(reads_documents(source(path, text)))


@pytest.mark.parametrize(("path", "text"), GOOD)
def test_the_check_leaves_good_code_alone(path, text):
    assert not list(reads_documents(source(path, text)))


def test_documents_from_outside_are_read_in_one_place():
    assert faults_of(reads_documents, product()) == []
