"""Dossiers of many tickets: chosen by the register's filter, watched, called off, fetched."""

import tempfile
import zipfile
from pathlib import Path

from flask import (
    Blueprint,
    Response,
    current_app,
    flash,
    redirect,
    render_template,
    request,
    send_file,
    url_for,
)
from flask.typing import ResponseReturnValue

from issues.dossiers import batches
from issues.ground import clock
from issues.ground.present import present
from issues.ground.refusals import NotFound, Refusal
from issues.models import DossierBatch, DossierItem
from issues.queries.admin.running import is_alive
from issues.queries.evidence.files import written_size
from issues.queries.register import lines as register
from issues.queries.register.filters import Filters
from issues.rights.table import Right
from issues.web.door import forms
from issues.web.door.guards import acting, actor, requires
from issues.web.door.turns import builds_file
from issues.web.dossiers.page import ZIP

blueprint = Blueprint("dossier_batches", __name__)
SEE_OTHER = 303
CHUNK = 1 << 20


@blueprint.get("/dossiers/batches")
@requires(Right.VIEW)
def listed(refusal: Refusal | None = None) -> str:
    """What the filter finds, to be asked for; and what was asked for before."""
    filters = Filters.from_args(forms.lists() or request.args.to_dict(flat=False))
    asked = filters.to_args(sort="", page="", after="", limit="")
    return render_template(
        "evidence/batches.html",
        asked=asked,
        total=register.count(filters, actor(), clock.today()) if asked else 0,
        most=batches.MOST,
        kept_days=batches.KEPT_DAYS,
        rows=[(row, batches.progress(row), _state(row)) for row in batches.batches_of(actor())],
        errors=refusal.errors if refusal else {},
    )


@blueprint.post("/dossiers/batches")
@requires(Right.VIEW)
@acting(listed)
def begin() -> ResponseReturnValue:
    filters = Filters.from_args(forms.lists())
    found = register.every(filters, actor(), clock.today(), batches.MOST + 1)
    batch = batches.begin(actor(), [id_ for id_, _ in found], at=clock.real_now())
    flash(f"已开始导出{len(batch.items)}件，可以离开本页，完成后回来下载。", "success")
    return redirect(url_for(".page", batch_id=batch.id), SEE_OTHER)


@blueprint.get("/dossiers/batches/<int:batch_id>")
@requires(Right.VIEW)
def page(batch_id: int, refusal: Refusal | None = None) -> str:
    batch = batches.find(batch_id, actor())
    written, failed, total = batches.progress(batch)
    under_way = batches.is_running(batch)
    return render_template(
        "evidence/batch.html",
        batch=batch,
        written=written,
        failed=failed,
        total=total,
        state=_state(batch),
        is_running=under_way,
        is_stalled=under_way and not is_alive(),
        is_waiting=batches.is_waiting,
        size=written_size(sum(item.size or 0 for item in batch.items)),
        written_size=written_size,
        refused=refusal.sentence if refusal else "",
    )


def _state(batch: DossierBatch) -> str:
    written, failed, total = batches.progress(batch)
    if written == total:
        return "已完成"
    if batches.is_running(batch):
        return "正在导出"
    return "已取消" if batch.cancelled_at else f"{failed}件未成功"


@blueprint.post("/dossiers/batches/<int:batch_id>/cancel")
@requires(Right.VIEW)
@acting(page)
def cancel(batch_id: int) -> ResponseReturnValue:
    batches.cancel(batches.find(batch_id, actor()), at=clock.real_now())
    flash("已取消，已经写成的仍可下载。", "success")
    return redirect(url_for(".page", batch_id=batch_id), SEE_OTHER)


@blueprint.post("/dossiers/batches/<int:batch_id>/resume")
@requires(Right.VIEW)
@acting(page)
def resume(batch_id: int) -> ResponseReturnValue:
    batches.go_on(batches.find(batch_id, actor()))
    flash("继续导出尚未完成的。", "success")
    return redirect(url_for(".page", batch_id=batch_id), SEE_OTHER)


@blueprint.get("/dossiers/batches/<int:batch_id>/<int:item_id>/file")
@requires(Right.VIEW)
def one(batch_id: int, item_id: int) -> ResponseReturnValue:
    batch = batches.find(batch_id, actor())
    item = next((item for item in batch.items if item.id == item_id), None)
    if item is None:
        raise NotFound
    batches.refuse_unfetchable(item, actor())
    answer = send_file(
        current_app.extensions["evidence"].read_verified(item.sha256),
        ZIP,
        as_attachment=True,
        download_name=_name(item),
        etag=False,
    )
    answer.content_length = present(item.size, f"the size of archive {item_id}")
    return answer


@blueprint.get("/dossiers/batches/<int:batch_id>/file")
@requires(Right.VIEW)
@builds_file
def every(batch_id: int) -> Response:
    """All that are written in one archive, each as it was sealed."""
    batch = batches.find(batch_id, actor())
    written = [item for item in batch.items if item.sha256]
    if not written:
        raise NotFound
    for item in written:
        batches.refuse_unfetchable(item, actor())
    batches.refuse_without_room(written, Path(tempfile.gettempdir()))
    file = tempfile.TemporaryFile()  # noqa: SIM115 - sent, then gone
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
        for item in written:
            kept = current_app.extensions["evidence"].read_verified(item.sha256)
            with kept, archive.open(_name(item), "w", force_zip64=True) as out:
                while chunk := kept.read(CHUNK):
                    out.write(chunk)
    size = file.tell()
    file.seek(0)
    name = f"一题一档-第{batch.id}批.zip"
    answer = send_file(file, ZIP, as_attachment=True, download_name=name, etag=False)
    answer.content_length = size
    answer.call_on_close(file.close)
    return answer


def _name(item: DossierItem) -> str:
    return f"{item.issue.number}一题一档.zip"
