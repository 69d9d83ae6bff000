"""Importing a ledger: upload, see what was understood, mend or fill in, confirm."""

import io
from collections.abc import Callable
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
from issues.exchange import uploads
from issues.exchange.importing import import_ledger, understand_workbook
from issues.exchange.reading.constants import FIELDS, NOT_TOML, profile_of, with_constants
from issues.exchange.reading.items import Understood
from issues.exchange.reading.profile import ProfileError
from issues.exchange.workbook.mark_errors import mark_errors
from issues.exchange.workbook.package import UnreadableWorkbook
from issues.ground import clock
from issues.ground.refusals import Incomplete, Refusal, WrongStatus
from issues.models import LedgerImport
from issues.queries.ground.paging import page_asked, pages_of, within
from issues.queries.register import imports as queries
from issues.rights.table import Right
from issues.vocabulary import Source
from issues.web.door import drawing, forms
from issues.web.door.guards import acting, actor, requires
from issues.web.door.turns import builds_file
from issues.web.register.campaigns import draw_report

blueprint = Blueprint("exchange", __name__)
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
A_PAGE = 50
MOST_ERRORS_SHOWN = MOST_NOTICES_SHOWN = 200
FILES = (
    Field("workbook", "file", "台账工作簿", hint=".xlsx 文件，最大 25 MB"),
    optional(
        "profile", "file", "栏目配置",
        hint="表中没有来源、交办日期等栏目时，可附 .toml 配置；也可以在下一步填写",
    ),
)  # fmt: skip
_TYPES = {
    "source": ("choice", "表中没有来源一栏，全部问题记为这一来源"),
    "assigned_on": ("date", "全部问题记为这一天交办"),
    "region": ("region", "责任单位中写明县（区）的按写明的，其余记为这里"),
    "acceptance": ("unit", "默认由牵头单位验收；牵头单位就是主责单位的，由这里所选单位验收"),
    "deadline_days": ("integer", "自交办之日起的天数"),
}
CONSTANTS = tuple(
    Field(
        name, _TYPES[name][0], heading, hint=_TYPES[name][1],
        choices=tuple(Source.choices()) if name == "source" else (),
    )
    for heading, name in FIELDS.items()
)  # fmt: skip


def draw_upload(refusal: Refusal | None = None) -> str:
    return render_template(
        "register/import.html",
        form=drawing.drawn(FILES, refusal),
        refusal=refusal,
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
    file = forms.file("workbook")
    if file is None:
        raise Incomplete({"workbook": ["请选择要导入的工作簿"]})
    name, told = file.filename or "", _told_beside()
    store, judge = current_app.extensions["evidence"], partial(_understood, told=told)
    content, digest = uploads.receive(store, file.stream, name, judge)
    with transaction():
        row = uploads.note(name, digest, told, actor(), clock.now(), content=content)
        return redirect(url_for("exchange.show", upload_id=row.id), 303)


def _told_beside() -> str:
    """The text of the profile sent with the workbook. Raises Incomplete."""
    file = forms.file("profile")
    if file is None:
        return ""
    try:
        text = file.stream.read(uploads.MOST_BYTES).decode("utf-8-sig")
        profile_of(text)
    except UnicodeDecodeError:
        raise Incomplete({"profile": [NOT_TOML]}) from None
    except ProfileError as wrong:
        raise Incomplete({"profile": [wrong.sentence]}) from None
    return text


def _understood(content: bytes, told: str) -> Understood:
    """Raises Incomplete where no ledger can be read from the bytes."""
    try:
        return understand_workbook(content, profile_of(told), clock.today(), is_apart_left=True)
    except UnreadableWorkbook as wrong:
        raise Incomplete({"workbook": [wrong.sentence]}) from None


def _content(row: LedgerImport) -> bytes:
    return uploads.content(current_app.extensions["evidence"], row.sha256)


@blueprint.get("/issues/import/<int:upload_id>")
@requires(Right.IMPORT)
@builds_file
def show(upload_id: int) -> ResponseReturnValue:
    return _draw(uploads.load(upload_id))


def _draw(row: LedgerImport, refusal: Refusal | None = None) -> str:
    if row.confirmed_at is not None:
        return draw_report(row)
    known = queries.units()
    understood = _understood(_content(row), row.report["profile"])
    total = len(understood.items)
    page = within(page_asked(request.args.get("page", "")), total, A_PAGE)
    return render_template(
        "register/import_preview.html",
        upload=row,
        understood=understood,
        refusal=refusal,
        constants=_constants(understood, known, refusal),
        called={unit.code: unit.short_name for unit in known},
        errors=understood.errors[:MOST_ERRORS_SHOWN],
        notices=understood.notices[:MOST_NOTICES_SHOWN],
        items=understood.items[(page - 1) * A_PAGE : page * A_PAGE],
        page=page,
        pages=pages_of(total, A_PAGE),
        link=lambda to: url_for("exchange.show", upload_id=row.id, page=to),
    )


def _constants(understood: Understood, known: Any, refusal: Refusal | None) -> list[drawing.Drawn]:
    """The fields of the form that stands in for columns the sheet lacks."""
    lists = {
        "region": queries.regions(known),
        "acceptance": [(unit.code, unit.short_name) for unit in known],
    }
    missing = [field for field in CONSTANTS if field.label in understood.missing]
    return list(drawing.drawn(missing, refusal, choices=lists).values())


def _again(refusal: Refusal, upload_id: int) -> str:
    return _draw(uploads.load(upload_id), refusal)


@blueprint.post("/issues/import/<int:upload_id>/constants")
@requires(Right.IMPORT)
@acting(_again)
def fill_in(upload_id: int) -> ResponseReturnValue:
    row = _waiting(upload_id)
    try:
        told = with_constants(row.report["profile"], forms.typed(CONSTANTS))
    except ProfileError as wrong:
        raise Incomplete({"constants": [wrong.sentence]}) from None
    uploads.set_profile(row, told)
    flash("已补齐表中没有的栏目", "success")
    return redirect(url_for("exchange.show", upload_id=upload_id), 303)


@blueprint.get("/issues/import/<int:upload_id>/errors.xlsx")
@requires(Right.IMPORT)
@builds_file
def marked(upload_id: int) -> Response:
    """The person's own workbook with its bad cells red and commented."""
    row = uploads.load(upload_id)
    content = _content(row)
    understood = _understood(content, row.report["profile"])
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
    understood = _understood(_content(row), row.report["profile"])
    return render_template("register/import_confirm.html", upload=row, understood=understood)


@blueprint.post("/issues/import/<int:upload_id>/confirm")
@requires(Right.IMPORT)
@builds_file
@acting(_again)
def confirm(upload_id: int) -> ResponseReturnValue:
    row = _waiting(upload_id)
    understood = _understood(_content(row), row.report["profile"])
    at, book = clock.now(), uploads.workbook_of(row)
    report = import_ledger(understood, actor(), at=at, workbook=book, is_apart_left=True)
    uploads.confirm(row, report, at)
    done = f"已导入{report.tickets}个问题、{report.measures}项措施"
    flash(done if report.tickets else report.in_words(), "success")
    return redirect(url_for("exchange.show", upload_id=upload_id), 303)


def _waiting(upload_id: int) -> LedgerImport:
    """Raises NotFound, and WrongStatus where the workbook was imported already."""
    row = uploads.load(upload_id, for_change=True)
    if row.confirmed_at is not None:
        raise WrongStatus("这份工作簿已经导入，没有重复导入。")
    return row
