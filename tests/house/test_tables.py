"""Every act stands in every table that must know it, and every word has its own Chinese."""

import re
from collections import Counter

import pytest
from tree import ROOT

from issues import vocabulary
from issues.act_fields import FIELDS
from issues.rights.scopes import NONE, Scope
from issues.rights.table import TABLE, Right
from issues.vocabulary import ADMINISTRATORS, UNIT_ROLES, Action, Role, Status, Word
from issues.workflow import TRANSITIONS
from issues.workflow.parties import ACCEPTING, REPORTING

BESIDE_THE_WORKFLOW = {Action.IMPORT, Action.UPLOAD, Action.REPLACE}
"""Import writes whole ledgers, evidence is kept by issues/evidence: neither is a form of an act."""
KINDS = sorted(
    (kind for kind in vars(vocabulary).values()
     if isinstance(kind, type) and issubclass(kind, Word) and kind is not Word),
    key=lambda kind: kind.__name__,
)  # fmt: skip
CHINESE = re.compile(r"[一-鿿]")
CODE = re.compile(r"[a-z_]+|[A-Z]{2}|[YRN]\d|[1-7]|[一-鿿]{1,2}")


def test_the_tables_of_acts_know_the_same_acts():
    performed = set(Action) - BESIDE_THE_WORKFLOW

    assert set(TRANSITIONS) == performed
    assert set(FIELDS) == performed
    assert set(TABLE) == {*Action, *Right}


def test_every_cell_of_the_rights_is_filled():
    for power, row in TABLE.items():
        assert set(row) == set(Role), power
        assert all(isinstance(scope, Scope) for scope in row.values()), power


def test_somebody_may_do_each_thing_and_nobody_everything():
    for power, row in TABLE.items():
        holders = {role for role, scope in row.items() if scope}
        assert holders, power
        assert holders != set(Role), power


def test_the_three_administrators_do_nothing_on_a_ticket():
    for action in Action:
        assert {TABLE[action][role] for role in ADMINISTRATORS} == {NONE}, action


RUNNING = (
    Right.CALENDAR,
    Right.FILL_CALENDAR,
    Right.FONTS,
    Right.OUTBOX,
    Right.JOBS,
    Right.OPERATIONS,
    Right.SET_QUOTA,
    Right.RESET_PRACTICE,
    Right.FIRST_WEEK,
)
"""What keeps the product running and tells nothing of its business."""


def test_each_administrator_keeps_to_one_matter():
    for role, rights in zip(
        (Role.SYSADMIN, Role.SECADMIN, Role.AUDITOR),
        (
            {
                Right.ACCOUNTS,
                Right.UNITS,
                Right.ALIASES,
                Right.REGIONS,
                Right.SET_UP,
                *RUNNING,
            },
            {Right.GRANTS},
            {Right.HISTORY, Right.SEE_TAKEN_BACK},
        ),
        strict=True,
    ):
        assert {power for power in TABLE if TABLE[power][role]} == rights | {Right.REVIEW_ACCOUNTS}


def test_units_act_only_through_a_relation():
    for power, row in TABLE.items():
        for role in UNIT_ROLES:
            assert not row[role].everything, (power, role)


def test_no_act_is_both_reporting_and_accepting():
    assert not REPORTING & ACCEPTING


def test_every_status_is_left_by_some_act_or_is_an_end():
    left = {status for transition in TRANSITIONS.values() for status in transition.origins}
    ends = {Status.MERGED, Status.WITHDRAWN}

    assert ends <= left, "a remark may stand on any ticket"
    assert Status.TAKEN_BACK not in left, "only an import brings it again"
    moved = [TRANSITIONS[action].origins for action in TRANSITIONS if action is not Action.COMMENT]
    assert set().union(*moved) == set(Status) - ends - {Status.TAKEN_BACK}


@pytest.mark.parametrize("kind", KINDS)
def test_a_word_has_a_plain_code_and_a_chinese_label_of_its_own(kind):
    labels = Counter(word.label for word in kind)

    assert [label for label, count in labels.items() if count > 1] == []
    for word in kind:
        assert CHINESE.search(word.label), word
        assert CODE.fullmatch(word.value), word
        assert len(word.value) <= 32, word


def test_every_field_is_asked_for_in_chinese():
    for action, fields in FIELDS.items():
        names = [field.name for field in fields]
        assert len(names) == len(set(names)), action
        for field in _with_inner(fields):
            assert CHINESE.search(field.label), (action, field.name)


def acts_named_in(texts):
    """The acts that some test names, as the word or by its code."""
    text = "\n".join(texts)
    return {
        action
        for action in Action
        if re.search(rf"Action\.{action.name}\b", text) or f'"{action.value}"' in text
    }


def test_every_act_is_done_in_some_test_of_a_page_or_of_the_api():
    folders = ("web", "api")
    texts = [
        path.read_text(encoding="utf-8")
        for folder in folders
        for path in (ROOT / "tests" / folder).rglob("*.py")
    ]

    assert set(Action) - acts_named_in(texts) == set()


def test_an_act_without_a_test_is_found():
    assert acts_named_in(["do(Action.CLOSE)", 'post("merge")']) == {Action.CLOSE, Action.MERGE}


def _with_inner(fields):
    for field in fields:
        yield field
        yield from _with_inner(field.fields)
