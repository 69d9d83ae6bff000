"""Signed papers that name 考核: what they say of it, word for word."""

import re
from datetime import date
from typing import NamedTuple, cast

from sqlalchemy import select

from auth.actor import Actor
from auth.models import Unit
from extensions import db
from issues.ground.present import present
from issues.models import Notice
from issues.notices.kinds import compose
from issues.notices.kinds.shape import NoticeFactsDoc
from issues.notices.page.document import texts
from issues.notices.rights import reach
from issues.rights.table import Right, holds
from issues.vocabulary import NoticeStatus

NAMED = "考核"
_ENDS = re.compile(r"[^。；]*[。；]?")


class Paper(NamedTuple):
    """`said` is the first sentence that names it, as signed."""

    id: int
    number: str
    kind: str
    unit: str
    on: date
    said: str


def naming(first: date, until: date, actor: Actor) -> list[Paper]:
    """The city's own, signed from `first` up to `until`, that the person sees; by their day.

    Whether one names it is read from the paper as it was signed, not from its kind. One statement.
    """
    if not holds(actor, Right.NOTICES):
        return []
    rows = (
        select(Notice.id, Notice.number, Notice.kind, Notice.facts, Notice.signed_on,
               Unit.short_name)
        .join(Unit, Unit.id == Notice.unit_id)
        .where(
            Notice.status == NoticeStatus.SIGNED,
            Notice.centre_id.is_(None),
            Notice.signed_on >= first,
            Notice.signed_on < until,
            reach(actor),
        )
        .order_by(Notice.signed_on, Notice.id)
    )  # fmt: skip
    found = []
    for row in db.session.execute(rows):
        if said := _said(row.facts):
            number, on = present(row.number, "a signed number"), present(row.signed_on, "its day")
            found.append(Paper(row.id, number, row.kind.label, row.short_name, on, said))
    return found


def _said(facts: object) -> str:
    for _place, text in texts(compose(cast("NoticeFactsDoc", facts))):
        for sentence in _ENDS.findall(text):
            if NAMED in sentence:
                return str(sentence).strip().rstrip("。；")
    return ""
