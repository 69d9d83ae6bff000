"""A notice from its draft to its answer: who may, what is frozen, what it does to the colour."""

from dataclasses import replace

import pytest
from notice_steps import TODAY, do, draft, hold_round, keep_paper, returned, rules_of, text_of
from pressed import ANSWER, long_red, noon, overdue, plan_rows, planned, press
from sqlalchemy import select

from auth.models import Unit
from extensions import db, transaction
from issues import acts as ticket_acts, audit, workflow
from issues.ground.refusals import Incomplete, NotAllowed, NotFound, Stale, WrongStatus
from issues.imprints import checking
from issues.models import Event, Issue, Notice
from issues.notices import drafting
from issues.notices.facts.gather import facts_for
from issues.notices.facts.publicity import public_notice
from issues.notices.rights import load
from issues.notices.signing import frozen, redrawn
from issues.supervision import calendar
from issues.vocabulary import Action, NoticeKind, NoticeStatus, Rule, Status

WORDS = {
    "N4": {
        "meeting_place": "市政府三楼会议室",
        "meeting_host": "赵副市长",
        "meeting_attendees": ["区长"],
    },
    "N7": {"clue_text": "未按方案落实管网修复责任。"},
}
"""What only a person knows of a summons and of a referral."""


@pytest.mark.both
def test_the_whole_line_of_a_red_notice(people):
    issue = planned(people)
    notice = draft(people, issue)
    assert notice.status is NoticeStatus.DRAFT
    assert notice.number is None

    do("edit", notice, people.sun, {"contact_phone": "0827-1234567"})
    do("sign", notice, people.zhou)
    notice = load(notice.id, people.chen)

    assert notice.number == "巴环委办督〔2025〕1号"
    assert (notice.sign_due.isoformat(), notice.reply_due.isoformat()) == (
        "2025-11-27", "2025-11-28",
    )  # fmt: skip
    pdf = frozen(notice, press())
    assert pdf.startswith(b"%PDF")
    assert redrawn(notice, press().faces()) == pdf
    assert notice.facts["contact"]["phone"] == "0827-1234567"
    told = [reason["rule"] for reason in notice.facts["issues"][0]["reasons"]]
    assert {"R1", "R2"} <= set(told)
    assert told == sorted(told, key=lambda rule: not rule.startswith("R"))

    do("acknowledge", notice, people.chen, {"name": "陈某", "phone": "0827-7654321"})
    paper = keep_paper(people, issue)
    do("reply", notice, people.chenlead, {"text": f"已制定追赶计划。{ANSWER}", **paper})
    notice = load(notice.id, people.sun)
    assert notice.acknowledged_name == "陈某"
    assert notice.reply.startswith(f"已制定追赶计划。{ANSWER}\n追赶计划：\n1. 增加班组")
    assert notice.reply_evidence == [int(one) for one in paper["evidence"]]
    mine = select(Event.action).where(Event.subject == "notice", Event.subject_id == notice.id)
    told = db.session.scalars(mine.order_by(Event.seq)).all()
    assert told == ["draft", "edit", "sign", "acknowledge", "reply"]
    assert list(audit.faults("x")) == []
    assert list(checking.faults()) == []


def test_a_trigger_drafts_once_in_one_occurrence(people):
    issue = overdue(people)

    def once(occurrence):
        with transaction():
            fresh = db.session.get(Issue, issue.id)
            return drafting.draft(NoticeKind.N3, [fresh], "held_red", occurrence, people.sun, TODAY)

    assert once("2025-11-01") is not None
    assert once("2025-11-01") is None
    assert once("2025-12-01") is not None
    made = select(Notice).where(Notice.trigger == "held_red")
    assert len(db.session.scalars(made).all()) == 2


