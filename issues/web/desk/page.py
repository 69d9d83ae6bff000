"""One act on one paragraph of a draft, and the steps back and forth."""

from flask import Blueprint, current_app, flash, redirect, url_for
from flask.typing import ResponseReturnValue

from issues.ground.refusals import Incomplete
from issues.notices.acts import refuse_unless_may
from issues.notices.desk import acts as desk
from issues.notices.desk.annex.pictures import taken_from
from issues.notices.desk.annex.putting import picture_block
from issues.notices.desk.shape import BlockFacts
from issues.notices.desk.steps import FIRST, Conflict, Step
from issues.queries.notices.pages import whole
from issues.rights.table import Right
from issues.vocabulary import NoticeAct
from issues.vocabulary.desk import DeskAct
from issues.web.door import forms
from issues.web.door.guards import acting, actor, requires
from issues.web.notices.page import page

blueprint = Blueprint("notice_desk", __name__)
OF_PARAGRAPH = frozenset(
    {DeskAct.WRITE, DeskAct.STRIKE, DeskAct.REVIVE, DeskAct.FOLLOW, DeskAct.ADD, DeskAct.UP,
     DeskAct.DOWN}
)  # fmt: skip
BACK = frozenset({DeskAct.UNDO, DeskAct.REDO})


@blueprint.post("/notices/<int:notice_id>/desk")
@requires(Right.NOTICES)
@acting(page)
def act(notice_id: int) -> ResponseReturnValue:
    refuse_unless_may(NoticeAct.EDIT, whole(notice_id, actor()), actor())
    asked = DeskAct.of(forms.carried("act"))
    if asked in BACK:
        desk.step_back(notice_id, actor(), asked, forms.number("seen") or 0)
        flash(f"已{asked.label}", "success")
        return redirect(url_for("notices.page", notice_id=notice_id) + "#desk", 303)
    if asked not in OF_PARAGRAPH:
        raise Incomplete({"act": ["没有这项操作"]})
    step = _step(asked, notice_id)
    try:
        notice = desk.take(notice_id, actor(), step)
    except Conflict:
        raise
    except Incomplete as refusal:
        place = "new" if asked is DeskAct.ADD else step.id
        said = [sentence for told in refusal.errors.values() for sentence in told]
        raise Incomplete({f"paragraphs.{place}": said}) from refusal
    goes = desk.newest(notice) if asked is DeskAct.ADD else step.id
    flash(f"已{asked.label}", "success")
    return redirect(url_for("notices.page", notice_id=notice_id) + f"#p-{goes}", 303)


def _step(asked: DeskAct, notice_id: int) -> Step:
    place, base = forms.carried("id") or FIRST, forms.carried("base")
    level, is_before = forms.number("level"), forms.carried("where") == "before"
    picture = _picture(notice_id) if asked is DeskAct.ADD and forms.carried("picture") else None
    return Step(asked, place, base, forms.carried("text"), level, is_before, picture)


def _picture(notice_id: int) -> BlockFacts:
    """Of a photo on the paper's ticket; the text of the paragraph is its caption."""
    chosen = forms.number("picture") or 0
    store = current_app.extensions["evidence"]
    return picture_block(taken_from(whole(notice_id, actor()), chosen, store))
