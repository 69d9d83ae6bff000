"""What the register knows of the form for a reading: who took the unit's last one.

Item and point are not filled in: a value left under those of the last one would be another's.
"""

from collections.abc import Iterable

from auth.actor import Actor
from issues.burden.known import Said, Texts, filled_from
from issues.ground import clock
from issues.models import Reading
from issues.rules.dates.days import written


def said(rows: Iterable[Reading], actor: Actor) -> Texts:
    """`rows`: those of the ticket, in any order."""
    own = [
        row for row in rows
        if row.unit_id is not None and row.unit_id == actor.unit_id and row.withdrawn_at is None
    ]  # fmt: skip
    if not own:
        return {}
    last = max(own, key=lambda row: row.id)
    source = filled_from(f"{written(clock.day_of(last.entered_at))}登记的数据")
    return {"laboratory": Said(last.laboratory, source)}
