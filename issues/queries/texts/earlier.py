"""The texts that came in, the latest first, with how many tickets each has in the register."""

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from extensions import db
from issues.models import Issue, TextDocument, TextItem
from issues.queries.ground.paging import Page, cut
from issues.vocabulary import Status

PER_PAGE = 50
GONE = (Status.WITHDRAWN, Status.TAKEN_BACK)


@dataclass(frozen=True, slots=True)
class Line:
    """One text of the list."""

    document: TextDocument
    count: int


def earlier(page: int) -> Page[Line]:
    rows = select(TextDocument).options(joinedload(TextDocument.user))
    asked, page, total = cut(rows.order_by(TextDocument.id.desc()), page, PER_PAGE)
    found = db.session.scalars(asked).all()
    counts = select(TextItem.document_id, func.count()).join(Issue)
    counts = counts.where(TextItem.document_id.in_([one.id for one in found]))
    counts = counts.where(Issue.status.not_in(GONE)).group_by(TextItem.document_id)
    held = {row[0]: row[1] for row in db.session.execute(counts)}
    return Page([Line(one, held.get(one.id, 0)) for one in found], page, PER_PAGE, total)
