"""Every act that is written into the history has a Chinese word where the auditor reads it."""

import ast

import pytest
from tree import product, source

from extensions import transaction
from issues.colour.policies import setting
from issues.ground import clock
from issues.queries.admin.history import ACTS, OTHER, SUBJECTS, Wanted, records
from issues.supervision import campaigns, drafts


def recorded(module):
    """The (subject, act) of each `audit.record(…)` that names both by a text or a constant."""
    known = {}
    for node in module.tree.body:
        if isinstance(node, ast.Assign):
            known |= dict(_constants(node))
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "audit.record":
            subject, action = (_text(node.args[place], known) for place in (0, 2))
            if subject and action:
                yield subject, action


def _constants(node):
    target, value = node.targets[0], node.value
    if isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple):
        pairs = zip(target.elts, value.elts, strict=True)
    else:
        pairs = [(target, value)]
    for name, held in pairs:
        if isinstance(name, ast.Name) and isinstance(held, ast.Constant):
            yield name.id, held.value


def _text(node, known):
    if isinstance(node, ast.Constant):
        return node.value
    return known.get(node.id) if isinstance(node, ast.Name) else None


def test_every_act_in_the_code_has_its_word():
    found = {pair for module in product() for pair in recorded(module)}

    assert ("setting", "set_quota") in found
    assert {pair for pair in found if pair[0] not in SUBJECTS} == set()
    assert {pair for pair in found if pair[1] not in ACTS[pair[0]]} == set()


def test_an_act_without_a_word_is_found():
    text = 'THING, WHAT = "thing", "done"\naudit.record(THING, 1, WHAT, actor, at=at)\n'

    assert list(recorded(source("issues/x.py", text))) == [("thing", "done")]


@pytest.mark.usefixtures("app")
def test_a_draft_and_a_setting_are_told_in_words(people):
    with transaction():
        drafts.begin(people.sun, clock.now())
        campaigns.end(people.sun, at=clock.now())

    lines = records(Wanted()).lines

    assert setting(campaigns.SETTING) is None
    assert {(line.subject, line.act) for line in lines} >= {
        ("规则修订稿", "起草修订稿"), ("设置", "更改看板单列的批次"),
    }  # fmt: skip
    assert OTHER not in {line.act for line in lines}
