"""The versions of a draft: who did what when; two compared; one brought back."""

from difflib import SequenceMatcher
from typing import NamedTuple

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from issues.ground import clock
from issues.ground.numbers import LARGEST_ID, whole as whole_number
from issues.ground.refusals import Incomplete, Refusal
from issues.models import Notice
from issues.notices.acts import refuse_unless_may
from issues.notices.desk import acts as desk, versions
from issues.notices.desk.words import Part, compared
from issues.notices.facts.gather import facts_for, with_words
from issues.notices.kinds import compose
from issues.notices.kinds.shape import NoticeFactsDoc
from issues.queries.notices.pages import whole
from issues.rights.table import Right
from issues.vocabulary import NoticeAct
from issues.web.door import forms
from issues.web.door.guards import acting, actor, requires

blueprint = Blueprint("notice_versions", __name__)


SETTLED = ("centre", "form", "unit_name", "bulletin", "outcome")
"""Words that were settled when it was drafted: no version has others."""


class Line(NamedTuple):
    what: str
    parts: list[Part]


@blueprint.get("/notices/<int:notice_id>/desk/versions")
@requires(Right.NOTICES)
def listed(notice_id: int, refusal: Refusal | None = None) -> str:
    notice = whole(notice_id, actor())
    refuse_unless_may(NoticeAct.EDIT, notice, actor())
    found = versions.listed(notice)
    one, other = _asked("one"), _asked("other")
    return render_template(
        "notices/desk/versions.html",
        notice=notice,
        found=found,
        one=one or (found[1].number if len(found) > 1 else 0),
        other=other or (found[0].number if found else 0),
        lines=_differences(notice, one, other) if one and other else None,
        refusal=refusal,
    )


def _asked(name: str) -> int | None:
    return whole_number(request.args.get(name, ""), 1, LARGEST_ID)


def _differences(notice: Notice, one: int, other: int) -> list[Line]:
    """What the paper says by both versions upon the record of today."""
    settled = {name: notice.facts[name] for name in SETTLED if name in notice.facts}
    facts = facts_for(notice.kind, notice.issues, notice.unit, clock.now(), settled)
    words = (versions.one(notice, number).words for number in (one, other))
    before, after = (_said(with_words(dict(facts), said)) for said in words)
    found: list[Line] = []
    steps = SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
    for what, a0, a1, b0, b1 in steps:
        if what == "equal":
            continue
        for place in range(max(a1 - a0, b1 - b0)):
            old = before[a0 + place] if a0 + place < a1 else ""
            new = after[b0 + place] if b0 + place < b1 else ""
            label = "改动" if old and new else "增加" if new else "删去"
            found.append(Line(label, compared(old, new)))
    return found


def _said(facts: NoticeFactsDoc) -> list[str]:
    """Title, paragraphs, titles of annexes, copies."""
    document = compose(facts)
    annexes = [f"附件：{one.title}" for one in document.attachments]
    copies = [f"抄送：{'、'.join(document.copies)}"] if document.copies else []
    return [document.title, *(one.text for one in document.body), *annexes, *copies]


@blueprint.post("/notices/<int:notice_id>/desk/versions")
@requires(Right.NOTICES)
@acting(listed)
def bring_back(notice_id: int) -> ResponseReturnValue:
    refuse_unless_may(NoticeAct.EDIT, whole(notice_id, actor()), actor())
    number = forms.number("number")
    if number is None:
        raise Incomplete({"number": ["请选择版本"]})
    desk.bring_back(notice_id, actor(), number)
    flash(f"已恢复第{number}版，原来的各版仍在", "success")
    return redirect(url_for("notices.page", notice_id=notice_id) + "#desk", 303)
