"""A paper fits how its ticket stands: no lighter card than the one that hangs, no second 交办, and
nobody is told to be in time where the deadline has gone by."""

import pytest
from notice_facts import issue, red_card
from notice_steps import do, draft
from pressed import noon, overdue, press

from extensions import db
from issues.ground.refusals import Incomplete
from issues.models import Notice
from issues.notices import kinds
from issues.notices.readiness import draft_now
from issues.vocabulary import Action, NoticeAct, NoticeKind, NoticeStatus, Status

TODAY = noon("2025-11-25")


def ready_of(notice):
    notice = db.session.get(Notice, notice.id)
    return draft_now(notice, TODAY, press().faces(), is_example=False)


def text_of(facts):
    return "".join(one.text for one in kinds.compose(facts).body)


@pytest.mark.parametrize(("colour", "is_signed"), [("red", False), ("yellow", True)])
def test_a_yellow_card_is_not_announced_where_a_red_one_hangs(
    people, make_issue, colour, is_signed
):
    ticket = overdue(people)
    make_issue.act(Action.RAISE_CARD, ticket, "sun", colour=colour, reason="久拖未改")
    paper = draft(people, ticket, NoticeKind.N2)

    if is_signed:
        assert do(NoticeAct.SIGN, paper, people.zhou).status is NoticeStatus.SIGNED
        return
    with pytest.raises(Incomplete) as refused:
        do(NoticeAct.SIGN, paper, people.zhou)
    told = "".join(refused.value.errors["document"])
    assert f"{ticket.number}现挂红牌，不能再予以黄牌督办，请改用督办通知书（红牌）。" in told


def test_a_second_handing_over_is_told_before_it_is_signed(people, make_issue):
    ticket = make_issue(Status.RECTIFYING)
    first = draft(people, ticket, NoticeKind.N0)
    assert not any("请核对是否仍需印发" in said for said in ready_of(first).doubts)
    number = do(NoticeAct.SIGN, first, people.sun).number

    again = draft(people, ticket, NoticeKind.N0)

    asked = f"{ticket.number}已印发交办通知（{number}），请核对是否仍需印发。"
    assert asked in ready_of(again).doubts


@pytest.mark.parametrize("kind", ["N1", "N2"])
@pytest.mark.parametrize(
    ("deadline", "advice"),
    [("2025-11-25", "确保在整改时限内完成"), ("2025-11-24", "尽快完成整改")],
)
def test_nobody_is_told_to_be_in_time_after_the_deadline(kind, deadline, advice):
    told = text_of(red_card(kind=kind, demands=[], issues=[issue(deadline=deadline, card=None)]))

    other = {"确保在整改时限内完成", "尽快完成整改"} - {advice}
    assert advice in told
    assert not any(said in told for said in other)


@pytest.mark.parametrize(("day", "is_asked"), [("2025-12-06", True), ("2025-12-08", False)])
def test_a_meeting_on_a_day_off_is_asked_about(people, day, is_asked):
    paper = draft(people, overdue(people), NoticeKind.N4)
    do(NoticeAct.EDIT, paper, people.sun, {"meeting_on": day})

    doubts = ready_of(paper).doubts

    assert any("不是工作日，请核对" in said for said in doubts) is is_asked
