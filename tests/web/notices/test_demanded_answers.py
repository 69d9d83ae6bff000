"""An answer holds what its paper demands: whose it is, a dated plan, the proof, each told apart."""

import io
from pathlib import Path

import pytest
import samples
from pressed import PLAN_FORM, long_red, plan_rows, planned, press
from sqlalchemy import select

from extensions import db, transaction
from issues.ground.refusals import Incomplete, NotAllowed
from issues.models import Event, Notice
from issues.notices import acts, drafting
from issues.notices.demanded import ANSWERS, fields_of_answer
from issues.notices.facts.letterhead import REPLIED_BY
from issues.vocabulary import NoticeAct, NoticeKind

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
    return {name for name, said in (("plan", asked.plan), ("evidence", asked.proof)) if said}


@pytest.mark.both
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


@pytest.mark.both
@pytest.mark.parametrize("kind", KINDS)
def test_where_a_leader_is_to_sign_no_clerk_answers(out, people, make_issue, kind):
    notice = out(kind)
    whole = {"text": "已整改。"}
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
    said = {"text": "已整改。", "plan": plan_rows("2025-11-24"), "evidence": [file]}

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
    if asked.signed_by:
        assert REPLIED_BY[NoticeKind(kind)] == asked.signed_by


@pytest.mark.parametrize("kind", KINDS)
def test_the_written_rules_say_the_same(kind):
    asked = ANSWERS[NoticeKind(kind)]
    lines = (ROOT / "docs/rules.md").read_text(encoding="utf-8").splitlines()
    said = (asked.signed_by or "单位任何人员", asked.plan or "不要", asked.proof or "不要")

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
    assert told == {
        "plan": "请逐项写明追赶计划、责任人和完成日期", "evidence": "请附反馈表和佐证材料",
    }  # fmt: skip
    paper = (io.BytesIO(samples.jpeg()), "反馈表.jpg")
    page = lead.post(f"{url}/reply", via=url, text="正在整改。", file=[paper], **PLAN_FORM)
    assert "答复已提交" in page.text
    assert "增加班组，抢修剩余管网（责任人：陈某，完成日期：2025年12月20日）" in page.text
