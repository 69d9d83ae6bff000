"""Which units go on in the place of one that was merged or split, as the history tells it."""

from collections import defaultdict
from collections.abc import Mapping

from sqlalchemy import and_, select
from sqlalchemy.orm import aliased

from auth.models import Unit
from extensions import db
from issues.models import Event
from issues.vocabulary import Subject, UnitAct

TAKEN = (UnitAct.TAKE_IN.value, UnitAct.COME_OF.value)


def heirs() -> Mapping[str, list[str]]:
    """Codes by the code of the ended one, in the city's order. One statement.

    A reform ends the unit and is told of its heirs at one moment, by the name it ended with.
    """
    heir = aliased(Unit)
    rows = db.session.execute(
        select(Unit.code, Unit.short_name, heir.code.label("heir"), Event.detail)
        .join(Event, and_(Event.at == Unit.ended_at, Event.subject == Subject.UNIT.value))
        .join(heir, heir.id == Event.subject_id)
        .where(Event.action.in_(TAKEN))
        .order_by(heir.position, heir.id)
    )
    found: dict[str, list[str]] = defaultdict(list)
    for row in rows:
        if row.short_name in row.detail.values():
            found[row.code].append(row.heir)
    return found
