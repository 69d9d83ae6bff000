"""What the history is about, by the name people know it by: read from a chain, and looked up."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import InstrumentedAttribute

from auth.models import Unit, User
from extensions import db
from issues.models import AssessmentRound, Event, Issue, Notice, Polluter, Region
from issues.vocabulary import Subject


class Named(NamedTuple):
    """`told` is shown of a row of `key`; what is typed is looked for in `sought`."""

    key: Any
    told: Any
    sought: Sequence[InstrumentedAttribute[Any]]


NAMED: Mapping[Subject, Named] = {
    Subject.TICKET: Named(Issue.id, Issue.number, (Issue.number,)),
    Subject.NOTICE: Named(Notice.id, Notice.number, (Notice.number,)),
    Subject.ROUND: Named(AssessmentRound.id, AssessmentRound.on, ()),
    Subject.ACCOUNT: Named(User.id, "@" + User.name, (User.name, User.display_name)),
    Subject.UNIT: Named(Unit.id, Unit.short_name, (Unit.short_name, Unit.name, Unit.code)),
    Subject.REGION: Named(Region.id, Region.name, (Region.name, Region.code)),
    Subject.POLLUTER: Named(Polluter.id, Polluter.name, (Polluter.name,)),
}
"""The other subjects have a number of their own only."""


def names_of(rows: Sequence[Any]) -> dict[Subject, dict[int, str]]:
    """One statement for each kind of subject that these rows are about."""
    return {subject: _told(subject, rows) for subject in NAMED}


def _told(subject: Subject, rows: Sequence[Any]) -> dict[int, str]:
    ids = {row.subject_id for row in rows if row.subject == subject.value}
    if not ids:
        return {}
    key, told, _ = NAMED[subject]
    found = db.session.execute(select(key, told).where(key.in_(ids), told.is_not(None)))
    return {id_: str(name) for id_, name in found}


def is_called(text: str) -> ColumnElement[bool]:
    """The condition on Event: what it is about bears this name, number or part of it."""
    text = text.removeprefix("@")
    return or_(
        *(
            and_(
                Event.subject == subject.value,
                Event.subject_id.in_(
                    select(named.key).where(
                        or_(*(one.icontains(text, autoescape=True) for one in named.sought))
                    )
                ),
            )
            for subject, named in NAMED.items()
            if named.sought
        )
    )
