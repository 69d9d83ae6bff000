"""Every kind of paper on a ticket of every status: what it says happened, proven from rows.

The proofs below read other records than the product does where there are others: the history of
the ticket, and the rows an act leaves.
"""

import re
from copy import deepcopy

import pytest
from claim_proofs import ELSEWHERE, PROOFS, SAID, TODAY, faults_of
from pressed import overdue, press
from sqlalchemy import select

from extensions import db, transaction
from issues import acts as ticket_acts, workflow
from issues.ground.refusals import Incomplete
from issues.models import Card, Issue, Notice, NoticeTemplate
from issues.notices import acts, drafting
from issues.notices.facts import gather
from issues.notices.facts.findings import issues_facts
from issues.notices.kinds import TEMPLATES, compose, proving, shipped
from issues.notices.kinds.claims import CLAIMS, made_by
from issues.notices.readiness import draft_now, draft_with
from issues.vocabulary import Action, NoticeAct, NoticeKind, Status


def papers(people, issue):
    """One draft of each template on the ticket, by its name; an N8 of each outcome."""
    found = {}
    with transaction():
        fresh = [db.session.get(Issue, issue.id)]
        for name, template in TEMPLATES.items():
            _kind, _, part = name.partition("-")
            trigger = part if template.kind is NoticeKind.N8 else drafting.BY_HAND
            words = {"form": part} if name in ("N5-report", "N5-county") else {}
            found[name] = drafting.draft(
                template.kind, fresh, trigger, f"here-{name}", people.sun, TODAY, words
            )
    return found


def gathered_once(monkeypatch):
    """What the rows tell of the ticket is the same for each of its drafts: read once."""
    known = {}

    def facts(issues, on):
        key = (tuple(issue.id for issue in issues), on)
        if key not in known:
            known[key] = issues_facts(issues, on)
        return deepcopy(known[key])

    monkeypatch.setattr(gather, "issues_facts", facts)


def ready_of(notice):
    notice = db.session.get(Notice, notice.id)
    return draft_now(notice, TODAY, press().faces(), is_example=False)


def typed_falsely(notice, issue):
    """The claims whose sentences, typed by hand, are judged otherwise than by rows."""
    words = {"consequence": "".join(said for of in SAID.values() for said in of)}
    ready = draft_with(
        db.session.get(Notice, notice.id), words, TODAY, press().faces(), is_example=False
    )
    told = "".join(ready.errors.get("consequence", ()))
    return [
        name for name in SAID if (f"“{name}”没有依据" in told) is bool(PROOFS[name][1](issue))
    ]  # fmt: skip


def red(make_issue):
    issue = make_issue(Status.RECTIFYING)
    return make_issue.act(Action.RAISE_CARD, issue, "sun", colour="red", reason="久拖未改")


def lifted(make_issue):
    issue = make_issue(Status.RECTIFYING)
    make_issue.act(Action.RAISE_CARD, issue, "sun", colour="yellow", reason="观察")
    return make_issue.act(Action.LIFT_CARD, issue, "zhou", reason="已赶上进度")


def upgraded(make_issue):
    issue = make_issue(Status.RECTIFYING)
    make_issue.act(Action.RAISE_CARD, issue, "sun", colour="yellow", reason="观察")
    return make_issue.act(Action.RAISE_CARD, issue, "sun", colour="red", reason="久拖未改")


def sent_back(make_issue):
    issue = make_issue(Status.FIRST_ACCEPTANCE)
    return make_issue.act(
        Action.RETURN_ACCEPTANCE, issue, "liulead", code="1", reason="管网未全部修复"
    )


def objected(make_issue):
    issue, people = make_issue(Status.PUBLICITY), make_issue.people
    with transaction():
        said = {"who": "村民", "text": "仍有排放", "on": "2025-11-20"}
        fresh = workflow.load(issue.number, people.sun, for_change=True)
        ticket_acts.do(Action.RECORD_OBJECTION, fresh, people.sun, said)
    return make_issue.act(Action.UPHOLD_OBJECTION, issue, "sun", reason="属实")


def late(make_issue):
    return overdue(make_issue.people)


def unpublished(make_issue):
    return make_issue(Status.CLOSED, source="ZC")


def of_status(status):
    return lambda make_issue: make_issue(status)


PLAIN = {status.value: of_status(status) for status in Status if status is not Status.TAKEN_BACK}
EVENTFUL = {
    one.__name__: one for one in (red, lifted, upgraded, sent_back, objected, late, unpublished)
}
DEEDS = {
    "N0": "已交办", "N2": "黄牌督办的情形", "N3": "红牌督办的情形", "N6": "挂牌督办的情形",
    "N8-returned": "验收退回",
    "N8-closed": "销号", "N8-lifted": "摘牌",
}  # fmt: skip
"""What each paper says by being what it is."""


