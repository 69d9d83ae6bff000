"""One notice as PDF: as it was signed, or as it would be."""

from collections.abc import Callable
from io import BytesIO
from urllib.parse import quote

from flask import Blueprint, Response, current_app, send_file
from flask.typing import ResponseReturnValue

from issues.ground import clock, practice
from issues.models import Notice
from issues.notices import signing
from issues.notices.delivery.outbox import channels
from issues.notices.signing import Press
from issues.queries.notices import pages as queries
from issues.rights.table import Right
from issues.web.door import turns
from issues.web.door.addresses import outside
from issues.web.door.guards import actor, requires

blueprint = Blueprint("notice_pdf", __name__)
PDF = "application/pdf"


def press() -> Press:
    """What this app signs with."""
    extensions = current_app.extensions
    return Press(
        extensions["evidence"],
        extensions["faces"],
        lambda token: outside("verify.page", token=token),
        is_example=extensions["settings"].demo,
        signer=extensions["signer"],
        seal=extensions["ofd_seal"],
        channels=tuple(one.key for one in channels(extensions["settings"].notify_urls)),
        secrecy=extensions["settings"].secrecy,
        page_url=lambda notice_id: outside("notices.page", notice_id=notice_id),
    )


@blueprint.get("/notices/<int:notice_id>.pdf")
@requires(Right.NOTICES)
def one(notice_id: int) -> ResponseReturnValue:
    """The frozen document; of a draft its preview, which says on each page that it is none."""
    notice = queries.whole(notice_id, actor())
    name = notice.number or f"草稿-{notice.id}"
    return pdf_answer(_bytes_of(notice, press()), name)


def _bytes_of(notice: Notice, made: Press) -> bytes:
    if notice.sha256 is None:
        with turns.FILES.turn():
            return signing.preview(notice, clock.now(), made)
    return signing.frozen(notice, made)


def saved(notice: Notice, made: Callable[[], bytes], ending: str, kind: str) -> Response:
    """The notice as a file of another kind, for other programs."""
    with turns.FILES.turn():
        content = made()
    name = practice.named(f"{notice.number or f'草稿-{notice.id}'}.{ending}")
    answer = send_file(
        BytesIO(content), mimetype=kind, as_attachment=True, download_name=name, max_age=0
    )
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


def pdf_answer(content: bytes, name: str) -> ResponseReturnValue:
    answer = send_file(BytesIO(content), mimetype=PDF, max_age=0)
    answer.headers["Content-Disposition"] = f"inline; filename*=UTF-8''{quote(name)}.pdf"
    answer.headers["Cache-Control"] = "private, no-store"
    return answer
