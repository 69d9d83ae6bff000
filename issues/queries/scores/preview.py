"""What a draft's numbers would have made of the last quarter, as a page shows it."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from sqlalchemy import select

from auth.actor import Actor
from extensions import db
from issues.ground.batches import among
from issues.models import Issue
from issues.queries.scores.figures import GROUPS, figures
from issues.queries.ticket.story import anchor_of
from issues.rights.table import reach
from issues.rules.policy import Policy
from issues.rules.scores.figures import spelled
from issues.rules.scores.points import Point, signed
from issues.scores import comparing
from issues.scores.comparing import Differing
from issues.scores.tallying import Period, Scored

MOST_POINTS = 200
"""The points a page lists; it says how many there are."""


class Moved(NamedTuple):
    """One unit before and after, each with how it comes about.

    `published` is what the quarter said of it where that is not what the record says of its days:
    what was ruled or made good later, or came from an earlier quarter.
    """

    code: str
    name: str
    before: str
    after: str
    by: Decimal
    was: str
    would_be: str
    published: str

    @property
    def is_moved(self) -> bool:
        return self.was != self.would_be

    @property
    def moved(self) -> str:
        return signed(self.by) if self.by else "不变"


class Other(NamedTuple):
    """A point that comes to something else. `title` and `url` are empty out of sight."""

    unit: str
    point: Point
    number: str
    title: str
    url: str
    before: str
    after: str


class Preview(NamedTuple):
    """`points` are the first of `total` that differ."""

    period: Period
    is_published: bool
    groups: Sequence[tuple[str, list[Moved]]]
    points: list[Other]
    total: int

    @property
    def units(self) -> int:
        """How many units would have had another total."""
        return sum(bool(one.by) for _label, of in self.groups for one in of)

    @property
    def moved(self) -> list[tuple[str, list[Moved]]]:
        """By group those whose total, or how it comes about, would have been another."""
        found = [(label, [one for one in of if one.is_moved]) for label, of in self.groups]
        return [(label, of) for label, of in found if of]

    @property
    def same(self) -> list[tuple[str, list[Moved]]]:
        found = [(label, [one for one in of if not one.is_moved]) for label, of in self.groups]
        return [(label, of) for label, of in found if of]


def preview(policy: Policy, actor: Actor) -> Preview:
    """The last whole quarter by the rules of its days and by these, beside each other."""
    found = comparing.compared(policy)
    known = figures(found.period, actor)
    said = {one.code: one.total for one in known.units}
    names = {before.unit_id: before.name for before, _after in found.units}
    moved = [(before.kind, _moved(before, after, said)) for before, after in found.units]
    groups = [(label, [one for kind, one in moved if kind in kinds]) for label, kinds in GROUPS]
    return Preview(
        found.period,
        known.published is not None,
        [(label, units) for label, units in groups if units],
        _others(found.points[:MOST_POINTS], names, actor),
        len(found.points),
    )


def _moved(before: Scored, after: Scored, said: Mapping[str, str]) -> Moved:
    was = spelled(before.total.total)
    shown = said.get(before.code, was)
    return Moved(
        before.code, before.name, was, spelled(after.total.total),
        after.total.total - before.total.total, before.total.formula, after.total.formula,
        "" if shown == was else shown,
    )  # fmt: skip


def _others(points: Sequence[Differing], names: Mapping[int, str], actor: Actor) -> list[Other]:
    tickets = {one.one.occurrence.ticket for one in points}
    numbers = select(Issue.id, Issue.number).where(among(Issue.id, tickets))
    known: dict[int, str] = {row.id: row.number for row in db.session.execute(numbers)}
    titles = select(Issue.id, Issue.title).where(among(Issue.id, tickets), reach(actor))
    seen: dict[int, str] = {row.id: row.title for row in db.session.execute(titles)}
    return [_other(one, names, known, seen) for one in points]


def _other(
    one: Differing, names: Mapping[int, str], known: Mapping[int, str], seen: Mapping[int, str]
) -> Other:
    told = one.one.occurrence
    number, title = known[told.ticket], seen.get(told.ticket, "")
    url = f"/issues/{number}" if told.ticket in seen else ""
    if url and told.event:
        url += f"#{anchor_of(told.event)}"
    return Other(
        names.get(one.one.unit, ""), one.one, number, title, url, _formula(one.before),
        _formula(one.after),
    )  # fmt: skip


def _formula(point: Point | None) -> str:
    return "不记分" if point is None else point.formula
