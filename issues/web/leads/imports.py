"""Leads by workbook: the sample, what a workbook would make, and the import."""

import io

from flask import Blueprint, Response, flash, make_response, redirect, render_template, send_file
from flask.typing import ResponseReturnValue

from extensions import rehearsal, transaction
from issues.act_fields import Field
from issues.exchange.import_report import RowsRefused
from issues.exchange.workbook.package import MEGABYTE, MOST_BYTES, UnreadableWorkbook
from issues.ground import clock
from issues.ground.refusals import Incomplete
from issues.queries.admin.rosters import region_names
from issues.rights.table import Right
from issues.rosters import leads_in
from issues.rosters.kept import refuse_errors
from issues.rosters.outcome import WORDS, Outcome
from issues.rosters.samples import sample_of
from issues.web.door import drawing, forms
from issues.web.door.guards import actor, requires
from issues.web.door.turns import builds_file
from issues.web.exchange.imports import XLSX

blueprint = Blueprint("lead_import", __name__)

FILE = Field("workbook", "file", "工作簿", hint=".xlsx 文件，按样表填写。")
IMPORT = "import"
MOST_SHOWN = 200


@blueprint.get("/leads/import")
@requires(Right.TRIAGE_LEADS)
def start() -> str:
    return _page()


@blueprint.get("/leads/import/sample.xlsx")
@requires(Right.TRIAGE_LEADS)
def sample() -> Response:
    content = sample_of(leads_in.TITLE, leads_in.LEADS, {"region": region_names()})
    return send_file(io.BytesIO(content), XLSX, as_attachment=True, download_name="线索样表.xlsx")


@blueprint.post("/leads/import")
@requires(Right.TRIAGE_LEADS)
@builds_file
def take() -> ResponseReturnValue:
    """All of it or nothing; what was only looked at is taken back."""
    is_for_good = forms.carried("step") == IMPORT
    found: list[Outcome] = []
    try:
        content = _content()
        with transaction() if is_for_good else rehearsal():
            found.append(leads_in.bring(content, actor(), clock.now()))
            refuse_errors(found[0])
    except RowsRefused:
        return make_response(_page(found[0]), Incomplete.status)
    except Incomplete as refused:
        return make_response(_page(refused=refused), refused.status)
    counted = found[0].in_words(leads_in.COUNTED)
    if not is_for_good:
        return _page(found[0])
    flash(f"已导入：{counted}", "success")
    return redirect("/leads", 303)


def _content() -> bytes:
    """Raises Incomplete."""
    file = forms.file(FILE.name)
    if file is None:
        raise Incomplete({FILE.name: ["请选择要导入的工作簿。"]})
    content = file.stream.read(MOST_BYTES + 1)
    if len(content) > MOST_BYTES:
        raise Incomplete({FILE.name: [f"文件超过{MOST_BYTES // MEGABYTE}MB，请分成几份导入。"]})
    try:
        leads_in.read(content)
    except UnreadableWorkbook as wrong:
        raise Incomplete({FILE.name: [wrong.sentence]}) from None
    return content


def _page(outcome: Outcome | None = None, refused: Incomplete | None = None) -> str:
    return render_template(
        "leads/import.html",
        form=drawing.drawn((FILE,), refused),
        columns=leads_in.LEADS,
        outcome=outcome,
        lines=outcome.lines[:MOST_SHOWN] if outcome else [],
        wrong=outcome.errors[:MOST_SHOWN] if outcome else [],
        counted=outcome.in_words(leads_in.COUNTED) if outcome else "",
        words=WORDS,
    )
