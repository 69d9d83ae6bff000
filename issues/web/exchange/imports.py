"""Importing a ledger: upload, see what was understood, mend or fill in, confirm."""

import io
from collections.abc import Callable, Sequence
from functools import partial, wraps
from typing import Any

from flask import (
    Blueprint,
    Response,
    current_app,
    flash,
    make_response,
    redirect,
    render_template,
    request,
    send_file,
    url_for,
)
from flask.typing import ResponseReturnValue

from extensions import transaction
from issues.act_fields import Field, optional
from issues.counters import prefix_of_numbers
from issues.exchange import judging, uploads
from issues.exchange.judging import Judge
from issues.exchange.matching import kept
from issues.exchange.pictures import bringing, choosing
from issues.exchange.pictures.taking import Taken
from issues.exchange.reading.constants import profile_of, started, with_constants
from issues.exchange.reading.profile import STARTS, ProfileError
from issues.exchange.workbook.mark_errors import mark_errors
from issues.exchange.workbook.package import UnreadableWorkbook
from issues.ground import clock
from issues.ground.numbers import LARGEST_ID, whole
from issues.ground.refusals import Incomplete, Refusal
from issues.queries.ground.paging import page_asked
from issues.queries.register import imports as queries
from issues.rights.table import Right
from issues.vocabulary import Status, WorkKind
from issues.web.door import drawing, forms
from issues.web.door.files import staged
from issues.web.door.guards import acting, actor, requires
from issues.web.door.turns import builds_file
from issues.web.exchange import large, pictures
from issues.web.exchange.arriving import told_beside, waiting
from issues.web.exchange.import_preview import (
    CONSTANTS,
    XLSX,
    content_of,
    draw,
    is_to_be_read,
    shown_as,
)

blueprint = Blueprint("exchange", __name__)
FILES = (
    Field("workbook", "file", "台账工作簿", hint=".xlsx 文件，最大 25 MB"),
    optional(
        "profile", "file", "格式文件",
        hint="不必附。从别处下载的格式文件可在这里一并上传",
    ),
)  # fmt: skip
START = Field(
    "start", "choice", "没有写明整改阶段的问题",
    choices=tuple((one.value, one.label) for one in STARTS),
)  # fmt: skip


def draw_upload(refusal: Refusal | None = None) -> str:
    return render_template(
        "exchange/import.html",
        form=drawing.drawn(FILES, refusal),
        refusal=refusal,
        layouts=len(kept.in_force()),
        earlier=queries.earlier_imports(page_asked(request.args.get("page", ""))),
        link=lambda to: url_for("exchange.start", page=to),
    )


def redrawn(view: Callable[..., ResponseReturnValue]) -> Callable[..., ResponseReturnValue]:
    """The upload form again, with what was wrong. Reading a workbook holds no transaction."""

    @wraps(view)
    def drawn(**given: Any) -> ResponseReturnValue:
        try:
            return view(**given)
        except Incomplete as refusal:
            return make_response(draw_upload(refusal), refusal.status)

    return drawn


@blueprint.get("/issues/import")
@requires(Right.IMPORT)
def start() -> ResponseReturnValue:
    return draw_upload()


@blueprint.post("/issues/import")
@requires(Right.IMPORT)
@builds_file
@redrawn
def upload() -> ResponseReturnValue:
    prefix_of_numbers()  # told before a file is kept, and before long work begins
    file = staged.file("workbook")
    if file is None:
        raise Incomplete({"workbook": ["请选择要导入的工作簿"]})
    name, told = file.filename, told_beside()
    judge = Judge(told, may_wait=True)
    store = current_app.extensions["evidence"]
    content, digest = uploads.receive(store, file.stream, name, judge)
    with transaction():
        row = uploads.note(name, digest, judge.told, actor(), clock.now(), content=content)
        if judge.is_large:
            judging.say(row, large=True, unread=True)
            return large.begin(row, WorkKind.READ)
        to = "exchange.show" if judge.is_known else "match.page"
        return redirect(url_for(to, upload_id=row.id), 303)


@blueprint.get("/issues/import/<int:upload_id>")
@requires(Right.IMPORT)
@builds_file
def show(upload_id: int) -> ResponseReturnValue:
    return draw(uploads.load(upload_id))


