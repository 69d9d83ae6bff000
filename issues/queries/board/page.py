"""The board of a day: what the page draws, and the figures alone for the API."""

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
from issues.queries.ground.counted import tied_at_all
from issues.queries.ground.day import Standing
from issues.queries.ground.remembered import of_past, settled
from issues.queries.register.filters import Filters
from issues.queries.register.narrowing import conditions
from issues.rights.table import sees_all
from issues.supervision import campaigns
from issues.supervision.campaigns import Campaign
from issues.vocabulary import Colour

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
    days back. `before` holds its groups by kind and key. `turns` are the
    first of each colour that turn, by day. `is_once`: some tickets are the same problem, and one
    is counted for them. `is_seen`: past days are as the register
    itself held them (当日所见), without what an import has back-filled.
    """

    on: date
    compare: date
    is_round: bool
    is_seen: bool
    is_once: bool
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
    turns: list[Turn]
    newly: list[NewlyRed]
    counts: dict[str, int]
    late: dict[str, int]
    cards: dict[str, Counter[str]]
    weeks: list[Week]

    @property
    def is_compared(self) -> bool:
        """Whether the day compared with holds anything: from nothing there is no change."""
        return self.total_before.total > 0

    @property
    def turning(self) -> list[Turn]:
        """The next few that turn, by day; at least half of them red where so many turn red."""
        reds = [turn for turn in self.turns if turn.colour is Colour.RED]
        others = [turn for turn in self.turns if turn.colour is not Colour.RED]
        first = {*reds[: LISTED // 2], *others[: LISTED // 2]}
        rest = [turn for turn in self.turns if turn not in first]
        kept = [*first, *rest[: LISTED - len(first)]]
        return sorted(kept, key=lambda turn: (turn.on, turn.number))


def board(
    actor: Actor, today: date, on: date | None = None, compare: date | None = None,
    within: int = WITHIN, *, is_seen: bool = False, listed: int = LISTED,
) -> Board:  # fmt: skip
    """The whole page's figures, so many of each list. Eight statements at most for any number."""
    day = on or today
    names, last, mark, campaign, is_once = _grounds(day, today)
    since = compare or last or day - timedelta(days=COMPARED_DAYS)
    standing, before = (Standing.on(one, today, is_seen=is_seen) for one in (day, since))
    earlier = mark if since < today else None
    now, done, done_then = _cells(actor, campaign, standing, before)
    then, total = _earlier(actor, before, earlier), tally.total(now)
    by_unit = tally.by_unit(now, names)
    counts, late, cards = outlook.counts(actor, standing, within)
    turns, reddened, reds = _nearest(actor, standing, (since, earlier), within, listed)
    return Board(
        on=day,
        compare=since,
        is_round=compare is None and last is not None,
        is_seen=is_seen,
        is_once=is_once,
        within=within,
        total=total,
        total_before=tally.total(then),
        campaign=campaign,
        progress=_progress(campaign, done),
        progress_before=tally.total(done_then),
        units=by_unit,
        zones=[group for group in by_unit if names.is_zone_inside(group.key)],
        regions=tally.by_region(now, names),
        sources=tally.by_source(now, names),
        before=_before(then, names),
        turns=turns,
        newly=reddened,
        counts=counts | {"newly": reds},
        late={names.code(unit_id): count for unit_id, count in late.items()},
        cards={names.code(i): found for i, found in cards.items()},
        weeks=_weeks(actor, standing, today, total, mark),
    )


def _grounds(
    day: date, today: date
) -> tuple[units.Names, date | None, str | None, Campaign | None, bool]:
    """The units, the round before, the mark of the days behind, the campaign, whether any is tied.

    One statement.
    """
    last = _round_before(day).scalar_subquery()
    names, (last, mark, said, tied) = units.names_and(
        last, settled(today), campaigns.kept(), tied_at_all()
    )
    return names, last, mark, campaigns.campaign_of(said), bool(tied)


def _nearest(
    actor: Actor, standing: Standing, since: tuple[date, str | None], within: int, most: int
) -> tuple[list[Turn], list[NewlyRed], int]:
    """The first that turn, the first newly red ones, and how many those are."""
    red = newly.newly_red(actor, standing, *since)
    return *newly.listed(actor, standing, within, most, red), len(red)


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
    key = ("cells", standing.day, standing.is_seen)
    return of_past(mark, key, lambda: tally.cells(actor, standing))


def _weeks(
    actor: Actor, standing: Standing, today: date, now: Tally, mark: str | None
) -> list[Week]:
    """Up to the day, or for a day to come up to today."""
    last = min(standing.day, today)
    own = now if standing.day <= today else None
    return weeks.weeks(actor, last, own, mark, is_seen=standing.is_seen)


def _progress(campaign: Campaign | None, found: list[Cell]) -> Group | None:
    return Group(campaign.name, campaign.name, tally.total(found)) if campaign and found else None


def compared_day(day: date) -> date:
    """What a day is compared with where no other was named."""
    return db.session.scalar(_round_before(day)) or day - timedelta(days=COMPARED_DAYS)


def _round_before(day: date) -> Select[Any]:
    """The day of the last assessment round before this day."""
    return select(func.max(AssessmentRound.on)).where(AssessmentRound.on < day)


@dataclass(frozen=True, slots=True)
class Plain:
    """The figures alone, as programs ask for them; None for what was not asked or is not there."""

    on: date
    policy: int
    total: Tally
    groups: list[Group]
    cards: dict[str, Counter[str]] | None
    campaign: Campaign | None
    progress: Group | None
    turning: list[Turn]
    compare: date | None
    then: Tally | None
    effects: dict[str, int]


def plain(
    actor: Actor, today: date, *, on: date | None = None, compare: date | None = None,
    within: int = WITHIN, by: str = "unit", is_seen: bool = False,
) -> Plain:  # fmt: skip
    """Raises KeyError for a grouping there is not."""
    day = on or today
    standing = Standing.on(day, today, is_seen=is_seen)
    names, (said,) = units.names_and(campaigns.kept())
    campaign = campaigns.campaign_of(said)
    found, done = _cells(actor, campaign, standing)
    before = Standing.on(compare, today, is_seen=is_seen) if compare else None
    then = tally.total(tally.cells(actor, before)) if before else None
    return Plain(
        on=day,
        policy=policies.policy_on(day)[0],
        total=tally.total(found),
        groups=GROUPINGS[by](found, names),
        cards=_carded(actor, day, names) if by == "unit" else None,
        campaign=campaign,
        progress=_progress(campaign, done),
        turning=outlook.turning(actor, standing, within),
        compare=compare,
        then=then,
        effects=outlook.effects(actor, standing),
    )


def _carded(actor: Actor, day: date, names: units.Names) -> dict[str, Counter[str]]:
    """The cards its tickets were given up to the day, by unit in the city's order."""
    found = {names.code(i): counted for i, counted in cards_by_unit(actor, day).items()}
    return dict(sorted(found.items(), key=lambda row: names.position(row[0])))
