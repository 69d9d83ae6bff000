"""Saying once what the columns of a workbook are; kept as a layout, recognised from then on."""

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from issues.exchange import judging, uploads
from issues.exchange.aliases import unit_names
from issues.exchange.matching import kept
from issues.exchange.matching.looking import Asked, Looked, look, rows_told
from issues.exchange.matching.match import Match
from issues.exchange.reading.constants import (
    constants_in,
    laid_over,
    lasting,
    profile_of,
    with_layout,
)
from issues.exchange.reading.profile import ProfileError
from issues.exchange.reading.unit_names import Directory
from issues.exchange.workbook.package import UnreadableWorkbook
from issues.ground.numbers import LARGEST_ID, whole
from issues.ground.refusals import Incomplete, Refusal, WrongStatus
from issues.models import LedgerImport
from issues.rights.table import Right
from issues.web.door import forms
from issues.web.door.guards import acting, actor, requires
from issues.web.door.turns import builds_file
from issues.web.exchange import large, layout_form

blueprint = Blueprint("match", __name__)
ROWS = ("first", "last", "data")
UNREAD = "这份工作簿还没有识别，请先识别。"
NO_SUCH_ROWS = "表头最多三行、在前20行之内，数据从表头以下开始、与表头最多隔三行，请重新填写行号"


@blueprint.get("/issues/import/<int:upload_id>/match")
@requires(Right.IMPORT)
@builds_file
def page(upload_id: int) -> ResponseReturnValue:
    row = _waiting(upload_id)
    if judging.is_unread(row):
        return redirect(url_for("exchange.show", upload_id=upload_id))
    return draw(row)


def draw(row: LedgerImport, refusal: Refusal | None = None) -> str:
    told = row.report["profile"]
    match = _known(row)
    asked, is_wrong = _asked()
    looked = _looked(row, asked, match)
    mine = kept.named(looked.near)
    if mine and not match:
        told = laid_over(mine.document, told)
    current = constants_in(told) | {"name": looked.near or _named(row)}
    return render_template(
        "exchange/match.html",
        upload=row,
        looked=looked,
        refusal=refusal,
        wrong_rows=NO_SUCH_ROWS if is_wrong else "",
        sheets=[(name, name) for name in looked.sheets],
        columns=_columns(looked, refusal),
        choices=layout_form.CHOICES,
        form=layout_form.drawn(refusal, current),
        kept=mine,
        is_near=mine is not None and match is None,
    )


def _columns(looked: Looked, refusal: Refusal | None) -> list[layout_form.Choice]:
    """As they were chosen where they were refused, else as they are likely to be."""
    lines = {one.head.column: one for one in looked.columns}
    chosen = layout_form.chosen(lines, refusal) or {
        place: layout_form.both(one.suggestion.fields) for place, one in lines.items()
    }
    return [
        layout_form.Choice(
            place, one.called, one.letters, one.samples, one.suggestion.because, *chosen[place]
        )
        for place, one in lines.items()
    ]


def _again(refusal: Refusal, upload_id: int) -> str:
    return draw(uploads.load(upload_id), refusal)


def _asked() -> tuple[Asked, bool]:
    """Which rows the address or the form says, and whether it says some that cannot be."""
    sent = request.args.get if request.method == "GET" else forms.carried
    said = [sent(name, "") or "" for name in ROWS]
    rows = rows_told(*(whole(one, 1, LARGEST_ID) for one in said))
    return Asked(sent("sheet", "") or "", rows), bool(any(said[:2]) and rows is None)


def _looked(row: LedgerImport, asked: Asked, match: Match | None) -> Looked:
    """Raises Incomplete."""
    content = uploads.content(current_app.extensions["evidence"], row.sha256)
    try:
        near = [profile.match for profile in kept.known() if profile.match]
        return look(content, asked, Directory(unit_names()), match, near)
    except UnreadableWorkbook as wrong:
        raise Incomplete({}, wrong.sentence) from None


def _known(row: LedgerImport) -> Match | None:
    profile = profile_of(row.report["profile"])
    return profile.match if profile else None


def _named(row: LedgerImport) -> str:
    return row.name.removesuffix(".xlsx")[: layout_form.LONGEST_NAME]


@blueprint.post("/issues/import/<int:upload_id>/match")
@requires(Right.IMPORT)
@builds_file
@acting(_again)
def save(upload_id: int) -> ResponseReturnValue:
    row = _waiting(upload_id, for_change=True)
    if judging.is_unread(row):
        raise WrongStatus(UNREAD)
    asked, _ = _asked()
    looked = _looked(row, asked, _known(row))
    columns = layout_form.read_columns({one.head.column: one.head.key for one in looked.columns})
    said = layout_form.read_constants()
    name = said["name"]
    try:
        told = with_layout(row.report["profile"], looked.match(name, columns), said)
    except ProfileError as wrong:
        raise Incomplete({"constants": [wrong.sentence]}) from None
    _keep(name, [one.head.key for one in looked.columns], lasting(told))
    uploads.set_profile(row, told)
    flash(f"已按格式《{name}》识别，以后遇到同样的表头自动识别", "success")
    return large.lead_on(row)


def _keep(name: str, headings: list[str], told: str) -> None:
    """The layout that the form was drawn from is changed; under another name a new one is made."""
    number = forms.number("layout")
    mine = kept.load(number, for_change=True) if number else None
    if mine is not None and mine.name == name:
        kept.change(mine, actor(), name, told, forms.number("version"), headings)
    else:
        kept.save(actor(), name, headings, told)


def _waiting(upload_id: int, *, for_change: bool = False) -> LedgerImport:
    row = uploads.load(upload_id, for_change=for_change)
    if row.confirmed_at is not None:
        raise WrongStatus("这份工作簿已经导入，不能再改各栏的内容。")
    return row