@pytest.mark.by_turns
@pytest.mark.parametrize(
    ("kind", "signer", "others"),
    [
        ("N0", "sun", ["zhou", "zhao", "lin"]),
        ("N1", "sun", ["zhou", "zhao"]),
        ("N2", "zhou", ["sun", "zhao"]),
        ("N3", "zhou", ["sun", "zhao", "he"]),
        ("N4", "zhao", ["sun", "zhou"]),
        ("N5", "zhou", ["sun", "zhao"]),
        ("N6", "zhao", ["sun", "zhou"]),
        ("N7", "zhao", ["sun", "zhou"]),
        ("N8", "sun", ["zhou", "zhao"]),
    ],
)
def test_every_kind_is_signed_by_the_one_its_table_names(people, kind, signer, others):
    issue = planned(people)
    if kind == "N8":
        returned(people, issue)
    if kind == "N5":
        with transaction():
            hold_round(people, "2025-11-20")
    if kind == "N6":
        long_red(issue)
    by = "zhou" if kind == "N7" else "sun"
    notice = draft(people, issue, NoticeKind(kind), by=by)
    do("edit", notice, people[by], WORDS.get(kind, {}))

    for name in others:
        with pytest.raises(NotAllowed):
            do("sign", notice, people[name])
    do("sign", notice, people[signer])

    signed = load(notice.id, people.sun)
    assert signed.status is NoticeStatus.SIGNED
    assert signed.number.endswith("〔2025〕1号")
    assert frozen(signed, press()).startswith(b"%PDF")


def test_n7_is_the_heads_alone_to_draft(people):
    issue = overdue(people)

    with pytest.raises(NotAllowed):
        draft(people, issue, NoticeKind.N7, by="sun")
    with pytest.raises(NotAllowed):
        draft(people, issue, NoticeKind.N3, by="zhou")
    assert draft(people, issue, NoticeKind.N7, by="zhou").unit.code == "511900-HWB"


def test_a_unit_sees_only_what_was_signed_and_sent_to_it(people):
    issue = overdue(people)
    notice = draft(people, issue)

    with pytest.raises(NotFound):
        load(notice.id, people.chen)
    do("sign", notice, people.zhou)

    assert load(notice.id, people.chen).id == notice.id
    for name in ("wu", "liu", "sysadmin", "auditor"):
        with pytest.raises(NotFound):
            load(notice.id, people[name])
        with pytest.raises(NotFound):
            do("acknowledge", notice, people[name], {"name": "某", "phone": "1"})
    for name in ("sun", "zhou", "zhao", "lin", "he"):
        with pytest.raises(NotAllowed):
            do("acknowledge", notice, people[name], {"name": "某", "phone": "1"})


def test_a_referral_is_never_seen_by_a_unit(people):
    issue = overdue(people)
    notice = draft(people, issue, NoticeKind.N7, by="zhou")
    do("sign", notice, people.zhao, WORDS["N7"])

    for name in ("chen", "chenlead", "liulead"):
        with pytest.raises(NotFound):
            load(notice.id, people[name])


def test_a_late_signature_is_y6_until_it_comes(people):
    issue = planned(people)
    notice = draft(people, issue)
    assert Rule.Y6 not in rules_of(issue)
    do("sign", notice, people.zhou)

    fresh = workflow.load(issue.number, people.sun)
    late = next(f for f in fresh.firings if f["rule"] == "Y6")
    assert late["since"] == "2025-11-28"

    after = noon("2025-12-01")
    do("acknowledge", notice, people.chen, {"name": "陈某", "phone": "1"}, at=after)
    assert Rule.Y6 in rules_of(issue), "still to be answered"
    do("reply", notice, people.chenlead, {"text": ANSWER, **keep_paper(people, issue)}, at=after)
    assert Rule.Y6 not in rules_of(issue)


def test_an_n0_signed_for_acknowledges_its_ticket(people):
    issue = overdue(people)
    notice = draft(people, issue, NoticeKind.N0)
    do("sign", notice, people.sun)

    do("acknowledge", notice, people.chen, {"name": "陈某", "phone": "0827"})

    assert db.session.get(Issue, issue.id).status.value == "planning"
    assert load(notice.id, people.sun).acknowledged_name == "陈某"
    with pytest.raises(WrongStatus):
        do("reply", notice, people.chen, {"text": "x"})


