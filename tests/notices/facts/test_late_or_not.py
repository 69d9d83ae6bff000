"""What a paper asks presupposes nothing: a cause of lateness is sought where something is late."""

import pytest
from notice_facts import issue, red_card
from notice_steps import draft
from pressed import noon, overdue

from issues.notices import kinds
from issues.notices.facts.gather import facts_for
from issues.vocabulary import IN_CHECKING, NoticeKind, Rule, Status

CAUSES = ("逾期原因", "滞后原因", "逾期和滞后原因")
BEHIND = ("原因", "补救措施", "赶上序时进度", "仍未")
DONE = [{"no": 1, "text": "清运垃圾", "done": True}]
HALF = [*DONE, {"no": 2, "text": "修复护坡", "done": False}]
TODAY = noon("2025-11-25")


def asked_of(kind, *rules, **changes):
    """What a paper asks and threatens, of one ticket on which these rules fired."""
    reasons = [{"rule": rule, "label": Rule(rule).label, "because": "见规则"} for rule in rules]
    ticket = issue(**{"reasons": reasons, "card": None, "deadline": "2025-12-31"} | changes)
    return asked(red_card(kind=kind, demands=[], issues=[ticket]))


def asked(facts):
    text = "\n".join(one.text for one in kinds.compose(facts).body)
    return text[max(text.find("二、工作建议"), text.find("二、督办要求"), 0) :]


@pytest.mark.parametrize("kind", ["N1", "N2", "N3"])
@pytest.mark.parametrize(
    ("rules", "cause"),
    [
        (("R1",), "逾期原因"), (("Y3",), "逾期原因"), (("Y2",), "滞后原因"),
        (("R2", "R1"), "逾期和滞后原因"), (("Y1",), ""), (("Y5", "R5"), ""), ((), ""),
    ],
)  # fmt: skip
def test_a_cause_is_sought_where_something_is_late(kind, rules, cause):
    told = asked_of(kind, *rules)

    assert ("查明" in told) == bool(cause)
    assert [one for one in CAUSES if f"查明{one}，" in told] == ([cause] if cause else [])


def test_a_lighter_rule_within_a_graver_one_is_late_too():
    graver = {"rule": "R5", "label": "曝光", "because": "见规则",
              "within": [{"rule": "Y2", "label": "滞后", "because": "见规则"}]}  # fmt: skip

    assert "查明滞后原因，" in asked_of("N1", reasons=[graver])


@pytest.mark.parametrize("kind", ["N1", "N2"])
def test_nobody_has_to_catch_up_who_is_not_behind(kind):
    late, on_time = asked_of(kind, "Y2"), asked_of(kind)

    assert [word for word in BEHIND if word in late]
    assert [word for word in BEHIND if word in on_time] == []


@pytest.mark.parametrize("kind", ["N1", "N2", "N3"])
@pytest.mark.parametrize(
    "status", [*sorted(IN_CHECKING, key=list(Status).index), Status.STANDING, Status.CLOSED]
)
def test_nothing_undone_is_spoken_of_where_all_is_handed_in(kind, status):
    told = asked_of(kind, status_label=status.label, progress=DONE)

    assert "未完成事项" not in told
    assert not any(said in told for said in ("确保在整改时限内完成", "尽快完成整改", "推进整改"))


@pytest.mark.parametrize(
    ("status", "progress", "is_told"),
    [
        (Status.STANDING, HALF, True), (Status.STANDING, [], False),
        (Status.RECTIFYING, HALF, True), (Status.RECTIFYING, DONE, False),
        (Status.PLANNING, [], True), (Status.PUBLICITY, HALF, False),
    ],
)  # fmt: skip
def test_what_is_undone_is_read_from_the_measures(status, progress, is_told):
    told = asked_of("N1", status_label=status.label, progress=progress)

    assert ("未完成事项" in told) is is_told


def test_nobody_is_held_to_a_deadline_that_there_is_not():
    told = asked_of("N1", deadline=None, deadline_text="")

    assert "时限内" not in told
    assert "持续推进整改" in told


def test_papers_of_real_tickets_ask_what_their_record_says(people, make_issue):
    """A red one, a green one, one in its 公示: as a person would draft them."""
    tickets = {
        "late": overdue(people),
        "green": make_issue(Status.RECTIFYING),
        "shown": make_issue(Status.PUBLICITY),
    }
    told = {}
    for name, ticket in tickets.items():
        paper = draft(people, ticket, NoticeKind.N1)
        given = {"demands": [], "consequence": ""}
        facts = facts_for(paper.kind, paper.issues, paper.unit, TODAY, paper.facts | given)
        told[name] = asked(facts)

    assert "查明逾期原因，明确补救措施" in told["late"]
    for name in ("green", "shown"):
        assert [word for word in BEHIND if word in told[name]] == []
    assert "加快推进未完成事项" in told["green"]
    assert "未完成" not in told["shown"]
