"""The unit's answer to a notice: its text, files sent along with it, and files sent in before."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask import Blueprint, flash, jsonify, make_response, redirect, url_for
from flask.typing import ResponseReturnValue

from extensions import transaction
from issues.evidence.rows import About, Proven, add
from issues.ground import clock
from issues.ground.refusals import Incomplete, NotAllowed
from issues.models import Notice, ReplyDraft
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
from issues.web.door.files import staged
from issues.web.door.forms import wants_json
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
    """What is filled in so far is kept, by anybody of the unit; the files with it.

    The page's script asks for it a moment after the last key, without files.
    """
    if wants_json():
        return _keep(notice_id)
    try:
        files = _proven(whole(notice_id, actor()), only_begin=True)
    except (Incomplete, sending.NotTaken) as refusal:
        return make_response(page(notice_id=notice_id, refusal=refusal), refusal.status)
    return _begin(notice_id=notice_id, files=files)


def _keep(notice_id: int) -> ResponseReturnValue:
    """Nothing is answered: when it was kept, and the version the next one goes upon."""
    with transaction():
        _refuse_others(load_for_change(notice_id, actor()))
        row = _draft(notice_id, {})
        told = {"at": f"{clock.local(row.saved_at):%H:%M}", "begun": row.version}
    return jsonify(told)


def _refuse_others(notice: Notice) -> None:
    if not may_answer(actor(), notice):
        raise NotAllowed(NOT_YOURS)


def _draft(notice_id: int, files: Files) -> ReplyDraft:
    """Upon what the form was drawn with; one drawn without a draft finds none (0).

    `mine`: the same words were sent as the page was left, so a draft of one's own is no surprise.
    """
    notice = load_for_change(notice_id, actor())
    there, version = drafts.of(notice), forms.number("begun") or 0
    if forms.carried("mine") and there is not None and there.saved_by_id == actor().id:
        version = there.version
    return drafts.keep(notice, actor(), clock.now(), _sent(notice, files), version)


def _proven(notice: Notice, *, only_begin: bool) -> Files:
    """By the number of the point they go with, 0 for the whole.

    Raises NotAllowed, Incomplete, NotTaken.
    """
    is_ours = may_answer(actor(), notice)
    if not (is_ours if only_begin else acts.RIGHTS[NoticeAct.REPLY](actor(), notice)):
        raise NotAllowed(whose_answer(notice.kind) if is_ours else NOT_YOURS)
    fields = {one.no: points.FILES.format(one.no) for one in points_of(notice)} | {WHOLE: "file"}
    form = url_for(".reply", notice_id=notice.id)  # a draft of the answer is the same form
    sent_in = {no: staged.files(field, form) for no, field in fields.items()}
    if sum(map(len, sent_in.values())) > MOST_FILES:
        raise Incomplete({"file": [f"一次最多上传{MOST_FILES}个文件，其余请在事项页面上传"]})
    return {no: staged.taken(sent) for no, sent in sent_in.items() if sent}


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
    _draft(notice_id, files)
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