@pytest.mark.parametrize(("reached", "answered"), [("planning", False), ("rectifying", True)])
def test_an_n0_signed_late_does_not_ask_again_for_what_was_done(
    people, make_issue, reached, answered
):
    issue = make_issue(Status(reached), measures=({"text": "清运"},))
    notice = db.session.scalars(select(Notice).where(Notice.kind == NoticeKind.N0)).one()

    do("sign", notice, people.sun)

    signed = load(notice.id, people.sun)
    assert signed.acknowledged_at is not None
    assert (signed.replied_at is not None) is answered
    assert (Rule.Y6 in rules_of(issue)) is not answered


def test_a_void_notice_keeps_its_number_with_the_reason_and_colours_nothing(people):
    issue = planned(people)
    notice = draft(people, issue)
    do("sign", notice, people.zhou)
    with pytest.raises(NotAllowed):
        do("void", notice, people.sun, {"reason": "误发"})
    with pytest.raises(Incomplete):
        do("void", notice, people.zhou, {"reason": " "})

    do("void", notice, people.zhou, {"reason": "误发"})

    void = load(notice.id, people.chen)
    assert (void.number, void.void_reason) == ("巴环委办督〔2025〕1号", "误发")
    assert Rule.Y6 not in rules_of(issue)
    second = draft(people, issue)
    do("sign", second, people.zhou)
    assert load(second.id, people.sun).number == "巴环委办督〔2025〕2号"


def test_signing_twice_has_one_effect(people):
    issue = overdue(people)
    notice = draft(people, issue)
    do("sign", notice, people.zhou)
    first = load(notice.id, people.sun).sha256

    with pytest.raises(WrongStatus):
        do("sign", notice, people.zhou)
    with pytest.raises(WrongStatus):
        do("edit", notice, people.sun, {"title": "另一个标题"})

    assert load(notice.id, people.sun).sha256 == first


def test_a_draft_somebody_changed_meanwhile_is_not_overwritten(people):
    issue = overdue(people)
    notice = draft(people, issue)
    seen = notice.version
    do("edit", notice, people.sun, {"urgency": "加急"})

    with pytest.raises(Stale):
        do("edit", notice, people.sun, {"urgency": "无"}, version=seen)
    assert load(notice.id, people.sun).facts["urgency"] == "加急"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ({"basis": "依\U0001f600据"}, "没有可用字形"),
        ({"title": "关于场镇生活污水直排河道问题整改" * 6}, "标题"),
        ({"demands": [{"text": "尽快整改", "due": "2025-11-01"}]}, "早于今天"),
    ],
)
def test_a_faulty_draft_is_not_signed_and_takes_no_number(people, words, said):
    issue = overdue(people)
    notice = draft(people, issue)
    do("edit", notice, people.sun, words)

    with pytest.raises(Incomplete) as refused:
        do("sign", notice, people.zhou)
    assert said in "".join(refused.value.errors["document"])

    other = draft(people, issue)
    do("sign", other, people.zhou)
    assert load(other.id, people.sun).number == "巴环委办督〔2025〕1号"


def test_hidden_characters_and_unknown_fields_are_refused_at_their_field(people):
    issue = overdue(people)
    notice = draft(people, issue)

    for raw, name in (
        ({"basis": "依\x07据"}, "basis"),
        ({"number": "某字〔2025〕9号"}, "number"),
        ({"demands": [{"text": "要求", "due": "2025-02-30"}]}, "demands.0.due"),
    ):
        with pytest.raises(Incomplete) as refused:
            do("edit", notice, people.sun, raw)
        assert name in refused.value.errors


