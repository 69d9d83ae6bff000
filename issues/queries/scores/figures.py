"""A period's scores unit by unit, as everything that shows them reads them.

A published quarter says what it said when it was published, not what would be said of it now.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import select

from auth.actor import Actor
from auth.models import Unit
from extensions import db
from issues.models import ScoreEntry, ScoreQuarter, ScoreSheet
from issues.rights.table import Right, sees_all
from issues.rules.scores.figures import spelled
from issues.scores.booking import SCORED
from issues.scores.tallying import Period, Scored, tally
from issues.vocabulary import COUNTY, DEPARTMENT, ZONE

GROUPS = (("县（区）、园区", (COUNTY, ZONE)), ("市级部门", (DEPARTMENT,)))
FORMULA = "每一分的得数＝基数×分担比例×来源权重；过程分、结果分从满分扣起，最低0分，最高满分"


class Figure(NamedTuple):
    """One unit's scores, each as its exact digits; `formula` tells how they come about."""

    code: str
    name: str
    kind: str
    total: str
    process: str
    result: str
    formula: str


class Figures(NamedTuple):
    """`version` is the rules' whose numbers count; `published` is None of what still runs."""

    period: Period
    version: int
    units: Sequence[Figure]
    published: ScoreQuarter | None
    lines: int

    def groups(self) -> list[tuple[str, list[Figure]]]:
        """Counties, then departments, in the order of units; none that is empty."""
        found = [
            (label, [one for one in self.units if one.kind in kinds]) for label, kinds in GROUPS
        ]
        return [(label, units) for label, units in found if units]


def own_unit(actor: Actor) -> int | None:
    """The unit whose scores alone this person sees; None for who sees all of them."""
    return None if sees_all(actor, Right.SCORES) else actor.unit_id or 0


def figures(period: Period, actor: Actor) -> Figures:
    """Those in the person's sight, in the order of units, never of points. Four statements."""
    own = own_unit(actor)
    published = _published(period)
    if published is None:
        found = tally(period, own)
        units = [_running(one) for one in found.units]
        version = found.version
    else:
        units = list(_frozen(published.document, own))
        version = published.document["version"]
    return Figures(period, version, units, published, _lines(period, own))


def _published(period: Period) -> ScoreQuarter | None:
    if period.quarter is None:
        return None
    rows = select(ScoreQuarter).filter_by(year=period.year, quarter=period.quarter)
    return db.session.scalars(rows).first()


def _running(one: Scored) -> Figure:
    total = one.total
    return Figure(
        one.code, one.name, one.kind, spelled(total.total), spelled(total.process),
        spelled(total.result), total.formula,
    )  # fmt: skip


def _frozen(document: Mapping[str, Any], own: int | None) -> Sequence[Figure]:
    """A unit keeps the name it was published under."""
    rows = db.session.execute(select(Unit.id, Unit.code, Unit.kind).where(Unit.kind.in_(SCORED)))
    known = {row.code: row for row in rows if own in (None, row.id)}
    return [
        Figure(one["unit"], one["name"], known[one["unit"]].kind, one["total"], one["process"],
               one["result"], one["formula"])
        for one in document["units"] if one["unit"] in known
    ]  # fmt: skip


def _lines(period: Period, own: int | None) -> int:
    """How many lines of the book count in it: without any there is nothing to show yet."""
    rows = db.session.query(ScoreEntry.id).filter(ScoreEntry.year == period.year)
    if period.quarter:
        rows = rows.filter(ScoreEntry.quarter == period.quarter)
    if own is not None:
        rows = rows.filter(ScoreEntry.unit_id == own)
    return rows.count()


class Told(NamedTuple):
    """A quarter that was published: when, and the digest of what it says."""

    at: datetime
    by: str
    sha256: str


def sheets(period: Period, actor: Actor) -> dict[str, str]:
    """By a unit's code the number of its score sheet, of those in sight. One statement."""
    rows = (
        select(Unit.code, ScoreSheet.number)
        .join(ScoreSheet, ScoreSheet.unit_id == Unit.id)
        .where(ScoreSheet.year == period.year, ScoreSheet.quarter == period.quarter)
    )
    if (own := own_unit(actor)) is not None:
        rows = rows.where(Unit.id == own)
    return {row.code: row.number for row in db.session.execute(rows)}


def published_of(year: int) -> dict[int, Told]:
    """By quarter. One statement."""
    rows = select(ScoreQuarter).where(ScoreQuarter.year == year)
    return {
        row.quarter: Told(row.published_at, row.published_by.display_name, row.sha256)
        for row in db.session.scalars(rows)
    }


def years(this: int) -> list[int]:
    """Those with a book and `this` one, the newest first. One statement."""
    rows = db.session.scalars(select(ScoreEntry.year).distinct())
    return sorted({this, *rows}, reverse=True)
