"""The letters: figures by round and county, and the table for the public by batch."""

import io

from flask import Blueprint, abort, render_template, request, send_file
from flask.typing import ResponseReturnValue

from issues.evidence.complaints import unnamed
from issues.ground import clock
from issues.ground.refusals import NotAllowed
from issues.queries.complaints.answering import owed
from issues.queries.complaints.figures import HEADS as FIGURES, OF_CALLS, counted
from issues.queries.complaints.places import MOST, together
from issues.queries.complaints.table import (
    HEADS,
    Batch,
    Table,
    batches,
    table_of,
)
from issues.queries.register.narrowing import read_day
from issues.rights.table import Right, sees_all
from issues.web.complaints import files
from issues.web.door.guards import actor, requires
from issues.web.door.turns import builds_file
from issues.web.exchange.imports import XLSX

blueprint = Blueprint("complaints", __name__)
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@blueprint.get("/complaints")
@requires(Right.VIEW)
def page() -> str:
    known = batches(actor())
    table = _asked(known) if sees_all(actor()) else None
    asked = request.args.get("place", "")
    return render_template(
        "complaints/page.html", batches=known, table=table, lines=counted(actor()), heads=HEADS,
        asked=asked, places=together(actor(), asked), most=MOST,
        owed=owed(actor(), clock.today()), title=files.heading(table) if table else "",
        handled={name: head for name, head in FIGURES.items() if name not in OF_CALLS},
        called={name: FIGURES[name] for name in OF_CALLS},
    )  # fmt: skip


@blueprint.get("/complaints.xlsx")
@requires(Right.VIEW)
@builds_file
def workbook() -> ResponseReturnValue:
    table = _asked(batches(actor())) if sees_all(actor()) else None
    if table:
        unnamed.refuse(table.named)
    return _sent(files.workbook(table, counted(actor())), XLSX, "信访件公开情况.xlsx")


@blueprint.get("/complaints.docx")
@requires(Right.VIEW)
@builds_file
def document() -> ResponseReturnValue:
    if not sees_all(actor()):
        raise NotAllowed("公开表由查看全市事项的人员导出。")
    table = _asked(batches(actor()))
    if table is None:
        abort(404)
    unnamed.refuse(table.named)
    return _sent(files.document(table), DOCX, f"{files.heading(table)}.docx")


def _asked(known: list[Batch]) -> Table | None:
    """The batch of the day that is asked for, else the latest; none where there are no letters."""
    day = read_day(request.args.get("batch", ""))
    chosen = next((one for one in known if one.on == day), known[0] if known else None)
    return table_of(actor(), chosen) if chosen else None


def _sent(content: bytes, kind: str, name: str) -> ResponseReturnValue:
    answer = send_file(io.BytesIO(content), kind, as_attachment=True, download_name=name)
    answer.headers["Cache-Control"] = "private, no-store"
    return answer
