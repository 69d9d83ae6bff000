"""Of the tickets that kept forms are about, those the person still sees: one statement for all."""

from collections.abc import Collection

from sqlalchemy import select

from auth.actor import Actor
from extensions import db
from issues.models import Issue
from issues.rights.table import reach


def seen_among(numbers: Collection[str], actor: Actor) -> frozenset[str]:
    wanted = sorted(number for number in numbers if number)
    if not wanted:
        return frozenset()
    seen = select(Issue.number).where(Issue.number.in_(wanted), reach(actor))
    return frozenset(db.session.scalars(seen))
