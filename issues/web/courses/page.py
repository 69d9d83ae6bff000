"""How a paper came about (发文稿纸), the opinions on its draft, and what follows from a meeting."""

from typing import Any, cast

from flask import Blueprint, current_app, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from issues.act_fields.bound import bounded
from issues.ground import clock
from issues.ground.refusals import NotAllowed, Refusal
from issues.models import Notice
from issues.notices import acts
from issues.notices.fields import fields_for
from issues.notices.kinds import compose
from issues.notices.kinds.shape import NoticeFactsDoc
from issues.notices.page.forms.draft_sheet import draw_sheet
from issues.notices.passing.course import Course, course_of, tables_of, told
from issues.notices.passing.opinions import days_of
from issues.queries.notices.pages import whole
from issues.rights.table import Right
from issues.vocabulary import NoticeAct, NoticeStatus
from issues.web.courses.beside import sees_course
from issues.web.door import drawing, forms
from issues.web.door.guards import NOT_YOURS, acting, actor, requires
from issues.web.door.turns import builds_file
from issues.web.notices.forms import sent
from issues.web.notices.pdf import pdf_answer, press
from issues.web.notices.typed import as_kept

blueprint = Blueprint("notice_course", __name__)
NOTE = "按系统中的办理记录生成，未登记的环节留空。"


def _seen(notice_id: int) -> Notice:
    """Raises NotAllowed."""
    notice = whole(notice_id, actor())
    if not sees_course(notice, actor()):
        raise NotAllowed(NOT_YOURS)
    return notice


def _course(notice: Notice) -> Course:
    if notice.status is NoticeStatus.DRAFT:
        return course_of(notice, as_kept(notice).document)
    return course_of(notice, compose(cast("NoticeFactsDoc", notice.facts)))


@blueprint.get("/notices/<int:notice_id>/course")
@requires(Right.NOTICES)
def page(notice_id: int, refusal: Refusal | None = None) -> str:
    notice = _seen(notice_id)
    form: dict[str, Any] = {}
    if NoticeAct.OPINE in acts.available(notice, actor()):
        days = {"on": days_of(notice, clock.today())}
        fields = bounded(fields_for(NoticeAct.OPINE, notice), days)
        form = drawing.drawn(fields, refusal, {"on": clock.today().isoformat()})
    return render_template(
        "courses/page.html", notice=notice, course=_course(notice), told=told, form=form,
        refusal=refusal,
    )  # fmt: skip


@blueprint.get("/notices/<int:notice_id>/course.pdf")
@requires(Right.NOTICES)
@builds_file
def sheet(notice_id: int) -> ResponseReturnValue:
    course = _course(_seen(notice_id))
    faces = current_app.extensions["faces"]()
    pdf = draw_sheet(course.name, tables_of(course), NOTE, faces)
    return pdf_answer(pdf, f"发文稿纸-{course.document.number or notice_id}")


def _do(act: NoticeAct, notice_id: int, said: str, to: str) -> ResponseReturnValue:
    raw = sent(fields_for(act, whole(notice_id, actor())))
    acts.do(act, notice_id, actor(), raw, press(), version=forms.number("version"))
    flash(said, "success")
    return redirect(url_for(to, notice_id=notice_id), 303)


@blueprint.post("/notices/<int:notice_id>/course/opine")
@requires(Right.NOTICES)
@acting(page)
def opine(notice_id: int) -> ResponseReturnValue:
    return _do(NoticeAct.OPINE, notice_id, "意见已登记", ".page")
