"""The board a 通报 tells: every ticket once, under its primary unit, by its colour of the day."""

from datetime import date

from sqlalchemy import case, func, select

from auth.models import Unit
from extensions import db
from issues.models import Issue
from issues.notices.kinds.shape import BulletinFacts, CountFacts
from issues.rules.colour import LADDER
from issues.vocabulary import OFF_BOARD, Colour

_KEYS = {
    Colour.RED: "red",
    Colour.YELLOW: "yellow",
    Colour.GREEN: "green",
    Colour.GREY: "closed",
}


def bulletin_facts(on: date) -> BulletinFacts:
    """A round's frozen board goes before this: whoever closes a round hands its figures over."""
    rungs = [(holds(Issue, on), colour.value) for colour, holds in LADDER]
    colour = case(*rungs, else_=Colour.GREEN.value).label("colour")
    rows = db.session.execute(
        select(Unit.name, Unit.position, colour, func.count())
        .select_from(Issue)
        .outerjoin(Unit, Unit.id == Issue.primary_unit_id)
        .where(Issue.status.not_in(OFF_BOARD))
        .group_by(Unit.name, Unit.position, colour)
        .order_by(Unit.position)
    )
    groups: dict[str, CountFacts] = {}
    whole = dict.fromkeys(_KEYS.values(), 0)
    for name, _position, found, count in rows:
        key = _KEYS[Colour(found)]
        group = groups.setdefault(name or "未定主责单位", {"name": name or "未定主责单位"})
        group[key] = count
        whole[key] += count
    return {
        "on": on.isoformat(),
        **whole,
        "total": sum(whole.values()),
        "groups": list(groups.values()),
    }
