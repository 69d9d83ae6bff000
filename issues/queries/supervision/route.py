"""Where an inspector may go today: tickets in sight that have a point, those that wait first."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from sqlalchemy import case, func, or_, select

from auth.actor import Actor
from extensions import db
from issues.models import Issue, Lookback, Measure
from issues.queries.ground.day import Standing
from issues.queries.ground.names import Names
from issues.rights.table import reach
from issues.vocabulary import Colour, Status

MOST = 200
MOST_MEASURES, LONGEST = 2, 60
CHECK, LOOKBACK = "待现场核查", "待回头看"


class Stop(NamedTuple):
    """`why` is empty where nothing waits for the person; `look`: measures that are to be seen.

    Nothing of who reported or complained stands in it: it is kept on a phone.
    """

    number: str
    title: str
    colour: Colour | None
    region: str
    region_name: str
    place: str
    lon: float
    lat: float
    why: str
    due: date | None
    look: tuple[str, ...]
    may_check: bool


class Stops(NamedTuple):
    """`total`: how many there are; `listed` by county in the city's order, who waits first."""

    listed: list[Stop]
    total: int


def stops(
    actor: Actor, today: date, names: Names, region: str = "", numbers: Sequence[str] = ()
) -> Stops:
    """Two statements. `numbers` are listed whatever else there is."""
    standing = Standing.on(today, today)
    planned = select(Lookback.planned_on).where(
        Lookback.issue_id == Issue.id, Lookback.done_on.is_(None),
        Lookback.planned_on <= today,
        or_(Lookback.inspector_id.is_(None), Lookback.inspector_id == actor.id),
    )  # fmt: skip
    due = planned.order_by(Lookback.planned_on).limit(1).scalar_subquery()
    waits = or_(Issue.status == Status.SITE_CHECK, due.is_not(None))
    order = case((Issue.number.in_(list(numbers)), 0), (waits, 1), else_=2)
    rows = select(
        Issue.id, Issue.number, Issue.title, Issue.status, Issue.region, Issue.place, Issue.lon,
        Issue.lat, Issue.round, standing.colour.label("colour"), due.label("due"),
        func.count().over().label("total"),
    ).where(
        reach(actor), Issue.lon.is_not(None), Issue.lat.is_not(None),
        or_(standing.on_board & (Issue.status != Status.CLOSED), due.is_not(None)),
    )  # fmt: skip
    if region:
        rows = rows.where(Issue.region == region)
    rows = rows.order_by(order, standing.red_from, standing.yellow_from, Issue.number)
    found = db.session.execute(rows.limit(MOST)).all()
    look = _measures({row.id: row.round for row in found})
    listed = [
        Stop(
            row.number, row.title, Colour(row.colour) if row.colour else None, row.region,
            names.region(row.region), row.place.split("\n")[0], row.lon, row.lat,
            CHECK if row.status is Status.SITE_CHECK else LOOKBACK if row.due else "",
            row.due, look.get(row.id, ()), row.status is Status.SITE_CHECK,
        )
        for row in found
    ]  # fmt: skip
    listed.sort(key=lambda one: (names.region_position(one.region), not one.why, one.number))
    return Stops(listed, found[0].total if found else 0)


def _measures(rounds: dict[int, int]) -> dict[int, tuple[str, ...]]:
    """The first measures of each ticket's plan in force, shortened."""
    if not rounds:
        return {}
    rows = select(Measure.issue_id, Measure.round, Measure.no, Measure.text).where(
        Measure.issue_id.in_(rounds), Measure.dropped_at.is_(None)
    )
    held: dict[int, list[str]] = defaultdict(list)
    for row in db.session.execute(rows.order_by(Measure.issue_id, Measure.no)):
        if row.round == rounds[row.issue_id] and len(held[row.issue_id]) < MOST_MEASURES:
            held[row.issue_id].append(_short(f"{row.no}. {row.text}"))
    return {number: tuple(lines) for number, lines in held.items()}


def _short(text: str) -> str:
    text = text.rstrip("。；;.")
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"
