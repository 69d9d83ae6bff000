"""One's own long work: the list, a piece with how far it is, and what may be done with it.

Whoever has a session has these pages: nobody is shown another's, and who keeps the units sees no
ticket.
"""

import io

from flask import (
    Blueprint,
    Response,
    current_app,
    flash,
    jsonify,
    redirect,
    render_template,
    send_file,
    url_for,
)
from flask.typing import ResponseReturnValue

from issues.ground.refusals import NotAllowed, Refusal
from issues.models import LongWork
from issues.queries.evidence.files import written_size
from issues.rights.table import Right
from issues.vocabulary import WorkKind, WorkState
from issues.web.door.guards import acting, actor, requires, signed_in
from issues.web.door.long_work import want_worker
from issues.web.door.turns import builds_file
from issues.web.exchange.import_preview import XLSX
from issues.works import asking, keeping
from issues.works.aside import Said, heard
from issues.works.kinds.exporting import sight_of

blueprint = Blueprint("works", __name__)
SEE_OTHER = 303
CSV = "text/csv; charset=utf-8"
OTHER_SIGHT = "导出以后您的角色或单位有变动，这份文件不再提供，请重新导出。"


@blueprint.get("/works")
@signed_in
def listed(refusal: Refusal | None = None) -> str:
    return render_template(
        "works/list.html",
        rows=asking.works_of(actor()),
        about=about,
        kept_days=asking.KEPT_DAYS,
        refused=refusal.sentence if refusal else "",
    )


@blueprint.get("/works/<int:work_id>")
@signed_in
def page(work_id: int, refusal: Refusal | None = None) -> str:
    work = asking.find(work_id, actor())
    return render_template(
        "works/one.html",
        work=work,
        about=about(work),
        now_doing=now_doing(work),
        far=far_of(work),
        is_over=work.ended_at is not None,
        has_result=work.state is WorkState.DONE,
        result=_result_words(work),
        may_cancel=asking.may_be_cancelled(work),
        may_begin_anew=work.state in asking.AGAIN,
        is_whole=work.kind in asking.WHOLE,
        is_writing=work.kind in asking.WRITING,
        size=written_size(work.size) if work.kind is WorkKind.EXPORT and work.size else "",
        kept_days=asking.KEPT_DAYS,
        refused=refusal.sentence if refusal else "",
    )


def about(work: LongWork) -> str:
    """The workbook it is of, or the file it makes."""
    return work.upload.name if work.upload else work.name


def far_of(work: LongWork) -> Said:
    """How far its holder says that it is."""
    return heard(current_app, work)


def now_doing(work: LongWork) -> str:
    if work.state is WorkState.QUEUED:
        return "等待办理"
    return far_of(work).words or ("正在准备" if work.ended_at is None else work.state.label)


def _result_words(work: LongWork) -> str:
    return {
        WorkKind.READ: "查看识别结果", WorkKind.COMPARE: "查看差异",
        WorkKind.WRITE: "查看导入结果", WorkKind.EXPORT: "下载文件",
        WorkKind.REFORM: "查看调整结果", WorkKind.ROUND: "查看调度结果",
    }[work.kind]  # fmt: skip


@blueprint.get("/works/<int:work_id>/state")
@signed_in
def state(work_id: int) -> Response:
    """What the page's script asks for every few seconds."""
    work = asking.find(work_id, actor())
    far = far_of(work)
    told = {
        "state": work.state.value, "label": work.state.label, "words": now_doing(work),
        "done": far.done, "total": far.total, "is_over": work.ended_at is not None,
    }  # fmt: skip
    answer = jsonify(told)
    answer.headers["Cache-Control"] = "private, no-store"
    if work.state is WorkState.QUEUED:
        want_worker()
    return answer


@blueprint.post("/works/<int:work_id>/cancel")
@signed_in
@acting(page)
def cancel(work_id: int) -> ResponseReturnValue:
    asking.cancel(asking.find(work_id, actor()))
    flash("已取消，没有写入任何内容。", "success")
    return redirect(url_for(".page", work_id=work_id), SEE_OTHER)


@blueprint.post("/works/<int:work_id>/again")
@signed_in
@acting(page)
def again(work_id: int) -> ResponseReturnValue:
    work = asking.again(asking.find(work_id, actor()), actor())
    return redirect(url_for(".page", work_id=work.id), SEE_OTHER)


@blueprint.post("/works/<int:work_id>/open")
@signed_in
@acting(page)
def look(work_id: int) -> ResponseReturnValue:
    """To the result; the person has been told by then."""
    work = asking.find(work_id, actor())
    asking.know(actor(), work)
    return redirect(_result(work), SEE_OTHER)


def _result(work: LongWork) -> str:
    """Where it is to be seen; where it stands, of one that has none."""
    if work.state is not WorkState.DONE:
        return url_for(".page", work_id=work.id)
    if work.kind is WorkKind.EXPORT:
        return url_for(".file", work_id=work.id)
    if work.kind is WorkKind.REFORM:
        return url_for("reforms.result", code=work.asked["code"])
    if work.kind is WorkKind.ROUND:
        return url_for("rounds.page", round_id=work.asked["round"])
    view = "differences_of_import.page" if work.kind is WorkKind.COMPARE else "exchange.show"
    return url_for(view, upload_id=work.import_id)


@blueprint.post("/works/told")
@signed_in
@acting(listed)
def know() -> ResponseReturnValue:
    asking.know(actor())
    return redirect(url_for(".listed"), SEE_OTHER)


@blueprint.get("/works/<int:work_id>/file")
@requires(Right.VIEW)
@builds_file
def file(work_id: int) -> Response:
    """An export's file, to who asked for it and still sees what they saw then."""
    work = asking.find(work_id, actor())
    if work.key != sight_of(actor()):
        raise NotAllowed(OTHER_SIGHT)
    content = keeping.kept(current_app.extensions["evidence"], work)
    kind = CSV if work.name.endswith(".csv") else XLSX
    answer = send_file(io.BytesIO(content), kind, as_attachment=True, download_name=work.name)
    answer.headers["Cache-Control"] = "private, no-store"
    return answer