@pytest.mark.parametrize("state", PLAIN)
def test_every_kind_says_of_every_ticket_only_what_rows_tell(
    people, make_issue, monkeypatch, state
):
    say_only_what_rows_tell(people, PLAIN[state](make_issue), monkeypatch)


@pytest.mark.by_turns
@pytest.mark.parametrize("state", EVENTFUL)
def test_every_kind_says_only_what_rows_tell_after_much_has_happened(
    people, make_issue, monkeypatch, state
):
    say_only_what_rows_tell(people, EVENTFUL[state](make_issue), monkeypatch)


def say_only_what_rows_tell(people, issue, monkeypatch):
    gathered_once(monkeypatch)
    for name, notice in papers(people, issue).items():
        ready, fresh = ready_of(notice), db.session.get(Issue, issue.id)

        assert faults_of(ready.document, fresh) == [], name
        if name in DEEDS:
            told = f"“{DEEDS[name]}”没有依据" in "".join(ready.faults)
            assert told is not PROOFS[DEEDS[name]][1](fresh), (name, ready.faults)
        if name == "N1":
            assert typed_falsely(notice, fresh) == []
        if name == "N4":
            wanted = {"meeting_place", "meeting_host", "meeting_attendees"}
            assert wanted <= set(ready.errors)
        if name == "N7":
            assert "尚未写明移交的线索" in "".join(ready.errors["clue_text"])


def named(text):
    return [made.claim for made in made_by(text)]


def test_every_claim_of_the_table_is_proven_here_and_read_alike():
    assert {claim.name for claim in CLAIMS} == set(PROOFS) | ELSEWHERE
    for claim in CLAIMS:
        if claim.says and claim.name not in ELSEWHERE:
            assert any(re.search(PROOFS[claim.name][0], text) for text in SAID[claim.name])
            assert all(claim in named(text) for text in SAID[claim.name]), claim.name


@pytest.mark.parametrize(
    "text",
    [
        "该事项不符合销号条件，未予以销号。",
        "尚未经现场核查，也未通过初验。",
        "经核实未通过现场核查。",
        "整改完成并经现场核查通过后，按程序解除红牌。",
        "如果已逾期的，将按规定予以黄牌督办。",
        "发现虚假整改或者反弹的，重新纳入清单整改。",
        "若该事项存在反弹，重新整改。",
        "尽快赶上序时进度，防止转为红色。",
    ],
)
def test_what_is_denied_or_only_may_come_is_no_claim(text):
    assert made_by(text) == []


@pytest.mark.parametrize("name", TEMPLATES)
def test_what_is_asked_for_or_threatened_is_no_claim(name):
    """Of the shipped words: what a unit is to do, and what follows if it does not."""
    lines = [line for line in shipped(name).split("\n") if line.startswith(("要求", "后果"))]

    assert [(line, named(line)) for line in lines if made_by(line)] in (
        [], [(line, [one for one in CLAIMS if one.name == "移交的线索"]) for line in lines[:1]],
    ), name  # fmt: skip


@pytest.mark.parametrize("name", [name for name, claim in SAID.items() if name != "此前未印发文书"])
def test_a_false_sentence_typed_by_hand_is_refused_at_its_field(people, make_issue, name):
    issue = make_issue(Status.DRAFT) if name == "已交办" else make_issue(Status.ASSIGNED)
    with transaction():
        fresh = [db.session.get(Issue, issue.id)]
        notice = drafting.draft(NoticeKind.N1, fresh, "by_hand", "x", people.sun, TODAY)
    for said in SAID[name]:
        for field, value in (("consequence", said), ("demands", [{"text": said}])):
            with pytest.raises(Incomplete) as refused, transaction():
                acts.do(NoticeAct.SIGN, notice.id, people.sun, {field: value}, press(), at=TODAY)
            at = "demands.0.text" if field == "demands" else field
            assert f"“{name}”没有依据" in "".join(refused.value.errors[at])
    db.session.rollback()
    assert db.session.get(Notice, notice.id).number is None


def planted(people, line):
    with transaction():
        text = shipped("N1").replace("一、提示的情况", f"{line}\n一、提示的情况")
        db.session.add(NoticeTemplate(name="N1", number=1, text=text, reason="试", saved_at=TODAY,
                                      saved_by_id=people.sun.id))  # fmt: skip


