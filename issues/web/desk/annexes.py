"""The annexes of a person's own: one form an annex, each act of it a version of the draft."""

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue

from issues.notices.acts import refuse_unless_may
from issues.notices.desk import acts as desk
from issues.notices.desk.annex import putting as annexing
from issues.queries.notices.pages import whole
from issues.rights.table import Right
from issues.vocabulary import NoticeAct
from issues.vocabulary.desk import DeskAct
from issues.web.desk.annex_form import changed, sent
from issues.web.door import forms
from issues.web.door.guards import acting, actor, requires
from issues.web.notices.page import page

blueprint = Blueprint("notice_annexes", __name__)


@blueprint.post("/notices/<int:notice_id>/desk/annexes")
@requires(Right.NOTICES)
@acting(page)
def act(notice_id: int) -> ResponseReturnValue:
    notice, asked = whole(notice_id, actor()), forms.carried("act")
    refuse_unless_may(NoticeAct.EDIT, notice, actor())
    key, base = forms.carried("key"), forms.carried("base")
    if asked == "remove":
        made = desk.changed(
            notice_id, actor(), DeskAct.UNANNEX, lambda _f, now: annexing.removed(now, key, base)
        )
    else:
        annex = changed(sent(notice), asked, notice)
        made = desk.changed(
            notice_id, actor(), DeskAct.ANNEX, lambda _f, now: annexing.put(now, annex, base)
        )
    flash("附件已保存" if asked != "remove" else "附件已删去，可以撤销", "success")
    return redirect(url_for("notices.page", notice_id=made.id) + "#desk-annexes", 303)
