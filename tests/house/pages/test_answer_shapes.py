"""What the API answers is declared once: no JSON Schema of an answer is written by hand."""

import ast

import pytest
from tree import calls, dotted, faults_of, modules, source

SHAPED_BY_A_TABLE = "issues.api.ticket.component"
"""The ticket's own schema derives from the table of its fields."""
WRITE_JSON = frozenset(
    {"issues.api.door.answers", "issues.api.admin.docs", "issues.api.ticket.page"}
)
"""One turns shapes into JSON; the others answer the document itself, and a ticket of a past day."""


def answers_no_shape(one):
    """An answer is the name of a shape, or a listing of one."""
    for call in calls(one.tree):
        if dotted(call.func) != "describes":
            continue
        for word in call.keywords:
            if word.arg == "answer" and not _is_shape(word.value):
                yield f"line {word.value.lineno} writes an answer's schema by hand"


def _is_shape(node):
    if isinstance(node, ast.Call):
        return dotted(node.func) == "Listing" and all(map(_is_shape, node.args))
    name = dotted(node).rpartition(".")[2]
    return name[:1].isupper() and not name.isupper()


def gives_a_schema(one):
    if one.name == SHAPED_BY_A_TABLE:
        return
    for call in calls(one.tree):
        if dotted(call.func).rpartition(".")[2] == "Given":
            yield f"line {call.lineno} gives a schema of its own; declare a Shape"


def writes_json(one):
    """A group of names answered without a shape."""
    if one.name in WRITE_JSON:
        return
    for call in calls(one.tree):
        if dotted(call.func) == "jsonify":
            yield f"line {call.lineno} answers names that no shape declares"


BAD = [
    (answers_no_shape, 'describes(TAG, "单位", answer={"type": "object"})'),
    (answers_no_shape, 'describes(TAG, "单位", answer=group({"code": text("代码")}))'),
    (answers_no_shape, 'describes(TAG, "单位", answer=Listing(ref("Unit")))'),
    (answers_no_shape, 'describes(TAG, "单位", answer=UNIT)'),
    (gives_a_schema, 'Unit = Given("Unit", {"type": "object"})'),
    (gives_a_schema, 'Unit = components.Given("Unit", UNIT)'),
    (writes_json, "answer = jsonify(code=unit.code)"),
    (writes_json, 'answer = jsonify({"code": unit.code})'),
]
GOOD = [
    (answers_no_shape, 'describes(TAG, "单位", answer=Listing(shapes.Unit))'),
    (answers_no_shape, 'describes(TAG, "单位", answer=Unit)'),
    (writes_json, "answer = shaped(Unit.of(unit))"),
]


@pytest.mark.parametrize(("check", "text"), BAD)
def test_the_check_finds_a_planted_fault(check, text):
    assert list(check(source("issues/api/admin/units.py", text)))


@pytest.mark.parametrize(("check", "text"), GOOD)
def test_the_check_leaves_good_code_alone(check, text):
    assert not list(check(source("issues/api/admin/units.py", text)))


@pytest.mark.parametrize("check", [answers_no_shape, gives_a_schema, writes_json])
def test_no_schema_of_an_answer_is_written_by_hand(check):
    assert faults_of(check, modules("issues/api")) == []
