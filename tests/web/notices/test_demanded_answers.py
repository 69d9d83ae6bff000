"""An answer holds what its paper demands: whose it is, a dated plan, the proof, each told apart."""

import io
from pathlib import Path

import pytest
import samples
from make import PDF
from pressed import ANSWER, PLAN_FORM, long_red, noon, plan_rows, planned, press
from sqlalchemy import select

from extensions import db, transaction
from issues.act_fields.details import read_details
from issues.act_fields.own_words import own_words
from issues.api.openapi import bodies
from issues.ground.refusals import Incomplete, NotAllowed
from issues.models import Event, Notice
from issues.notices import acts, drafting
from issues.notices.demanded import ANSWERS, fields_of_answer
from issues.notices.facts.letterhead import REPLIED_BY
from issues.vocabulary import EvidenceKind, NoticeAct, NoticeKind

ROOT = Path(__file__).parents[3]
SIGNERS = {"N1": "sun", "N2": "zhou", "N3": "zhou", "N4": "zhao", "N6": "zhao"}
KINDS = [kind.value for kind in ANSWERS]
WORDS = {
    "N4": {
        "meeting_place": "市政府三楼会议室", "meeting_host": "赵副市长",
        "meeting_attendees": ["区长"],
    },
}  # fmt: skip
"""What only a person knows of a summons."""


@pytest.fixture
def out(people):
    """A notice of a kind, signed and signed for."""
    issue = planned(people)

    def send(kind):
        if kind == "N6":
            long_red(issue)
        with transaction():
            made = drafting.draft_by_hand(
                NoticeKind(kind), [issue.number], people.sun, issue.created_at
            )
            if words := WORDS.get(kind):
                acts.do(NoticeAct.EDIT, made.id, people[SIGNERS[kind]], words, press())
        steps = (("sign", SIGNERS[kind], {}), ("acknowledge", "chen", {"name": "陈", "phone": "1"}))
        for act, name, raw in steps:
            with transaction():
                acts.do(NoticeAct(act), made.id, people[name], raw, press())
        return made

    send.issue = issue
    return send


def reply(people, notice, name, raw):
    with transaction():
        return acts.do(NoticeAct.REPLY, notice.id, people[name], raw, press())


def wanted(kind):
    """What the table asks for beside the text, by the name of its field."""
    asked = ANSWERS[NoticeKind(kind)]
    told = (("text", asked.words), ("plan", asked.plan), ("evidence", asked.proof))
    return {name for name, said in told if said}


@pytest.mark.parametrize("kind", KINDS)
def test_a_bare_sentence_is_told_every_lack_at_its_field(out, people, kind):
    notice = out(kind)
    if not wanted(kind):
        reply(people, notice, "chenlead", {"text": "已整改。"})
        return

    with pytest.raises(Incomplete) as refused:
        reply(people, notice, "chenlead", {"text": "已整改。"})

    assert set(refused.value.errors) == wanted(kind)
    db.session.rollback()
    assert db.session.get(Notice, notice.id).replied_at is None


@pytest.mark.parametrize("kind", KINDS)
def test_where_a_leader_is_to_sign_no_clerk_answers(out, people, make_issue, kind):
    notice = out(kind)
    whole = {"text": ANSWER}
    if "plan" in wanted(kind):
        whole["plan"] = plan_rows()
    if "evidence" in wanted(kind):
        whole["evidence"] = [str(make_issue.evidence(out.issue).id)]

    if ANSWERS[NoticeKind(kind)].signed_by:
        with pytest.raises(NotAllowed, match="单位负责人"):
            reply(people, notice, "chen", whole)
        reply(people, notice, "chenlead", whole)
    else:
        reply(people, notice, "chen", whole)

    db.session.rollback()
    kept = db.session.get(Notice, notice.id)
    assert kept.replied_at is not None
    assert ("2025年12月20日" in kept.reply) is ("plan" in wanted(kind))
    told = select(Event).where(Event.subject == "notice", Event.action == "reply")
    event = db.session.scalars(told).one()
    assert event.detail.get("plan", []) == (plan_rows() if "plan" in wanted(kind) else [])


@pytest.mark.both
def test_a_plan_of_days_gone_by_is_no_plan(out, people, make_issue):
    notice = out("N3")
    file = str(make_issue.evidence(out.issue).id)
    said = {"text": ANSWER, "plan": plan_rows("2025-11-24"), "evidence": [file]}

    with pytest.raises(Incomplete) as refused:
        reply(people, notice, "chenlead", said)

    assert refused.value.errors == {"plan.0.due": ["完成日期不能早于今天"]}
    undated = [{"text": "抢修", "person": "陈某"}]
    with pytest.raises(Incomplete) as refused:
        reply(people, notice, "chenlead", said | {"plan": undated})
    assert set(refused.value.errors) == {"plan.0.due"}


@pytest.mark.parametrize("kind", KINDS)
def test_the_form_says_of_whom_the_paper_does(kind):
    asked = ANSWERS[NoticeKind(kind)]
    required = {field.name for field in fields_of_answer(NoticeKind(kind)) if field.required}

    assert required == {"text", *wanted(kind)}
    hints = {field.name: field.hint for field in fields_of_answer(NoticeKind(kind))}
    assert bool(hints["text"]) is ("text" in wanted(kind))
    assert ("签发后" in hints["evidence"]) is ("evidence" in wanted(kind))
    if asked.signed_by:
        assert REPLIED_BY[NoticeKind(kind)] == asked.signed_by


