"""Tickets that were taken back with an import and come again with a file: the same tickets."""

from collections.abc import Mapping

from sqlalchemy import and_, select

from extensions import db
from issues.exchange.already_here import Here
from issues.ground.batches import among
from issues.imprints.writing import remove
from issues.models import (
    Claim,
    Complainant,
    ImportIdentity,
    Issue,
    Lookback,
    Measure,
    PartTaken,
    Reading,
    Target,
)
from issues.supervision.lookbacks import OF_SOURCE

OF_A_FILE = (Reading, Target, Measure, Claim, PartTaken, ImportIdentity, Complainant)
"""What an import writes beside the ticket itself, its units and its colour."""


def held(again: Mapping[int, Here]) -> dict[int, Issue]:
    """By their rows, under lock, with nothing left of what the file before said. Never commits."""
    if not again:
        return {}
    ids = [here.id for here in again.values()]
    rows = select(Issue).where(among(Issue.id, ids)).order_by(Issue.id)
    rows = rows.with_for_update(of=Issue).execution_options(populate_existing=True)
    by_id = {issue.id: issue for issue in db.session.scalars(rows)}
    for table in OF_A_FILE:
        remove(table, among(table.issue_id, ids))
    planned = and_(Lookback.done_on.is_(None), Lookback.why == OF_SOURCE)
    remove(Lookback, and_(among(Lookback.issue_id, ids), planned))
    return {row: by_id[here.id] for row, here in again.items()}
