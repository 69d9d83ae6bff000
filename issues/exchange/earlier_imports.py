"""Tickets that came in before imports wrote the colours of their past are given them."""

from collections.abc import Iterator

from sqlalchemy import select

from auth.actor import SYSTEM
from extensions import db, transaction
from issues import audit
from issues.colour import past
from issues.ground import clock
from issues.ground.batches import among
from issues.models import Issue
from issues.vocabulary import BesideAct


def fill_past() -> Iterator[int]:
    """Tickets that came in before imports wrote their past are given it; how many so far.

    A lot at a time, each in a transaction of its own and under lock: one that breaks off is taken
    up again, and of two at once the second finds nothing left.
    """
    done = 0
    for ids in past.lots():
        with transaction():
            db.session.execute(select(Issue.id).where(among(Issue.id, ids)).with_for_update())
            filled, at = past.fill(ids), clock.now()
            for issue in db.session.scalars(select(Issue).where(among(Issue.id, filled))):
                audit.record_beside(issue, BesideAct.FILL_PAST, SYSTEM, at=at)
        done += len(filled)
        yield done
