"""The state machine as one table: where each act leads, against the life of a ticket on paper."""

import re

import pytest
from tree import ROOT

from issues.vocabulary import Action, Status
from issues.workflow.transitions import SAME, TRANSITIONS, Transition, WrongTurn

pytestmark = pytest.mark.both
ROW = re.compile(r"\| `(\w+)` [^|]*\| ([^|]+) \| ([^|]+) \|")


def told():
    """(origins, where to) by act, from the table of docs/rules.md."""
    page = (ROOT / "docs/rules.md").read_text(encoding="utf-8")
    words = {status.value: {status} for status in Status}
    words |= {
        "open": OPEN_ON_PAPER,
        "any": set(Status) - {Status.TAKEN_BACK},
        "-": set(),
        "same": set(),
    }
    for act, origins, to in ROW.findall(page.partition("## 事项的一生")[2].partition("\n## ")[0]):
        yield act, *(set().union(*(words[w] for w in re.findall(r"`([\w-]+)`", cell)))
                     for cell in (origins, to))  # fmt: skip


OPEN_ON_PAPER = {
    Status.ASSIGNED, Status.PLANNING, Status.PLAN_REVIEW, Status.RECTIFYING,
    Status.FIRST_ACCEPTANCE, Status.SITE_CHECK, Status.APPROVAL, Status.PUBLICITY, Status.STANDING,
}  # fmt: skip


def test_the_table_of_the_page_is_the_table_of_the_product():
    paper = {act: (origins, to) for act, origins, to in told()}
    product = {action.value: (set(one.origins), set(one.to)) for action, one in TRANSITIONS.items()}

    assert paper == product


def test_an_act_that_leads_elsewhere_is_stopped(make_issue, monkeypatch):
    issue = make_issue(Status.ASSIGNED)
    astray = Transition(frozenset({Status.ASSIGNED}), SAME, lambda _: Status.CLOSED)
    monkeypatch.setitem(TRANSITIONS, Action.ACKNOWLEDGE, astray)

    with pytest.raises(WrongTurn, match="acknowledge: assigned -> closed"):
        make_issue.act(Action.ACKNOWLEDGE, issue, "chen")
    assert issue.status is Status.ASSIGNED
