"""A ledger beside the register: each difference accepted or refused by who brought the file."""

import io
from collections.abc import Iterable, Mapping, Sequence

from flask import (
    Blueprint,
    Response,
    flash,
    redirect,
    render_template,
    request,
    send_file,
    url_for,
)
from flask.typing import ResponseReturnValue

from issues.exchange import uploads
from issues.exchange.differences.accepting import Taken, take_over
from issues.exchange.differences.difference import Difference
from issues.exchange.differences.marked import marked_workbook
from issues.ground import clock
from issues.ground.refusals import Incomplete, Refusal
from issues.models import LedgerImport
from issues.queries.ground.paging import page_asked, pages_of, within
from issues.rights.table import Right
from issues.web.door import forms
from issues.web.door.guards import acting, actor, requires
from issues.web.door.turns import builds_file
from issues.web.exchange import large
from issues.web.exchange.compared import (
    found_in,
    note_taken,
    refused_in,
    settled_in,
    still_there,
    surely_in,
)
from issues.web.exchange.imports import XLSX

blueprint = Blueprint("differences_of_import", __name__)
A_PAGE = 100
AT_ONCE = 500
"""Taken over in one request; what is more is taken by the next."""
MOST_TOLD = 5
NOTHING_MARKED = "请先勾选差异"


@blueprint.get("/issues/import/<int:upload_id>/differences")
@requires(Right.IMPORT)
@builds_file
def page(upload_id: int) -> str:
    return _draw(upload_id)


def _draw(upload_id: int, refusal: Refusal | None = None) -> str:
    row = uploads.load(upload_id)
    compared = found_in(row)
    if compared is None:
        return large.draw(row, refusal)
    found, refused, settled = compared.comparison, refused_in(row), settled_in(row)
    open_ = [one for one in found.differences if one.code not in settled]
    column = request.args.get("column", "") or forms.carried("column")
    shown = [one for one in open_ if not column or one.column == column]
    at = within(page_asked(request.args.get("page", "")), len(shown), A_PAGE)
    return render_template(
        "exchange/differences.html",
        upload=row,
        found=found,
        at=compared.at,
        columns=_counted(open_),
        column=column,
        shown=shown[(at - 1) * A_PAGE : at * A_PAGE],
        total=len(shown),
        able=sum(one.take is not None for one in shown),
        refused=[one for one in found.differences if one.code in refused],
        refusal=refusal,
        page=at,
        pages=pages_of(len(shown), A_PAGE),
        link=lambda to: url_for(".page", upload_id=upload_id, page=to, column=column or None),
    )


def _counted(differences: Sequence[Difference]) -> Mapping[str, int]:
    """How many there are in each column, in the order in which they are met."""
    counts: dict[str, int] = {}
    for one in differences:
        counts[one.column] = counts.get(one.column, 0) + 1
    return counts


def _again(refusal: Refusal, upload_id: int) -> str:
    return _draw(upload_id, refusal)


@blueprint.post("/issues/import/<int:upload_id>/differences")
@requires(Right.IMPORT)
@builds_file
@acting(_again)
def accept(upload_id: int) -> ResponseReturnValue:
    """Those that are marked, or all of a column or of the page's filter."""
    row = uploads.load(upload_id, for_change=True)
    settled = settled_in(row)
    differences = [one for one in surely_in(row).differences if one.code not in settled]
    chosen, gone = _chosen(differences)
    some = chosen[:AT_ONCE]
    there = still_there(row, some)
    taken = take_over(there, actor(), row.name, clock.now())
    note_taken(row, taken.done)
    _tell(taken, gone + len(some) - len(there), len(chosen) - AT_ONCE)
    return _back(upload_id)


def _chosen(differences: Sequence[Difference]) -> tuple[list[Difference], int]:
    """What the form means, and how many of its marks no longer name a difference.

    All are those that a file may change; one that is ticked though it may not is told with why.
    """
    column = forms.carried("column")
    if forms.carried("all"):
        of_column = (one for one in differences if not column or one.column == column)
        return [one for one in of_column if one.take], 0
    marked = frozenset(forms.marked("code"))
    if not marked:
        raise Incomplete({"code": [NOTHING_MARKED]}, NOTHING_MARKED)
    chosen = [one for one in differences if one.code in marked]
    return chosen, len(marked - {one.code for one in chosen})


def _tell(taken: Taken, gone: int, left: int) -> None:
    if taken.done:
        flash(f"已接受{len(taken.done)}处，写入了台账和办理过程", "success")
    if left > 0:
        flash(f"一次写入{AT_ONCE}处，还有{left}处，请再按一次“全部接受”", "info")
    if gone:
        flash(f"{gone}处在您打开后已经变动，没有写入，请看下面现在的差异", "error")
    if taken.refused:
        told = [f"{one.number}{one.label}：{why}" for one, why in taken.refused[:MOST_TOLD]]
        more = f"等{len(taken.refused)}处" if len(taken.refused) > MOST_TOLD else ""
        flash(f"没有写入的：{'；'.join(told)}{more}", "error")


def _back(upload_id: int) -> ResponseReturnValue:
    column = forms.carried("column") or None
    return redirect(url_for(".page", upload_id=upload_id, column=column), 303)


@blueprint.post("/issues/import/<int:upload_id>/differences/refuse")
@requires(Right.IMPORT)
@acting(_again)
def refuse(upload_id: int) -> ResponseReturnValue:
    """Looked at and left as the register says; they are listed apart from then on."""
    row = uploads.load(upload_id, for_change=True)
    marked = _marked()
    _keep(row, refused_in(row) | marked)
    flash(f"已拒绝{len(marked)}处，台账没有改动；可以在“已拒绝”中恢复", "success")
    return _back(upload_id)


@blueprint.post("/issues/import/<int:upload_id>/differences/restore")
@requires(Right.IMPORT)
@acting(_again)
def restore(upload_id: int) -> ResponseReturnValue:
    row = uploads.load(upload_id, for_change=True)
    _keep(row, refused_in(row) - _marked())
    flash("已恢复，可以重新接受", "success")
    return _back(upload_id)


def _marked() -> frozenset[str]:
    """Raises Incomplete where nothing is."""
    marked = frozenset(code for code in forms.marked("code") if code.isalnum())
    if not marked:
        raise Incomplete({"code": [NOTHING_MARKED]}, NOTHING_MARKED)
    return marked


def _keep(row: LedgerImport, codes: Iterable[str]) -> None:
    row.report = row.report | {"refused": sorted(codes)}


@blueprint.get("/issues/import/<int:upload_id>/differences.xlsx")
@requires(Right.IMPORT)
@builds_file
def workbook(upload_id: int) -> Response:
    """All differences as a workbook, as `ledger import --diff` writes it."""
    row = uploads.load(upload_id)
    name = f"{row.name.removesuffix('.xlsx')}-差异.xlsx"
    content = io.BytesIO(marked_workbook(surely_in(row)))
    return send_file(content, XLSX, as_attachment=True, download_name=name)