@pytest.mark.parametrize("kind", KINDS)
def test_the_written_rules_say_the_same(kind):
    asked = ANSWERS[NoticeKind(kind)]
    lines = (ROOT / "docs/rules.md").read_text(encoding="utf-8").splitlines()
    said = (asked.signed_by or "单位任何人员", asked.plan or "不要", asked.proof or "不要")
    said += (f"不少于{asked.words}字" if asked.words else "不限",)

    assert f"| `{kind}` | {' | '.join(said)} |" in lines


def test_the_page_tells_the_clerk_who_is_to_answer_and_gives_the_leader_the_form(out, browser):
    url = f"/notices/{out('N3').id}"

    page = browser.as_("chen").get(url)
    assert "须由单位主要负责同志答复" in page.text
    assert not page.has_form(f"{url}/reply")
    browser.as_("chen").send(f"{url}/reply", 403, **browser.as_("chen").bare({"text": "已整改。"}))

    lead = browser.as_("chenlead")
    assert "须由单位主要负责同志答复" not in lead.get(url).text
    page = lead.post(f"{url}/reply", 422, via=url, text="已整改。")
    told = {place: page.tree.one("p", id=f"f-{place}-error").text for place in ("plan", "evidence")}
    assert "现有0字" in page.error("text")
    assert told == {
        "plan": "请逐项写明追赶计划、责任人和完成日期", "evidence": "请附反馈表和佐证材料",
    }  # fmt: skip
    for hint in ("不少于20字", "PDF或DOCX"):
        assert hint in lead.get(url).text
    photo = (io.BytesIO(samples.jpeg()), "现场.jpg")
    page = lead.post(f"{url}/reply", 422, via=url, text=ANSWER, file=[photo], **PLAN_FORM)
    assert "照片和以前的材料不能代替" in page.tree.one("p", id="f-evidence-error").text
    paper = (io.BytesIO(PDF % b"1"), "反馈表.pdf")
    photo = (io.BytesIO(samples.jpeg()), "现场.jpg")
    page = lead.post(f"{url}/reply", via=url, text=ANSWER, file=[paper, photo], **PLAN_FORM)
    assert "答复已提交" in page.text
    assert "增加班组，抢修剩余管网（责任人：陈某，完成日期：2025年12月20日）" in page.text


BARE = (
    "已整改。", "已完成。", "属实", "同意。", "情况属实，已全部整改到位。", "已整改，" * 40,
    "无异议，已阅，收到。",
    "水" * 60, "抢修管网。", "均已" * 2500,
)  # fmt: skip


@pytest.mark.parametrize("text", BARE)
@pytest.mark.parametrize("kind", ["N3", "N4"])
def test_a_stock_phrase_is_no_answer_however_often_it_stands_there(text, kind):
    with pytest.raises(Incomplete) as refused:
        read_details(fields_of_answer(NoticeKind(kind)), {"text": text}, None)

    assert "不少于20字" in refused.value.errors["text"][0]
    assert own_words(ANSWER) >= 20


def test_the_api_tells_beforehand_what_an_answer_holds():
    for kind in ("N3", "N4"):
        told = bodies.of_fields(fields_of_answer(NoticeKind(kind)))
        assert {"text", "evidence"} <= set(told["required"])
        assert told["properties"]["text"]["minLength"] == 20
        assert "PDF或DOCX" in told["properties"]["evidence"]["description"]


@pytest.mark.parametrize("kind", ["N3", "N4"])
def test_the_report_a_paper_demands_is_a_paper_of_the_time_since(out, people, make_issue, kind):
    """What lay on the ticket before, a picture, and what is by its kind none, are no report."""
    early = make_issue.evidence(out.issue, on=noon("2025-11-20"))
    notice = out(kind)
    photo = ("现场.jpg", samples.jpeg())
    none = [
        early,
        make_issue.evidence(out.issue, EvidenceKind.BEFORE, file=photo),
        make_issue.evidence(out.issue, EvidenceKind.OTHER, file=("表.png", samples.png())),
        make_issue.evidence(out.issue, EvidenceKind.BEFORE),
    ]
    said = {"text": ANSWER} | ({"plan": plan_rows()} if "plan" in wanted(kind) else {})

    for files in (*([one.id] for one in none), [one.id for one in none]):
        with pytest.raises(Incomplete) as refused:
            reply(people, notice, "chenlead", said | {"evidence": [str(one) for one in files]})
        assert set(refused.value.errors) == {"evidence"}
        assert "签发后" in refused.value.errors["evidence"][0]
        db.session.rollback()

    report = make_issue.evidence(out.issue, EvidenceKind.COMPLETION)
    files = [str(one.id) for one in (early, report)]
    reply(people, notice, "chenlead", said | {"evidence": files})
    assert db.session.get(Notice, notice.id).reply_evidence == sorted(map(int, files))
