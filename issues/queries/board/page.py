"""The board of a day: the shape the page draws and the API answers (the contract of the API)."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Select, func, select

from auth.actor import Actor
from extensions import db
from issues.colour import policies
from issues.models import AssessmentRound
from issues.queries.board import newly, outlook, tally, weeks
from issues.queries.board.cards import cards_by_unit
from issues.queries.board.newly import NewlyRed
from issues.queries.board.outlook import Turn
from issues.queries.board.tally import Cell, Group, Tally
from issues.queries.board.weeks import Week
from issues.queries.ground import names as units
from issues.queries.ground.day import Standing
from issues.queries.ground.remembered import of_past, settled
from issues.queries.register.filters import Filters
from issues.queries.register.narrowing import conditions
from issues.rights.table import sees_all
from issues.supervision import campaigns
from issues.supervision.campaigns import Campaign

WITHIN = 30
FARTHEST = 3660
COMPARED_DAYS = 30
LISTED = 8

GROUPINGS = {"unit": tally.by_unit, "region": tally.by_region, "source": tally.by_source}


@dataclass(frozen=True, slots=True)
class Board:
    """Everything of one day, within what the person may see.

    `zones` are those of the units that are zones; `late` counts the overdue by unit,
    `cards` the yellow and red cards its tickets were given up to the day. `campaign` is what the
    city shows as a line of its own, and `progress` its figures: none where nobody of it is seen.
    `compare` is the day the difference is taken to: the last assessment round before, or thirty
    days back. `before` holds its groups by kind and key.
    """

    on: date
    compare: date
    is_round: bool
    within: int
    total: Tally
    total_before: Tally
    campaign: Campaign | None
    progress: Group | None
    progress_before: Tally
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
    """The whole page's figures. Eight statements at most, however many tickets."""
    day = on or today
    names, last, mark, campaign = _grounds(day, today)
    since = compare or last or day - timedelta(days=COMPARED_DAYS)
    standing, before = Standing.on(day, today), Standing.on(since, today)
    earlier = mark if since < today else None
    now, done, done_then = _cells(actor, campaign, standing, before)
    then, total = _earlier(actor, before, earlier), tally.total(now)
    by_unit = tally.by_unit(now, names)
    counts, late, cards = outlook.counts(actor, standing, within)
    red = newly.newly_red(actor, standing, since, earlier)
    turning, reddened = newly.listed(actor, standing, within, LISTED, red)
    return Board(
        on=day,
        compare=since,
        is_round=compare is None and last is not None,
        within=within,
        total=total,
        total_before=tally.total(then),
        campaign=campaign,
        progress=_progress(campaign, done),
        progress_before=tally.total(done_then),
        units=by_unit,
        zones=[group for group in by_unit if names.kind(group.key) == units.ZONE],
        regions=tally.by_region(now, names),
        sources=tally.by_source(now, names),
        before=_before(then, names),
        turning=turning,
        newly=reddened,
        counts=counts | {"newly": len(red)},
        late={names.code(unit_id): count for unit_id, count in late.items()},
        cards={names.code(i): found for i, found in cards.items()},
        weeks=weeks.weeks(actor, min(day, today), total if day <= today else None, mark),
    )


def _grounds(
    day: date, today: date
) -> tuple[units.Names, date | None, str | None, Campaign | None]:
    """The units, the round before, the mark of the days behind, the campaign. One statement."""
    last = _round_before(day).scalar_subquery()
    names, (last, mark, said) = units.names_and(last, settled(today), campaigns.kept())
    return names, last, mark, campaigns.campaign_of(said)


def _before(then: list[Cell], names: units.Names) -> dict[str, dict[str, Tally]]:
    return {
        kind: {group.key: group.now for group in by(then, names)} for kind, by in GROUPINGS.items()
    }


def _cells(actor: Actor, campaign: Campaign | None, *days: Standing) -> list[list[Cell]]:
    """Those of all tickets on the first day, and those of the campaign on each. One statement."""
    if campaign is None:
        return [tally.cells(actor, days[0]), *([] for _ in days)]
    asked = Filters(**campaign.asked)
    return tally.cells_and(actor, days[0], *((day, conditions(asked, actor, day)) for day in days))


def _earlier(actor: Actor, standing: Standing, mark: str | None) -> list[Cell]:
    """A past day is counted once a mark of `remembered.settled` for all who see every ticket."""
    if mark is None or not sees_all(actor):
        return tally.cells(actor, standing)
    return of_past(mark, ("cells", standing.day), lambda: tally.cells(actor, standing))


def _progress(campaign: Campaign | None, found: list[Cell]) -> Group | None:
    return Group(campaign.name, campaign.name, tally.total(found)) if campaign and found else None


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
    names, (said,) = units.names_and(campaigns.kept())
    campaign = campaigns.campaign_of(said)
    found, done = _cells(actor, campaign, standing)
    progress = _progress(campaign, done)
    answer = {
        "on": day.isoformat(),
        "as_of": as_of,
        "policy": policies.policy_on(day)[0],
        **tally.total(found).document(),
        "groups": [_group(group) for group in GROUPINGS[by](found, names)],
        **(_carded(actor, day, names) if by == "unit" else {}),
        **({"campaign": _told(campaign, progress)} if progress else {}),
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


def _told(campaign: Campaign, progress: Group) -> dict[str, Any]:
    """`asked` are the names of the register's filter that finds exactly these tickets."""
    counts = progress.now.document() | {"struck": progress.now.struck}
    return {"name": campaign.name, "asked": dict(campaign.asked), **counts}


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
