"""A quarter's scores published: frozen with a digest, and never changed again."""

import hashlib
import json
from datetime import date, datetime
from typing import Any

from sqlalchemy import select

from auth.actor import SYSTEM, Actor
from extensions import db
from issues import audit, counters
from issues.ground import clock
from issues.ground.refusals import Incomplete, NotAllowed, WrongStatus
from issues.models import ScoreEntry, ScoreQuarter
from issues.rights.table import Right, holds
from issues.rules.scores.figures import spelled
from issues.rules.scores.totals import QUARTERS, Quarter
from issues.scores import booking
from issues.scores.tallying import Period, tally
from issues.vocabulary import ScoreAct, Subject


def publish(year: int, quarter: int, actor: Actor, at: datetime) -> ScoreQuarter:
    """Book what the history says, then freeze the quarter. Never commits.

    It is the system that books: who publishes may still rule on what was booked. Whatever is
    found or ruled later is a line of the running quarter. Raises NotAllowed, Incomplete,
    WrongStatus.
    """
    if not holds(actor, Right.PUBLISH_SCORES):
        raise NotAllowed("公布季度得分须由市目标绩效办办理。")
    if quarter not in QUARTERS:
        raise Incomplete({"quarter": ["季度应是1到4"]})
    wanted = Quarter(year, quarter)
    counters.hold(booking.SERIES)
    _refuse_unless_next(wanted, at)
    booking.book(year, SYSTEM, at)
    told = document(Period(year, quarter))
    row = ScoreQuarter(
        year=year, quarter=quarter, document=told, sha256=digest_of(told), published_at=at,
        published_by_id=actor.id,
    )  # fmt: skip
    db.session.add(row)
    db.session.flush()
    audit.record(
        Subject.SCORE, year, ScoreAct.PUBLISH, actor, at=at,
        detail={"year": year, "quarter": quarter, "sha256": row.sha256},
    )  # fmt: skip
    return row


def _refuse_unless_next(wanted: Quarter, at: datetime) -> None:
    """A quarter that has ended, once, and after the one before it in the year."""
    published = booking.published_quarters()
    if wanted in published:
        raise WrongStatus(f"{wanted.label}的得分已经公布，不能重复公布。")
    if clock.day_of(at) < wanted.after:
        raise WrongStatus(f"{wanted.label}尚未结束，不能公布。")
    earlier = Quarter(wanted.year, wanted.quarter - 1)
    if wanted.quarter > 1 and earlier not in published:
        raise WrongStatus(f"{earlier.label}的得分尚未公布，请先公布。")


def next_one(today: date) -> Quarter | None:
    """The first quarter that has ended, has a book in its year, and is not published yet."""
    published = booking.published_quarters()
    years = db.session.scalars(select(ScoreEntry.year).distinct().order_by(ScoreEntry.year))
    for year in years:
        left = (Quarter(year, one) for one in QUARTERS if Quarter(year, one) not in published)
        first = next(left, None)
        if first is not None and first.after <= today:
            return first
    return None


def document(period: Period) -> dict[str, Any]:
    """What a quarter says: {year, quarter, version, units: [{unit, name, process, …}]}."""
    found = tally(period)
    return {
        "year": period.year,
        "quarter": period.quarter,
        "version": found.version,
        "units": [
            {
                "unit": one.code,
                "name": one.name,
                "total": spelled(one.total.total),
                "process": spelled(one.total.process),
                "result": spelled(one.total.result),
                "formula": one.total.formula,
            }
            for one in found.units
        ],
    }


def digest_of(told: dict[str, Any]) -> str:
    text = json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def faults(year: int, quarter: int | None = None) -> list[str]:
    """A sentence for each published quarter whose lines or document are not those of then."""
    rows = select(ScoreQuarter).where(ScoreQuarter.year == year).order_by(ScoreQuarter.quarter)
    if quarter is not None:
        rows = rows.where(ScoreQuarter.quarter == quarter)
    found = []
    for row in db.session.scalars(rows):
        label = Quarter(row.year, row.quarter).label
        if digest_of(row.document) != row.sha256:
            found.append(f"{label}公布的得分与摘要不符")
        if _figures(document(Period(row.year, row.quarter))) != _figures(row.document):
            found.append(f"{label}公布的得分与记分不符")
    return found


def _figures(told: dict[str, Any]) -> dict[str, str]:
    """By unit what was lost and won; a unit that came or went since changes nothing."""
    full = {one["formula"] for one in told["units"] if one["total"] == "100"}
    return {one["unit"]: one["formula"] for one in told["units"] if one["formula"] not in full}
