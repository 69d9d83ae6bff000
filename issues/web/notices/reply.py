"""The unit's answer to a notice: its text, files sent along with it, and files sent in before."""

from collections.abc import Sequence

from flask import Blueprint, flash, make_response, redirect, url_for
from flask.typing import ResponseReturnValue

from issues.evidence.rows import About, Proven, add
from issues.ground import clock
from issues.ground.refusals import Incomplete, NotAllowed
from issues.models import Notice
from issues.notices import acts
from issues.notices.demanded import whose_answer
from issues.notices.fields import fields_of
from issues.notices.rights import may_answer
from issues.queries.notices.pages import whole
from issues.rights.table import Right
from issues.vocabulary import EvidenceKind, NoticeAct
from issues.web.door import forms, uploads as sending
from issues.web.door.guards import NOT_YOURS, acting, actor, requires
from issues.web.notices.forms import EVIDENCE, sent, standing
from issues.web.notices.page import page
from issues.web.notices.pdf import press
from issues.workflow import load

blueprint = Blueprint("notice_reply", __name__)
MOST_FILES = 10


@blueprint.post("/notices/<int:notice_id>/reply")
@requires(Right.NOTICES)
def reply(notice_id: int) -> ResponseReturnValue:
    """Files are proven first, outside the transaction; their rows come with the answer or not."""
    try:
        files = _proven(whole(notice_id, actor()))
    except (Incomplete, sending.NotTaken) as refusal:
        return make_response(page(notice_id=notice_id, refusal=refusal), refusal.status)
    return _answer(notice_id=notice_id, files=files)


def _proven(notice: Notice) -> list[Proven]:
    """Raises NotAllowed, Incomplete, NotTaken."""
    if not acts.RIGHTS[NoticeAct.REPLY](actor(), notice):
        is_ours = may_answer(actor(), notice)
        raise NotAllowed(whose_answer(notice.kind) if is_ours else NOT_YOURS)
    files = forms.files("file")
    if len(files) > MOST_FILES:
        raise Incomplete({"file": [f"一次最多上传{MOST_FILES}个文件，其余请在事项页面上传"]})
    return [sending.proven(file.stream, file.filename or "") for file in files]


@acting(lambda refusal, notice_id, **_: page(notice_id=notice_id, refusal=refusal))
def _answer(notice_id: int, files: Sequence[Proven]) -> ResponseReturnValue:
    notice = whole(notice_id, actor())
    raw = sent(fields_of(NoticeAct.REPLY, notice.kind))
    if files:
        raw[EVIDENCE] = [*raw.get(EVIDENCE, []), *_kept(notice, files)]
    drawn, version = standing(NoticeAct.REPLY, notice).keys(), forms.number("version")
    acts.do(NoticeAct.REPLY, notice_id, actor(), raw, press(), version=version, drawn=drawn)
    flash("答复已提交", "success")
    return redirect(url_for("notices.page", notice_id=notice_id), 303)


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
