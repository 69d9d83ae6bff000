"""Steps of a notice that several tests take: drafted, acted on, answered, read."""

from datetime import date
from io import BytesIO

import pypdfium2
from flask import current_app
from make import PDF
from pressed import noon, plan_rows, press

from extensions import db, transaction
from issues import rounds
from issues.evidence import rows as keeping
from issues.models import Claim, Issue
from issues.notices import acts, drafting
from issues.vocabulary import NoticeAct, NoticeKind, RoundAct, Rule

TODAY = noon("2025-11-25")


def draft(people, issue, kind=NoticeKind.N3, by="sun", **more):
    with transaction():
        fresh = db.session.get(Issue, issue.id)
        return drafting.draft_by_hand(kind, [fresh.number], people[by], TODAY, **more)


def returned(people, issue):
    """A request for acceptance that was sent back, as the record of an earlier system tells it."""
    day = TODAY.date()
    with transaction():
        db.session.add(
            Claim(
                issue_id=issue.id, round=1, claimed_on=day, ended_on=day, ended_at=TODAY,
                is_return=True, code="1", reason="管网未修复",
            )
        )  # fmt: skip


def hold_round(people, on):
    """A round of the day, opened and closed: the yellow put off, the red confirmed."""
    held = rounds.open_on(date.fromisoformat(on), people.sun, noon(on))
    for item in held.items:
        said = {"number": item.issue.number, "reason": "已赶上"}
        act = RoundAct.HOLD if item.computed == "yellow" else RoundAct.CONFIRM
        rounds.decide(held.id, act, people.sun, said, noon(on))
    rounds.close(held.id, people.zhou, noon(on))


def do(act, notice, actor, raw=None, at=TODAY, **more):
    with transaction():
        return acts.do(NoticeAct(act), notice.id, actor, raw or {}, press(), at=at, **more)


def keep_paper(people, issue):
    """What an answer to a red notice holds beside its text."""
    store = current_app.extensions["evidence"]
    with transaction():
        file = keeping.keep(
            db.session.get(Issue, issue.id), people.chen, BytesIO(PDF % b"1"), "反馈表.pdf",
            store=store, kind="other", at=TODAY,
        )  # fmt: skip
        return {"plan": plan_rows(), "evidence": [str(file.id)]}


def text_of(pdf):
    pages = pypdfium2.PdfDocument(pdf)
    words = "".join(page.get_textpage().get_text_bounded() for page in pages)
    return "".join(words.split())


def rules_of(issue):
    issue = db.session.get(Issue, issue.id)
    return {Rule(firing["rule"]) for firing in issue.firings}