def _again(refusal: Refusal, upload_id: int) -> str:
    return draw(uploads.load(upload_id), refusal)


@blueprint.post("/issues/import/<int:upload_id>/constants")
@requires(Right.IMPORT)
@acting(_again)
def fill_in(upload_id: int) -> ResponseReturnValue:
    row = waiting(upload_id)
    try:
        told = with_constants(row.report["profile"], forms.typed(CONSTANTS))
    except ProfileError as wrong:
        raise Incomplete({"constants": [wrong.sentence]}) from None
    uploads.set_profile(row, told)
    flash("已补齐表中没有的栏目", "success")
    return large.lead_on(row)


@blueprint.post("/issues/import/<int:upload_id>/start")
@requires(Right.IMPORT)
@acting(_again)
def begin(upload_id: int) -> ResponseReturnValue:
    """Where the tickets begin of which the sheet does not say: all, and some by their row."""
    row = waiting(upload_id)
    start = Status(forms.read((START,))["start"])
    shown = [n for one in forms.marked("rows") if (n := whole(one, 1, LARGEST_ID))]
    said = forms.read([optional(f"row_{n}", "choice", "开始于", choices=START.choices)
                       for n in shown])  # fmt: skip
    profile = profile_of(row.report["profile"])
    rows = dict(profile.start_rows) if profile else {}
    rows |= {n: Status(value) for n in shown if (value := said[f"row_{n}"])}
    rows = {n: status for n, status in rows.items() if status is not start}
    uploads.set_profile(row, started(row.report["profile"], start, rows))
    flash("已记下没有写明整改阶段的问题从哪里开始", "success")
    return large.lead_on(row)


@blueprint.get("/issues/import/<int:upload_id>/errors.xlsx")
@requires(Right.IMPORT)
@builds_file
def marked(upload_id: int) -> Response:
    """The person's own workbook with its bad cells red and commented."""
    row = uploads.load(upload_id)
    content = content_of(row)
    understood = shown_as(row)
    try:
        bytes_ = mark_errors(content, understood.errors, understood.sheet)
    except UnreadableWorkbook as wrong:
        raise Incomplete({}, wrong.sentence) from None
    stem = row.name.removesuffix(".xlsx")
    return send_file(
        io.BytesIO(bytes_), XLSX, as_attachment=True, download_name=f"{stem}-标错.xlsx"
    )


@blueprint.get("/issues/import/<int:upload_id>/confirm")
@requires(Right.IMPORT)
@builds_file
def ask(upload_id: int) -> ResponseReturnValue:
    row = uploads.load(upload_id)
    if row.confirmed_at is not None:
        return redirect(url_for("exchange.show", upload_id=upload_id))
    if is_to_be_read(row):
        return large.draw(row)
    understood = shown_as(row)
    drafts = sum(item.starts is Status.DRAFT for item in understood.new)
    return render_template(
        "exchange/import_confirm.html", upload=row, understood=understood, drafts=drafts,
        choice=(choice := choosing.choice_of(row)), chosen=choice.of(understood.pictures),
    )  # fmt: skip


@blueprint.post("/issues/import/<int:upload_id>/confirm")
@requires(Right.IMPORT)
@builds_file
def confirm(upload_id: int) -> ResponseReturnValue:
    """The pictures are proven and kept first, outside the transaction that writes their rows."""
    taken = pictures.taken_of(uploads.load(upload_id))
    write = acting(_again)(partial(_confirm, taken))
    return write(upload_id=upload_id)


def _confirm(taken: Sequence[Taken], upload_id: int) -> ResponseReturnValue:
    row = waiting(upload_id)
    if judging.is_large(row):
        return large.begin(row, WorkKind.WRITE)
    understood = shown_as(row)
    at = clock.now()
    report, brought = bringing.bring(row, understood, taken, actor(), at=at, is_apart_left=True)
    done = f"已导入{report.tickets}个问题、{report.measures}项措施"
    flash(done if report.tickets else report.in_words(), "success")
    if brought is not None:
        flash(brought.in_words(), "warning" if brought.left else "success")
    return redirect(url_for("exchange.show", upload_id=upload_id), 303)
