"""The board of a day: the shape the page draws and the API answers (interface.md §4)."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Select, func, select

from auth.actor import Actor
from extensions import db
from issues import policies
from issues.models import AssessmentRound
from issues.queries import outlook, tally, units
from issues.queries.carded import cards_by_unit
from issues.queries.outlook import NewlyRed, Turn, Week
from issues.queries.remembered import settled
from issues.queries.standing import Standing
from issues.queries.tally import Group, Tally

WITHIN = 30
FARTHEST = 3660
COMPARED_DAYS = 30
LISTED = 8

GROUPINGS = {"unit": tally.by_unit, "region": tally.by_region, "source": tally.by_source}


@dataclass(frozen=True, slots=True)
class Board:
    """Everything of one day, within what the person may see.

    `zones` are those of the units that are zones; `late` counts the overdue by unit,
    `cards` the yellow and red cards its tickets were given up to the day.
    `compare` is the day the difference is taken to: the last assessment round before, or thirty
    days back. `before` holds its groups by kind and key.
    """

    on: date
    compare: date
    is_round: bool
    within: int
    total: Tally
    total_before: Tally
    units: list[Group]
    zones: list[Group]
    regions: list[Group]
    sources: list[Group]
    before: dict[str, dict[str, Tally]]
    turning: list[Turn]
    newly: list[NewlyRed]
    counts: dict[str, int]
    late: dict[str, int]
    cards: dict[str, Counter[str]]
    weeks: list[Week]


def board(
    actor: Actor, today: date, on: date | None = None, compare: date | None = None,
    within: int = WITHIN,
) -> Board:  # fmt: skip
    """The whole page's figures. Nine statements however many tickets."""
    day = on or today
    names, (last, mark) = units.names_and(_round_before(day).scalar_subquery(), settled(today))
    round_day = None if compare else last
    since = compare or round_day or day - timedelta(days=COMPARED_DAYS)
    standing = Standing.on(day, today)
    now, then = tally.cells(actor, standing), tally.cells(actor, Standing.on(since, today))
    by_unit, total = tally.by_unit(now, names), tally.total(now)
    counts, late = outlook.counts(actor, standing, since, within)
    return Board(
        on=day,
        compare=since,
        is_round=round_day is not None,
        within=within,
        total=total,
        total_before=tally.total(then),
        units=by_unit,
        zones=[group for group in by_unit if names.kind(group.key) == units.ZONE],
        regions=tally.by_region(now, names),
        sources=tally.by_source(now, names),
        before={
            kind: {group.key: group.now for group in by(then, names)}
            for kind, by in GROUPINGS.items()
        },
        turning=outlook.turning(actor, standing, within, LISTED),
        newly=outlook.newly_red(actor, standing, since, LISTED),
        counts=counts,
        late={names.code(unit_id): count for unit_id, count in late.items()},
        cards={names.code(i): found for i, found in cards_by_unit(actor, day).items()},
        weeks=outlook.weeks(actor, min(day, today), total if day <= today else None, mark),
    )


def compared_day(day: date) -> date:
    """What a day is compared with where no other was named."""
    return db.session.scalar(_round_before(day)) or day - timedelta(days=COMPARED_DAYS)


def _round_before(day: date) -> Select[Any]:
    """The day of the last assessment round before this day."""
    return select(func.max(AssessmentRound.on)).where(AssessmentRound.on < day)


def document(
    actor: Actor, today: date, as_of: str, *, on: date | None = None,
    compare: date | None = None, within: int = WITHIN, by: str = "unit",
) -> dict[str, Any]:  # fmt: skip
    """The API's board. Raises KeyError for a grouping there is not."""
    day = on or today
    standing = Standing.on(day, today)
    found, names = tally.cells(actor, standing), units.names()
    answer = {
        "on": day.isoformat(),
        "as_of": as_of,
        "policy": policies.policy_on(day)[0],
        **tally.total(found).document(),
        "groups": [_group(group) for group in GROUPINGS[by](found, names)],
        **(_carded(actor, day, names) if by == "unit" else {}),
        "turning": [
            {
                "number": turn.number,
                "on": turn.on.isoformat(),
                "colour": turn.colour.value,
                "rule": turn.rule.value if turn.rule else None,
            }
            for turn in outlook.turning(actor, standing, within)
        ],
    }
    if compare is not None:
        then = tally.total(tally.cells(actor, Standing.on(compare, today)))
        answer["compare"] = {"on": compare.isoformat(), **then.document()}
    return answer


def _carded(actor: Actor, day: date, names: units.Names) -> dict[str, Any]:
    """The cards its tickets were given up to the day, by unit."""
    counted = cards_by_unit(actor, day)
    rows = (
        {"key": names.code(i), "yellow": n["yellow"], "red": n["red"]} for i, n in counted.items()
    )
    return {"cards": sorted(rows, key=lambda row: names.position(row["key"]))}


def _group(group: Group) -> dict[str, Any]:
    counts = group.now.document()
    counts.pop("total")
    return {"key": group.key, "name": group.name, **counts}