def test_a_false_sentence_of_a_template_is_left_out_and_told(people, make_issue):
    issue = make_issue(Status.ASSIGNED)
    planted(people, "请抓紧整改。经初验、现场核查、审定和公示，该事项符合销号条件，予以销号。")
    with transaction():
        fresh = [db.session.get(Issue, issue.id)]
        notice = drafting.draft(NoticeKind.N1, fresh, "by_hand", "x", people.sun, TODAY)

    ready = ready_of(notice)
    text = "".join(paragraph.text for paragraph in ready.document.body)
    assert "请抓紧整改。" in text
    assert "销号" not in text
    assert any("未写入正文：经初验" in doubt for doubt in ready.doubts)
    assert faults_of(ready.document, issue) == []


def test_a_false_sentence_that_was_printed_is_caught_here_and_not_signed(
    people, make_issue, monkeypatch
):
    """As if the drafting no longer left it out."""
    issue = make_issue(Status.ASSIGNED)
    planted(people, "该事项符合销号条件，予以销号。")
    with transaction():
        fresh = [db.session.get(Issue, issue.id)]
        notice = drafting.draft(NoticeKind.N1, fresh, "by_hand", "x", people.sun, TODAY)
    monkeypatch.setattr(proving, "_is_guarded", lambda _facts: False)

    ready = ready_of(notice)
    assert faults_of(ready.document, db.session.get(Issue, issue.id)) == ["销号"]
    with pytest.raises(Incomplete) as refused, transaction():
        acts.do(NoticeAct.SIGN, notice.id, people.sun, {}, press(), at=TODAY)
    assert "“销号”没有依据" in "".join(refused.value.errors["document"])


@pytest.mark.both
def test_a_fact_gone_between_draft_and_signing_keeps_it_from_being_signed(people, make_issue):
    """The card that a notice was drafted for came off; a letter told another outcome by hand."""
    issue = red(make_issue)
    notice = db.session.scalars(select(Notice).where(Notice.kind == NoticeKind.N3)).one()
    assert ready_of(notice).faults == []
    with transaction():
        row = db.session.scalars(select(Card).where(Card.issue_id == issue.id)).one()
        row.lifted_on, row.lift_reason = TODAY.date(), "误挂"
        db.session.get(Issue, issue.id).card = ""

    with pytest.raises(Incomplete) as refused, transaction():
        acts.do(NoticeAct.SIGN, notice.id, people.zhou, {}, press(), at=TODAY)
    assert "没有正在悬挂的红牌，也没有触发红色规则" in "".join(refused.value.errors["document"])


def test_an_outcome_chosen_by_hand_is_told_as_its_record_tells_it(people, make_issue):
    issue = lifted(make_issue)
    with transaction():
        fresh = [db.session.get(Issue, issue.id)]
        notice = drafting.draft(NoticeKind.N8, fresh, "returned", "x", people.sun, TODAY)
    with pytest.raises(Incomplete) as refused, transaction():
        acts.do(NoticeAct.SIGN, notice.id, people.sun, {}, press(), at=TODAY)
    assert "没有退回验收申请的记录" in "".join(refused.value.errors["outcome_what"])

    with transaction():
        raw = {"outcome_what": "lifted"}
        acts.do(NoticeAct.SIGN, notice.id, people.sun, raw, press(), at=TODAY)

    signed = db.session.get(Notice, notice.id)
    assert signed.facts["outcome"] == {
        "what": "lifted", "on": "2025-11-25", "reason": "已赶上进度", "card": "黄牌",
    }  # fmt: skip
    assert "摘牌" in signed.facts["claims"]


def test_a_reminder_on_a_green_ticket_is_signed_without_a_colour(people, make_issue):
    issue = make_issue(Status.RECTIFYING)
    with transaction():
        notice = drafting.draft_by_hand(NoticeKind.N1, [issue.number], people.sun, TODAY)
        acts.do(NoticeAct.SIGN, notice.id, people.sun, {}, press(), at=TODAY)

    text = "".join(p.text for p in draft_text(notice.id))
    assert "预警情形" not in text
    assert "督办情形" not in text


def draft_text(notice_id):
    return compose(db.session.get(Notice, notice_id).facts).body


def test_of_an_imported_ticket_no_paper_denies_what_was_before(people, make_issue):
    issue = make_issue(Status.RECTIFYING)
    with transaction():
        db.session.get(Issue, issue.id).imported_on = TODAY.date()
        notice = drafting.draft_by_hand(NoticeKind.N1, [issue.number], people.sun, TODAY)

    text = "".join(paragraph.text for paragraph in ready_of(notice).document.body)
    assert "纳入本系统以来未就该问题印发督办文书。" in text
    assert "此前未" not in text
