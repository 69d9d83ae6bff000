"""What leaves the house as a file, and who was refused: written into the history, GET included.

Nothing else is written by a reading request. Where the history cannot be written, a file of an
unannounced visit is not given out; any other is, and the log tells of it (decision 0021).
"""

import logging
from collections.abc import Mapping

from flask import Flask, Response, g, request
from flask_login import current_user
from sqlalchemy.exc import SQLAlchemyError

from extensions import transaction
from issues import access
from issues.ground import clock
from issues.vocabulary import AccessAct
from issues.web.door.answers.errors import Told, tell
from issues.web.door.guards import ASKED_AGAIN, actor, need_of

DOWNLOAD, EXPORT = AccessAct.DOWNLOAD, AccessAct.EXPORT
LEAVING: Mapping[str, AccessAct] = {
    "api.evidence.original": DOWNLOAD,
    "api.notices.docx": DOWNLOAD,
    "api.notices.ofd": DOWNLOAD,
    "api.notices.pdf": DOWNLOAD,
    "board_pdf.page": EXPORT,
    "board_xlsx.page": EXPORT,
    "score_report.pdf": EXPORT,
    "score_sheets.pdf": DOWNLOAD,
    "scores_xlsx.page": EXPORT,
    "burden_xlsx.page": EXPORT,
    "notice_ledger.xlsx": EXPORT,
    "complaints.document": EXPORT,
    "complaints.workbook": EXPORT,
    "covert.original": DOWNLOAD,
    "lead_import.marked": EXPORT,
    "lead_import.sample_xlsx": EXPORT,
    "leads.original": DOWNLOAD,
    "differences_of_import.workbook": EXPORT,
    "dossier_batches.every": EXPORT,
    "dossier_batches.one": EXPORT,
    "exchange.marked": EXPORT,
    "export.page": EXPORT,
    "history.workbook": EXPORT,
    "keeper_import.marked": EXPORT,
    "keeper_import.sample_xlsx": EXPORT,
    "layouts.standard": EXPORT,
    "layouts.toml": EXPORT,
    "layouts.workbook": EXPORT,
    "notice_docx.one": DOWNLOAD,
    "notice_ofd.one": DOWNLOAD,
    "notice_pdf.one": DOWNLOAD,
    "notice_course.sheet": DOWNLOAD,
    "notice_volume.at_once": EXPORT,
    "notice_volume.whole": EXPORT,
    "originals.original": DOWNLOAD,
    "points.empty": EXPORT,
    "region_import.sample": EXPORT,
    "points.workbook": EXPORT,
    "policy.toml": EXPORT,
    "polluter_import.marked": EXPORT,
    "polluter_import.sample_xlsx": EXPORT,
    "publicity.pdf": EXPORT,
    "register_print.page": EXPORT,
    "roster_files.marked_people": EXPORT,
    "roster_files.marked_units": EXPORT,
    "roster_files.people_sample": EXPORT,
    "roster_files.units_sample": EXPORT,
    "works.file": EXPORT,
}
"""The views that give out a file, by what the history calls it."""
SECRET = frozenset({"covert.original"})
REFUSED = frozenset({403, 404})
OK, PARTIAL, UNAVAILABLE = 200, 206, 503
LONGEST = 200
NOT_WRITTEN = "查看记录无法写入，本次没有提供文件。请联系系统管理员检查数据库。"

logger = logging.getLogger(__name__)


def register(app: Flask) -> None:
    app.after_request(write_down)


def write_down(answer: Response) -> Response:
    """One row at most. What the answer holds is not changed, except where it may not leave."""
    act = _act_of(answer)
    if act is None:
        return answer
    try:
        with transaction():
            _write(act, answer.status_code)
    except SQLAlchemyError:
        logger.exception("%s of %s by user %s is in no history", act, _what(), current_user.id)
        if request.endpoint in SECRET and act is not AccessAct.REFUSED:
            answer.close()
            return tell(Told(UNAVAILABLE, NOT_WRITTEN))
    return answer


def _act_of(answer: Response) -> AccessAct | None:
    """What the history is to be told of this answer. A page, a picture, a stranger: nothing."""
    endpoint = request.endpoint
    if endpoint is None or (need := need_of(endpoint)) is None or need.kind == "public":
        return None
    act = LEAVING.get(endpoint) if request.method != "HEAD" else None
    is_given = act is not None and answer.status_code in {OK, PARTIAL}
    if not is_given and answer.status_code not in REFUSED:
        return None
    if not current_user.is_authenticated or g.get(ASKED_AGAIN):
        return None
    return act if is_given else AccessAct.REFUSED


def _write(act: AccessAct, status: int) -> None:
    detail = {"route": request.endpoint, "status": status, "method": request.method}
    if act is not AccessAct.REFUSED and status == OK:
        access.note(act, actor(), _what(), at=clock.now(), detail=detail)
        return
    # A film is fetched in many parts, and who tries numbers tries many.
    route = _what() if status == PARTIAL else f"{request.endpoint}"
    access.note_folded(
        act, actor(), _what(), at=clock.now(), now=clock.real_now(), route=route, detail=detail
    )


def _what() -> str:
    """The address as it was asked for; of one that carries a secret only its pattern."""
    given = request.view_args or {}
    rule = request.url_rule.rule if request.url_rule else ""
    address = rule if given.keys() & {"signed", "token"} else request.path
    said = "".join(sign if sign.isprintable() else "�" for sign in address)
    return f"{request.method} {said}"[:LONGEST]
