"""A draft's text back from a word processor: a preview of the changes, then those accepted."""

import json
from typing import NamedTuple

from flask import Blueprint, flash, make_response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from issues.evidence.refusals import EvidenceRefused
from issues.ground import clock
from issues.ground.documents import Unreadable, json_of
from issues.ground.refusals import Incomplete, Refusal, Stale
from issues.models import Notice
from issues.notices.acts import refuse_unless_may
from issues.notices.desk import acts as desk
from issues.notices.desk.overlay import standing
from issues.notices.desk.shape import DeskFacts
from issues.notices.desk.taking_in import Change, What, accepted, changes
from issues.notices.desk.words import compared
from issues.notices.docx.reading import read
from issues.notices.kinds import composed
from issues.notices.kinds.shape import NoticeFactsDoc
from issues.notices.page.document import Level
from issues.queries.notices.pages import whole
from issues.rights.table import Right
from issues.vocabulary import NoticeAct
from issues.vocabulary.desk import DeskAct
from issues.web.door import forms
from issues.web.door.files import staged
from issues.web.door.guards import acting, actor, requires

blueprint = Blueprint("notice_take_in", __name__)
SAID = {What.KEPT: "未变", What.CHANGED: "改动", What.ADDED: "增加", What.STRUCK: "删去"}
MOST_CARRIED = 1024 * 1024
MOVED_ON = "您打开后，草稿又有人修改，所选的改动有的已对不上。请按最新内容重新核对后再并入。"


class Told(NamedTuple):
    """A paragraph of the file, as the preview carries it to the act."""

    level: Level
    text: str


def _draft(notice_id: int) -> Notice:
    notice = whole(notice_id, actor())
    refuse_unless_may(NoticeAct.EDIT, notice, actor())
    return notice


@blueprint.get("/notices/<int:notice_id>/desk/text")
@requires(Right.NOTICES)
def form(notice_id: int, refusal: Refusal | None = None) -> str:
    return render_template(
        "notices/desk/take_in.html", notice=_draft(notice_id), refusal=refusal, found=None
    )


@blueprint.post("/notices/<int:notice_id>/desk/text")
@requires(Right.NOTICES)
def preview(notice_id: int) -> ResponseReturnValue:
    """Nothing is kept: what the file says against what the draft says now."""
    notice = _draft(notice_id)
    try:
        told = _sent()
    except Incomplete as refusal:
        return make_response(form(notice_id=notice_id, refusal=refusal), refusal.status)
    return _shown(notice, told, None)


def _sent() -> list[Told]:
    """The paragraphs of the file. Raises Incomplete."""
    sent = staged.file("file")
    if sent is None:
        raise Incomplete({"file": ["请选择文件"]})
    try:
        return [Told(one.level, one.text) for one in read(sent.stream.read())]
    except EvidenceRefused as refused:
        raise Incomplete({"file": [str(refused)]}) from refused


def _shown(notice: Notice, told: list[Told], refusal: Refusal | None) -> str:
    found = changes(desk.stands_now(notice, clock.now()), told)
    return render_template(
        "notices/desk/take_in.html",
        notice=notice,
        refusal=refusal,
        found=[(one, SAID[one.what], compared(one.before, one.after)) for one in found],
        count=sum(one.what is not What.KEPT for one in found),
        carried=json.dumps(told, ensure_ascii=False),
    )


def _again(notice_id: int, refusal: Refusal) -> str:
    return _shown(_draft(notice_id), _carried(), refusal)


def _carried() -> list[Told]:
    """Raises Incomplete."""
    try:
        told = json_of(forms.carried("told"), MOST_CARRIED)
        return [Told(Level(level), str(text)) for level, text in told]
    except (Unreadable, ValueError, TypeError) as error:
        raise Incomplete({"file": ["请重新选择文件"]}) from error


@blueprint.post("/notices/<int:notice_id>/desk/text/accept")
@requires(Right.NOTICES)
@acting(_again)
def accept(notice_id: int) -> ResponseReturnValue:
    _draft(notice_id)
    told, tokens = _carried(), set(forms.marked("token"))
    if not tokens:
        raise Incomplete({"token": ["请勾选要并入的改动"]})

    def change(facts: NoticeFactsDoc, now: DeskFacts) -> tuple[DeskFacts, str]:
        pieces = composed(facts)
        found = changes(standing(pieces, now), told)
        _refuse_moved(found, tokens)
        return accepted(pieces, now, found, tokens)

    desk.changed(notice_id, actor(), DeskAct.TAKE_IN, change)
    flash(f"已并入{len(tokens)}处改动，可以撤销", "success")
    return redirect(url_for("notices.page", notice_id=notice_id) + "#desk", 303)


def _refuse_moved(found: list[Change], tokens: set[str]) -> None:
    if not tokens <= {one.token for one in found}:
        raise Stale(MOVED_ON, known=0, current=0)
