"""A draft as it would read with the words typed so far. Nothing is kept."""

from flask import Blueprint, render_template, request

from issues.ground.refusals import Incomplete, NotAllowed, WrongStatus
from issues.notices.acts import RIGHTS
from issues.notices.page.document import Document
from issues.queries.notices.pages import whole
from issues.rights.table import Right
from issues.vocabulary import NoticeAct, NoticeStatus
from issues.web.door.guards import NOT_YOURS, actor, requires
from issues.web.notices.typed import as_kept, as_typed

blueprint = Blueprint("notice_preview", __name__)


@blueprint.post("/notices/<int:notice_id>/preview")
@requires(Right.NOTICES)
def fragment(notice_id: int) -> str:
    """Asked for while somebody types, and by its button where there is no script."""
    notice = whole(notice_id, actor())
    if not RIGHTS[NoticeAct.EDIT](actor(), notice):
        raise NotAllowed(NOT_YOURS)
    if notice.status is not NoticeStatus.DRAFT:
        raise WrongStatus("本文书已不是草稿。")
    try:
        ready = as_typed(notice, as_kept(notice))
    except Incomplete as refusal:
        faults = [sentence for said in refusal.errors.values() for sentence in said]
        return _shown(None, faults)
    return _shown(ready.document, ready.faults)


def _shown(document: Document | None, faults: list[str]) -> str:
    name = "_preview" if request.headers.get("HX-Request") else "preview"
    return render_template(f"notices/{name}.html", document=document, faults=faults)