def test_a_bundle_goes_to_one_unit(people):
    mine, other = overdue(people), overdue(people, title="另一处垃圾堆放")
    theirs = overdue(people, unit="511903")

    with transaction():
        both = drafting.draft_by_hand(NoticeKind.N2, [mine.number, other.number], people.sun, TODAY)
    do("sign", both, people.zhou)
    assert [issue["number"] for issue in load(both.id, people.sun).facts["issues"]] == [
        mine.number, other.number,
    ]  # fmt: skip
    with pytest.raises(Incomplete), transaction():
        drafting.draft_by_hand(NoticeKind.N2, [mine.number, theirs.number], people.sun, TODAY)


@pytest.mark.parametrize(("kind", "by"), [(NoticeKind.N5, "sun"), (NoticeKind.N7, "zhou")])
def test_a_notice_no_body_can_keep_is_refused_in_a_sentence(people, kind, by):
    issue = overdue(people)
    with transaction():
        for unit in db.session.scalars(select(Unit).where(Unit.kind == drafting.LEAD_KIND)):
            unit.kind = "其他"
    alone = {by: replace(people[by], unit_id=None)}

    with pytest.raises(Incomplete) as refused:
        draft(alone, issue, kind, by)

    assert "尚未设置牵头单位" in refused.value.errors["issues"][0]
    assert db.session.scalars(select(Notice).where(Notice.kind == kind)).all() == []


def test_what_is_not_signed_has_no_frozen_file(people):
    notice = draft(people, planned(people))

    with pytest.raises(LookupError, match="is not signed"):
        frozen(notice, press())


def test_a_ticket_that_is_not_in_publicity_has_no_public_notice(people):
    issue = db.session.get(Issue, planned(people).id)

    with pytest.raises(WrongStatus, match="没有公示文本"):
        public_notice(issue)


def test_evidence_of_another_ticket_is_no_answer(people):
    issue = planned(people)
    notice = draft(people, issue)
    do("sign", notice, people.zhou)
    early = {"text": ANSWER, **keep_paper(people, issue)}
    with pytest.raises(WrongStatus):
        do("reply", notice, people.chenlead, early)
    do("acknowledge", notice, people.chen, {"name": "陈某", "phone": "1"})

    other = {"text": ANSWER, "plan": plan_rows(), "evidence": ["999"]}
    with pytest.raises(Incomplete) as refused:
        do("reply", notice, people.chenlead, other)
    assert "evidence" in refused.value.errors


def test_an_n8_tells_what_it_was_drafted_for_whatever_comes_after(people):
    issue = planned(people)
    with transaction():
        fresh = workflow.load(issue.number, people.sun, for_change=True)
        ticket_acts.do(
            Action.RAISE_CARD, fresh, people.sun, {"colour": "yellow", "reason": "观察"}, at=TODAY
        )
        told = drafting.draft(NoticeKind.N8, [fresh], "returned", "2025-11-25", people.sun, TODAY)

    assert told.facts["outcome"]["what"] == "returned"
    assert "退回整改" in told.title
    do("edit", told, people.sun, {"outcome_what": "lifted", "outcome_reason": "整改到位"})
    assert "摘牌" in load(told.id, people.sun).title


def test_days_counted_over_a_year_without_holidays_say_so_until_it_is_filled(people):
    notice, eve = draft(people, planned(people)), noon("2026-12-30")

    note = facts_for(notice.kind, notice.issues, notice.unit, eve)["calendar_note"]
    assert "2027年，该年度放假安排未公布，工作日按周一至周五推算" in note
    do("sign", notice, people.zhou, at=eve)
    signed = load(notice.id, people.sun)
    assert signed.facts["calendar_note"] == note
    assert "该年度放假安排未公布" in text_of(frozen(signed, press()))

    with transaction():
        lines = "2027-01-01至2027-01-03 休 元旦"
        calendar.fill_year(2027, "国办发明电〔2026〕7号", lines, people.sun, eve)
    assert "calendar_note" not in facts_for(notice.kind, notice.issues, notice.unit, eve)
