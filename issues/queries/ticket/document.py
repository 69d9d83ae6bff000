"""Tickets with everything the API says of them: a fixed number of statements, however many."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from auth.models import User
from extensions import db
from issues.ground.batches import Reads, narrowed
from issues.models import Card, CardProposal, ColourSpan, Extension, Issue, Measure, Objection
from issues.tickets.fields import IN_API

_OF_PERSONS = tuple(field.column for field in IN_API if field.type == "account")


@dataclass(slots=True)
class Whole:
    """`stood` is what decided the colour on `day`: the ticket's own row, or a past day's span."""

    issue: Issue
    stood: Issue | ColourSpan
    day: date
    accounts: dict[int, str]
    merged_into: str | None
    measures: list[Measure] = field(default_factory=list)
    objections: list[Objection] = field(default_factory=list)
    extensions: list[Extension] = field(default_factory=list)
    cards: list[Card] = field(default_factory=list)
    proposals: list[CardProposal] = field(default_factory=list)


def whole(ids: Sequence[int], day: date, today: date) -> list[Whole]:
    """These tickets in this order. One that did not stand on a past day is left out."""
    rows = select(Issue).where(Issue.id.in_(ids)).options(selectinload(Issue.reaches))
    return _completed({row.id: row for row in db.session.scalars(rows)}, ids, day, today)


def whole_of(issue: Issue, day: date, today: date) -> Whole | None:
    """One loaded ticket; None where it did not stand on a past day."""
    return next(iter(_completed({issue.id: issue}, [issue.id], day, today)), None)


def _completed(issues: dict[int, Issue], ids: Sequence[int], day: date, today: date) -> list[Whole]:
    stood = _spans(ids, day) if day < today else issues
    accounts, targets = _accounts(issues.values()), _targets(issues.values())
    found = {
        key: Whole(issues[key], stood[key], day, accounts, targets.get(issues[key].merged_into_id))
        for key in ids
        if key in issues and key in stood
    }
    _attach(found)
    return list(found.values())


def _spans(ids: Sequence[int], day: date) -> dict[int, ColourSpan]:
    rows = select(ColourSpan).where(
        ColourSpan.issue_id.in_(ids), ColourSpan.valid_from <= day, ColourSpan.valid_to > day
    )
    return {row.issue_id: row for row in db.session.scalars(rows)}


def _accounts(issues: Iterable[Issue]) -> dict[int, str]:
    """The names of the accounts the tickets point at."""
    wanted = {key for issue in issues for name in _OF_PERSONS if (key := getattr(issue, name))}
    return _names(select(User.id, User.name).where(User.id.in_(wanted))) if wanted else {}


def _targets(issues: Iterable[Issue]) -> dict[int | None, str]:
    """The numbers of the tickets others were merged into."""
    wanted = {issue.merged_into_id for issue in issues if issue.merged_into_id}
    rows = select(Issue.id, Issue.number).where(Issue.id.in_(wanted))
    return _names(rows) if wanted else {}


def _names(statement: Any) -> dict[Any, str]:
    return dict(map(tuple, db.session.execute(statement)))


def _of_issue(table: Any) -> Any:
    return narrowed(select(table).order_by(table.id), table.issue_id)


_BELOW = Reads(
    objects={
        "measures": narrowed(
            select(Measure)
            .join(Issue, (Issue.id == Measure.issue_id) & (Issue.round == Measure.round))
            .where(Measure.dropped_at.is_(None))
            .order_by(Measure.no),
            Measure.issue_id,
        ),
        "objections": _of_issue(Objection),
        "extensions": _of_issue(Extension),
        "cards": _of_issue(Card),
        "proposals": _of_issue(CardProposal),
    }
)


def _attach(found: dict[int, Whole]) -> None:
    rows = _BELOW.by_issue(list(found))
    for key, one in found.items():
        for name, by_issue in rows.items():
            setattr(one, name, by_issue[key])
