"""What is there after a fault, and what of it is only half there."""

import contextlib

from sqlalchemy import func, literal, select, union_all

from extensions import db
from issues.evidence.refusals import Damaged
from issues.imprints import checking
from issues.models import Counter, Evidence

OF_USE = frozenset({"sign_in"})


def counts():
    """How many rows each table has, without what is noted of mere use; each counter's figure."""
    db.session.rollback()
    tables = [table for table in db.metadata.sorted_tables if table.name not in OF_USE]
    asked = union_all(
        *(select(literal(table.name), func.count()).select_from(table) for table in tables)
    )
    found = dict(db.session.execute(asked).all())  # a database promises no order of these
    last = dict(db.session.execute(select(Counter.series, Counter.last)).all())
    return found, last


def unsound(store):
    """What is half there: an imprint that does not hold, a row without its bytes."""
    db.session.rollback()
    yield from (fault.sentence for fault in checking.faults())
    for sha256 in db.session.scalars(select(Evidence.sha256)):
        with contextlib.suppress(Damaged):
            store.verify(sha256)
            continue
        yield f"no bytes of {sha256}"
