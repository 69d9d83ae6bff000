"""A workbook too large to be read while a page is waited for: begun, and led back to."""

from flask import Blueprint, current_app, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from issues.evidence.storage.store import Store
from issues.exchange import judging, uploads
from issues.ground.refusals import Refusal, WrongStatus
from issues.models import LedgerImport, LongWork
from issues.rights.table import Right
from issues.vocabulary import WorkKind
from issues.web.door.guards import acting, actor, requires
from issues.web.door.long_work import want_worker
from issues.works import asking, readings
from issues.works.readings import Compared, Reading

blueprint = Blueprint("large_imports", __name__)
SEE_OTHER = 303
NOT_LARGE = "这份工作簿不大，不必在后台办理，请返回导入页。"
OF_LEDGERS = (WorkKind.READ, WorkKind.COMPARE, WorkKind.WRITE)


def store() -> Store:
    kept: Store = current_app.extensions["evidence"]
    return kept


def reading_of(row: LedgerImport) -> Reading | None:
    """None where it is to be read first."""
    return None if judging.is_unread(row) else readings.fresh(row, store())


def compared(row: LedgerImport) -> Compared | None:
    """None where it is to be read or compared first."""
    return None if judging.is_unread(row) else readings.compared(row, store())


def under_way(row: LedgerImport) -> LongWork | None:
    """What somebody is at with it."""
    return asking.latest(row.id, OF_LEDGERS)


def is_written(row: LedgerImport) -> bool:
    """Asked for already, and not done yet."""
    return asking.latest(row.id, [WorkKind.WRITE]) is not None


def lead_on(row: LedgerImport) -> ResponseReturnValue:
    """To what is understood of it now; of a large one, to how far the reading is."""
    if judging.is_large(row):
        return begin(row, WorkKind.READ)
    return redirect(url_for("exchange.show", upload_id=row.id), SEE_OTHER)


def draw(row: LedgerImport, refusal: Refusal | None = None) -> str:
    """What is to be begun before there is anything to see; or who is at it."""
    work = under_way(row)
    return render_template(
        "works/large.html",
        upload=row,
        work=work,
        is_mine=work is not None and work.user_id == actor().id,
        refused=refusal.sentence if refusal else "",
    )


def begin(row: LedgerImport, kind: WorkKind) -> ResponseReturnValue:
    """Never commits. Leads to how far it is. Raises WrongStatus, Incomplete."""
    if not judging.is_large(row):
        raise WrongStatus(NOT_LARGE)
    work = asking.begin(actor(), kind, {}, row.id)
    want_worker()
    return redirect(url_for("works.page", work_id=work.id), SEE_OTHER)


def _again(refusal: Refusal, upload_id: int) -> str:
    return draw(uploads.load(upload_id), refusal)


@blueprint.post("/issues/import/<int:upload_id>/read")
@requires(Right.IMPORT)
@acting(_again)
def read(upload_id: int) -> ResponseReturnValue:
    return begin(uploads.load(upload_id, for_change=True), WorkKind.READ)


@blueprint.post("/issues/import/<int:upload_id>/compare")
@requires(Right.IMPORT)
@acting(_again)
def compare(upload_id: int) -> ResponseReturnValue:
    """With the register as it is now; what is not read as it is told now is read as well."""
    row = uploads.load(upload_id, for_change=True)
    return begin(row, WorkKind.COMPARE if reading_of(row) else WorkKind.READ)
