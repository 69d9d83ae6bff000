"""Covering the rows that stand: of a database from before imprints, or after its tables changed."""

from sqlalchemy import exists, select

from extensions import db
from issues.imprints.chain import START_NOTE, cover, revision
from issues.models import Anchor, Event, Imprint


def is_due() -> bool:
    """Whether the rows stand uncovered, or their tables have changed since.

    Not where imprints were there and are gone: to cover anew would hide it. A new database is
    covered by its first transaction.
    """
    connection = db.session.connection()
    covered = select(Imprint.note).where(Imprint.note != "").order_by(Imprint.seq.desc()).limit(1)
    last = connection.scalar(covered)
    if last is not None:
        return last not in {revision(connection), START_NOTE}
    was_covered = select(exists().where(Anchor.imprints.is_not(None)))
    in_use = select(exists().where(Event.id > 0))
    return bool(connection.scalar(in_use)) and not connection.scalar(was_covered)


def cover_all() -> int:
    """Every row that states a fact as it stands now; how many. Never commits."""
    db.session.flush()
    return cover(db.session.connection())
