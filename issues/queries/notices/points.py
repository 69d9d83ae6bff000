"""How the points of many papers stand, in one phrase each: for the list and the worklist."""

from collections.abc import Collection, Iterable
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import load_only

from extensions import db
from issues.models import Notice
from issues.notices.receipts import drafts
from issues.notices.receipts.standing import count


def phrases(notices: Iterable[Notice], today: date) -> dict[int, str]:
    """By id, of those that ask for an answer. One statement."""
    held = list(notices)
    begun = drafts.of_notices([one.id for one in held])
    found = {one.id: count(one, begun.get(one.id), today).phrase for one in held}
    return {id_: said for id_, said in found.items() if said}


def phrases_of(ids: Collection[int], today: date) -> dict[int, str]:
    """The same by the ids of notices. Two statements."""
    if not ids:
        return {}
    rows = select(Notice).where(Notice.id.in_(ids)).options(load_only(
        Notice.kind, Notice.status, Notice.facts, Notice.reply_due, Notice.replied_at,
        Notice.reply_points,
    ))  # fmt: skip
    return phrases(db.session.scalars(rows), today)
