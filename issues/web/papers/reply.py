"""The unit's answer to a notice: its text, files sent along with it, and files sent in before."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask import Blueprint, flash, make_response, redirect, url_for
from flask.typing import ResponseReturnValue

from issues.evidence.rows import About, Proven, add
from issues.ground import clock
from issues.ground.refusals import Incomplete, NotAllowed
from issues.models import Notice
from issues.notices import acts
from issues.notices.demanded import whose_answer
from issues.notices.fields import fields_of
from issues.notices.receipts import drafts
from issues.notices.receipts.points import points_of
from issues.notices.rights import load_for_change, may_answer
from issues.queries.notices.pages import whole
from issues.rights.table import Right
from issues.vocabulary import EvidenceKind, NoticeAct
from issues.web.door import forms, uploads as sending
from issues.web.door.guards import NOT_YOURS, acting, actor, requires
from issues.web.notices.forms import EVIDENCE, sent, standing
from issues.web.notices.page import page
from issues.web.notices.pdf import press
from issues.web.papers import points
from issues.workflow import load

blueprint = Blueprint("notice_reply", __name__)
MOST_FILES, WHOLE = 10, 0
Files = Mapping[int, Sequence[Proven]]
"""Proven files by the number of the point they go with."""


@blueprint.post("/notices/<int:notice_id>/reply")
@requires(Right.NOTICES)
def reply(notice_id: int) -> ResponseReturnValue:
    """Files are proven first, outside the transaction; their rows come with the answer or not."""
    try:
        files = _proven(whole(notice_id, actor()), only_begin=False)
    except (Incomplete, sending.NotTaken) as refusal:
        return make_response(page(notice_id=notice_id, refusal=refusal), refusal.status)
    return _answer(notice_id=notice_id, files=files)


@blueprint.post("/notices/<int:notice_id>/reply/draft")
@requires(Right.NOTICES)
def begin(notice_id: int) -> ResponseReturnValue:
    """What is filled in so far is kept, by anybody of the unit; the files with it."""
    try:
        files = _proven(whole(notice_id, actor()), only_begin=True)
    except (Incomplete, sending.NotTaken) as refusal:
        return make_response(page(notice_id=notice_id, refusal=refusal), refusal.status)
    return _begin(notice_id=notice_id, files=files)


def _proven(notice: Notice, *, only_begin: bool) -> Files:
    """By the number of the point they go with, 0 for the whole.

    Raises NotAllowed, Incomplete, NotTaken.
    """
    is_ours = may_answer(actor(), notice)
    if not (is_ours if only_begin else acts.RIGHTS[NoticeAct.REPLY](actor(), notice)):
        raise NotAllowed(whose_answer(notice.kind) if is_ours else NOT_YOURS)
    sent_in = {one.no: forms.files(points.FILES.format(one.no)) for one in points_of(notice)}
    sent_in[WHOLE] = forms.files("file")
    if sum(map(len, sent_in.values())) > MOST_FILES:
        raise Incomplete({"file": [f"一次最多上传{MOST_FILES}个文件，其余请在事项页面上传"]})
    return {
        no: [sending.proven(file.stream, file.filename or "") for file in files]
        for no, files in sent_in.items()
        if files
    }


@acting(lambda refusal, notice_id, **_: page(notice_id=notice_id, refusal=refusal))
def _answer(notice_id: int, files: Files) -> ResponseReturnValue:
    notice = whole(notice_id, actor())
    raw = _sent(notice, files)
    drawn, version = standing(NoticeAct.REPLY, notice).keys(), forms.number("version")
    acts.do(NoticeAct.REPLY, notice_id, actor(), raw, press(), version=version, drawn=drawn)
    flash("答复已提交", "success")
    return redirect(url_for("notices.page", notice_id=notice_id), 303)


@acting(lambda refusal, notice_id, **_: page(notice_id=notice_id, refusal=refusal))
def _begin(notice_id: int, files: Files) -> ResponseReturnValue:
    notice = load_for_change(notice_id, actor())
    raw = _sent(notice, files)
    drafts.keep(notice, actor(), clock.now(), raw, forms.number("begun"))
    flash("草稿已保存，尚未答复；填写完整后请点“答复”提交", "success")
    return redirect(url_for("notices.page", notice_id=notice_id, _anchor="reply-form"), 303)


def _sent(notice: Notice, files: Files) -> dict[str, Any]:
    raw = sent(fields_of(NoticeAct.REPLY, notice.kind))
    kept = {no: _kept(notice, some) for no, some in files.items()}
    if whole_files := kept.pop(WHOLE, []):
        raw[EVIDENCE] = [*raw.get(EVIDENCE, []), *whole_files]
    if any(kept.values()):
        points.with_files(raw.setdefault(points.NAME, []), kept)
    return raw


def _kept(notice: Notice, files: Sequence[Proven]) -> list[str]:
    """With an answer a unit sends files in at any time, whatever its ticket's status."""
    numbers = [issue.number for issue in notice.issues]
    number = forms.carried("issue") or numbers[0]
    if number not in numbers:
        raise Incomplete({"issue": ["请选择文书所列的事项"]})
    issue = load(number, actor(), for_change=True)
    about = About(EvidenceKind.OTHER, note=f"随{notice.number}的答复提交")
    rows = [add(issue, actor(), one, about, at=clock.now(), is_answer=True) for one in files]
    return [str(row.id) for row in rows]
