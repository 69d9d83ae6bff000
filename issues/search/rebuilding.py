"""What is searched, written anew: once an upgrade, or when it is asked for."""

from collections.abc import Iterator, Sequence

from sqlalchemy import func, select

from extensions import db, transaction
from issues.colour.policies import setting
from issues.models import Issue, Setting
from issues.search.index import refresh

AT_ONCE = 500
MARK = "searched_to"
"""The setting that keeps the last ticket read, so that the next run begins behind it."""


def rebuild(*, anew: bool = False) -> Iterator[int]:
    """Tickets whose texts are not searched as they are now are read; how many texts so far.

    A lot at a time, each in a transaction of its own with the mark of how far it came: one that
    breaks off is taken up again. `anew` begins at the first ticket, whatever the mark says.
    """
    done = after = 0
    if not anew:
        after = _marked()
    last = db.session.scalar(select(func.max(Issue.id))) or 0
    for _ in range(last):
        ids = _next_lot(after)
        if not ids:
            return
        with transaction():
            done += refresh(ids)
            if _marked() < ids[-1]:
                db.session.merge(Setting(key=MARK, value=ids[-1]))
        after = ids[-1]
        yield done


def _marked() -> int:
    kept = setting(MARK)
    return kept if isinstance(kept, int) else 0


def _next_lot(after: int) -> Sequence[int]:
    rows = select(Issue.id).where(Issue.id > after).order_by(Issue.id).limit(AT_ONCE)
    return db.session.scalars(rows).all()
