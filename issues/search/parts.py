"""What is searched of tickets themselves: fields, units, persons, measures. Many tickets at once.

Nobody who complained or objected is in it, and no telephone.
"""

from collections.abc import Iterator, Sequence
from itertools import chain
from typing import Any

from sqlalchemy import Row, Select, select

from auth.models import Unit, User
from extensions import db
from issues.ground.batches import among
from issues.models import Issue, IssueUnit, Measure, SiteCheck
from issues.search.part import Part, without_numbers
from issues.tickets.field import Named, TicketField
from issues.tickets.fields import SEARCHED
from issues.tickets.people import APPOINTED, PEOPLE
from issues.vocabulary import FoundIn

IN_LINE = frozenset({"number", "title"})
SPELT = frozenset({"place"})
"""Fields that are found by the initials of what stands in them."""
PERSONAL = frozenset(field.name for field in (*PEOPLE, *APPOINTED))
Ids = Sequence[int]


def ticket_parts(ids: Ids) -> Iterator[Part]:
    fields = [field for field in SEARCHED if field.name not in PERSONAL]
    columns = [getattr(Issue, field.column) for field in fields]
    rows = select(Issue.id, Issue.number, *columns).where(among(Issue.id, ids))
    for issue_id, number, *values in db.session.connection().execute(rows):
        yield Part(issue_id, FoundIn.TICKET, "编号", number, is_in_line=True)
        for field, value in zip(fields, values, strict=True):
            if value:
                yield Part(
                    issue_id, FoundIn.TICKET, field.label, value,
                    is_in_line=field.name in IN_LINE, is_spelt=field.name in SPELT,
                )  # fmt: skip


def unit_parts(ids: Ids) -> Iterator[Part]:
    rows = (
        select(IssueUnit.issue_id, Unit.name, Unit.short_name)
        .join(Unit, Unit.id == IssueUnit.unit_id)
        .where(among(IssueUnit.issue_id, ids))
        .order_by(IssueUnit.issue_id, IssueUnit.position, Unit.id)
    )
    told = (
        (issue_id, name)
        for issue_id, *both in db.session.connection().execute(rows)
        for name in dict.fromkeys(both)
    )
    for issue_id, name in dict.fromkeys(told):
        yield Part(issue_id, FoundIn.UNIT, FoundIn.UNIT.label, name, is_spelt=True)


def person_parts(ids: Ids) -> Iterator[Part]:
    """Officials: those the fields name, who answers for a measure, who checked on the spot."""
    return chain(_named(ids), _answering(ids), _checking(ids))


def _named(ids: Ids) -> Iterator[Part]:
    fields = [field for field in SEARCHED if field.name in PERSONAL]
    columns = [getattr(Issue, field.column) for field in fields]
    found = db.session.connection().execute(
        select(Issue.id, *columns).where(among(Issue.id, ids))
    ).all()  # fmt: skip
    accounts = _accounts(fields, [row[1:] for row in found])
    for issue_id, *values in found:
        for field, value in zip(fields, values, strict=True):
            name = accounts.get(value, "") if field.type == "account" else value or ""
            name = without_numbers(name) if isinstance(field.search, Named) else name
            if name:
                yield Part(issue_id, FoundIn.PERSON, field.label, name)


def _accounts(fields: Sequence[TicketField], rows: Sequence[Sequence[int]]) -> dict[int, str]:
    """The names of all accounts that the fields hold. No statement where they hold none."""
    places = [n for n, field in enumerate(fields) if field.type == "account"]
    held = {row[n] for row in rows for n in places} - {None}
    if not held:
        return {}
    rows_ = select(User.id, User.display_name).where(among(User.id, held))
    return {row.id: row.display_name for row in db.session.connection().execute(rows_)}


def _answering(ids: Ids) -> Iterator[Part]:
    rows = _measures(ids).where(Measure.person != "")
    for row in db.session.connection().execute(rows):
        if name := without_numbers(row.person):
            yield Part(row.issue_id, FoundIn.PERSON, f"{_called(row)}责任人", name)


def _checking(ids: Ids) -> Iterator[Part]:
    rows = select(SiteCheck.issue_id, SiteCheck.inspectors).where(among(SiteCheck.issue_id, ids))
    for issue_id, inspectors in db.session.connection().execute(rows.order_by(SiteCheck.id)):
        if inspectors:
            yield Part(issue_id, FoundIn.PERSON, "核查人员", "、".join(map(str, inspectors)))


def measure_parts(ids: Ids) -> Iterator[Part]:
    for row in db.session.connection().execute(_measures(ids)):
        yield Part(row.issue_id, FoundIn.MEASURE, _called(row), row.text)


def _measures(ids: Ids) -> Select[*tuple[Any, ...]]:
    return (
        select(
            Measure.issue_id, Measure.no, Measure.round, Measure.text, Measure.person,
            Issue.round.label("current"),
        )
        .join(Issue, Issue.id == Measure.issue_id)
        .where(among(Measure.issue_id, ids), Measure.dropped_at.is_(None))
        .order_by(Measure.id)
    )  # fmt: skip


def _called(row: Row[Any]) -> str:
    told = "" if row.round == row.current else f"第{row.round}轮"
    return f"{told}措施{row.no}"
