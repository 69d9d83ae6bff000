"""What a score sheet says: plain facts, JSON through and through, read from what was published."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from auth.models import Unit
from extensions import db
from issues.ground import clock
from issues.ground.refusals import NotFound
from issues.models import Event, Issue, Notice, ScoreEntry, ScoreQuarter
from issues.notices.facts.letterhead import full_name
from issues.rules.scores.figures import spelled
from issues.rules.scores.points import formula, signed
from issues.rules.scores.totals import quarter_of
from issues.scores.tallying import Period
from issues.vocabulary import EntryKind

Facts = dict[str, Any]


def quarter_of_sheet(period: Period) -> ScoreQuarter:
    """Only what was published is a paper. Raises NotFound."""
    rows = select(ScoreQuarter).filter_by(year=period.year, quarter=period.quarter)
    found = db.session.scalars(rows).first()
    if found is None:
        raise NotFound
    return found


def latest() -> Period | None:
    """The last quarter that was published."""
    rows = select(ScoreQuarter.year, ScoreQuarter.quarter)
    newest = rows.order_by(ScoreQuarter.year.desc(), ScoreQuarter.quarter.desc())
    row = db.session.execute(newest.limit(1)).first()
    return None if row is None else Period(row.year, row.quarter)


def gather(unit: Unit, period: Period, *, is_example: bool) -> Facts:
    """Days are ISO strings, points exact decimals as text. Raises NotFound. Three statements."""
    published = quarter_of_sheet(period)
    said = next((one for one in published.document["units"] if one["unit"] == unit.code), None)
    if said is None:
        raise NotFound
    return {
        "unit": {"code": unit.code, "name": full_name(unit), "short": said["name"]},
        "year": period.year,
        "quarter": published.quarter,
        "label": period.label,
        "version": published.document["version"],
        "published_on": clock.day_of(published.published_at).isoformat(),
        "published_sha256": published.sha256,
        **{name: said[name] for name in ("total", "process", "result", "formula")},
        "lines": _lines(unit.id, period),
        "is_example": is_example,
    }


def _lines(unit_id: int, period: Period) -> list[Facts]:
    rows = (
        select(ScoreEntry, Issue.number, Event.seq, Notice.number)
        .join(Issue, Issue.id == ScoreEntry.issue_id)
        .outerjoin(Event, Event.id == ScoreEntry.event_id)
        .outerjoin(Notice, Notice.id == ScoreEntry.notice_id)
        .where(
            ScoreEntry.unit_id == unit_id,
            ScoreEntry.year == period.year,
            ScoreEntry.quarter == period.quarter,
        )
        .options(joinedload(ScoreEntry.unit))
        .order_by(ScoreEntry.on, ScoreEntry.id)
    )
    return [_line(*row) for row in db.session.execute(rows)]


def _line(entry: ScoreEntry, number: str, seq: int | None, paper: str | None) -> Facts:
    own = quarter_of(entry.on)
    return {
        "id": entry.id,
        "on": entry.on.isoformat(),
        "rule": entry.rule.value,
        "kind": entry.kind.value,
        "issue": number,
        "event": entry.event_id,
        "seq": seq,
        "notice": paper,
        "because": entry.because,
        "reason": entry.reason,
        "share_as": entry.share_as.value,
        **{name: spelled(getattr(entry, name)) for name in ("base", "share", "weight", "value")},
        "formula": _formula(entry),
        "policy": entry.policy,
        "of_quarter": "" if own == (entry.year, entry.quarter) else own.label,
    }


def _formula(entry: ScoreEntry) -> str:
    """The arithmetic of a first line; a later one is a difference, and says why."""
    if entry.kind is EntryKind.BOOKING:
        return formula(entry.base, entry.share, entry.weight, entry.value)
    return signed(entry.value)
