"""Places from a workbook: an empty one to fill in, the upload, and each cell that is wrong."""

import io

from flask import (
    Blueprint,
    flash,
    make_response,
    redirect,
    render_template,
    send_file,
    url_for,
)
from flask.typing import ResponseReturnValue

from extensions import transaction
from issues.act_fields import Field
from issues.exchange.import_report import RowsRefused
from issues.exchange.reading.items import CellError
from issues.exchange.workbook.package import MOST_BYTES, UnreadableWorkbook
from issues.ground.refusals import Incomplete
from issues.rights.table import Right
from issues.territory import sheet
from issues.web.door import drawing
from issues.web.door.files import staged
from issues.web.door.guards import actor, requires

blueprint = Blueprint("region_import", __name__, url_prefix="/admin/regions/import")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FILE = Field("workbook", "file", "区域工作簿", hint=".xlsx 文件，最大 25 MB")
MOST_LISTED = 200


@blueprint.get("")
@requires(Right.REGIONS)
def start() -> str:
    return draw()


def draw(refusal: Incomplete | None = None, errors: tuple[CellError, ...] = ()) -> str:
    return render_template(
        "territory/region_import.html",
        form=drawing.drawn((FILE,), refusal),
        errors=errors[:MOST_LISTED],
        total=len(errors),
        headings=zip(sheet.HEADINGS, sheet.HOW, strict=True),
    )


@blueprint.get("/sample.xlsx")
@requires(Right.REGIONS)
def sample() -> ResponseReturnValue:
    file = io.BytesIO(sheet.sample())
    return send_file(file, mimetype=XLSX, as_attachment=True, download_name="区域空表.xlsx")


@blueprint.post("")
@requires(Right.REGIONS)
def bring_in() -> ResponseReturnValue:
    """All or nothing; the same sheet again brings nothing new."""
    try:
        content = _chosen().stream.read(MOST_BYTES + 1)
        with transaction():
            read = sheet.bring_in(actor(), content)
    except RowsRefused as refused:
        return make_response(draw(errors=refused.cells), refused.status)
    except Incomplete as lacking:
        return make_response(draw(lacking), lacking.status)
    except UnreadableWorkbook as wrong:
        refusal = Incomplete({FILE.name: [wrong.sentence]})
        return make_response(draw(refusal), refusal.status)
    flash(f"导入完成：{read.told}。", "success")
    return redirect(url_for("regions.listed"), 303)


def _chosen() -> staged.Sent:
    """Raises Incomplete."""
    file = staged.file(FILE.name)
    if file is None:
        raise Incomplete({FILE.name: ["请选择要导入的工作簿。"]})
    return file
