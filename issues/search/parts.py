"""What is searched of tickets themselves: fields, units, persons, measures. Many tickets at once.

Nobody who complained or objected is in it, and no telephone.
"""

from collections.abc import Iterator, Sequence
from itertools import chain
from typing import Any

from sqlalchemy import Row, Select, select

from auth.models import Unit, UnitAlias, User
from extensions import plain_rows
from issues import regions
from issues.ground.batches import among, asked, prepared
from issues.models import Issue, IssueUnit, Measure, SiteCheck, Target
from issues.rules.targets.sentences import target_words
from issues.search.part import Part, without_numbers
from issues.tickets.field import Named, TicketField
from issues.tickets.fields import BY_NAME, SEARCHED
from issues.tickets.people import APPOINTED, PEOPLE
from issues.vocabulary import FoundIn

IN_LINE = frozenset({"number", "title"})
SPELT = frozenset({"place"})
"""Fields that are found by what stands in them as it is typed in Latin letters."""
PERSONAL = frozenset(field.name for field in (*PEOPLE, *APPOINTED))
Ids = Sequence[int]


OWN = tuple(field for field in SEARCHED if field.name not in PERSONAL)
NAMED = tuple(field for field in SEARCHED if field.name in PERSONAL)


@prepared
def _tickets() -> Select[*tuple[Any, ...]]:
    columns = [getattr(Issue, field.column) for field in OWN]
    return select(Issue.id, Issue.number, Issue.township, *columns).where(asked(Issue.id))


def ticket_parts(ids: Ids) -> Iterator[Part]:
    rows = plain_rows(_tickets(), {"ids": ids}).all()
    towns = regions.words_of(row.township for row in rows)
    for row in rows:
        if words := towns.get(row.township):
            yield Part(row.id, FoundIn.TICKET, BY_NAME["township"].label, words, is_spelt=True)
        yield Part(row.id, FoundIn.TICKET, "编号", row.number, is_in_line=True)
        for field in OWN:
            if value := getattr(row, field.column):
                yield Part(
                    row.id, FoundIn.TICKET, field.label, value,
                    is_in_line=field.name in IN_LINE, is_spelt=field.name in SPELT,
                )  # fmt: skip


@prepared
def _units() -> Select[*tuple[Any, ...]]:
    return (
        select(IssueUnit.issue_id, Unit.name, Unit.short_name, UnitAlias.text)
        .join(Unit, Unit.id == IssueUnit.unit_id)
        .outerjoin(UnitAlias, (UnitAlias.unit_id == Unit.id) & UnitAlias.ended_at.is_(None))
        .where(asked(IssueUnit.issue_id))
        .order_by(IssueUnit.issue_id, IssueUnit.position, Unit.id, UnitAlias.id)
    )


def unit_parts(ids: Ids) -> Iterator[Part]:
    told = (
        (row.issue_id, name)
        for row in plain_rows(_units(), {"ids": ids})
        for name in (row.name, row.short_name, row.text)
        if name
    )
    for issue_id, name in dict.fromkeys(told):
        yield Part(issue_id, FoundIn.UNIT, FoundIn.UNIT.label, name, is_spelt=True)


def person_parts(ids: Ids) -> Iterator[Part]:
    """Officials: those the fields name, who answers for a measure, who checked on the spot."""
    return chain(_named(ids), _answering(ids), _checking(ids))


@prepared
def _people() -> Select[*tuple[Any, ...]]:
    columns = [getattr(Issue, field.column) for field in NAMED]
    return select(Issue.id, *columns).where(asked(Issue.id))


def _named(ids: Ids) -> Iterator[Part]:
    found = plain_rows(_people(), {"ids": ids}).all()
    accounts = _accounts(NAMED, [row[1:] for row in found])
    for row in found:
        values: Sequence[Any] = row[1:]
        for field, value in zip(NAMED, values, strict=True):
            name = accounts.get(value, "") if field.type == "account" else value or ""
            name = without_numbers(name) if isinstance(field.search, Named) else name
            if name:
                yield Part(row.id, FoundIn.PERSON, field.label, name)


def _accounts(fields: Sequence[TicketField], rows: Sequence[Sequence[int]]) -> dict[int, str]:
    """The names of all accounts that the fields hold. No statement where they hold none."""
    places = [n for n, field in enumerate(fields) if field.type == "account"]
    held = {row[n] for row in rows for n in places} - {None}
    if not held:
        return {}
    rows_ = select(User.id, User.display_name).where(among(User.id, held))
    return {row.id: row.display_name for row in plain_rows(rows_)}


def _answering(ids: Ids) -> Iterator[Part]:
    for row in plain_rows(_measures(), {"ids": ids}):
        if name := without_numbers(row.person or ""):
            yield Part(row.issue_id, FoundIn.PERSON, f"{_called(row)}责任人", name)


@prepared
def _checks() -> Select[*tuple[Any, ...]]:
    rows = select(SiteCheck.issue_id, SiteCheck.inspectors).where(asked(SiteCheck.issue_id))
    return rows.order_by(SiteCheck.id)


def _checking(ids: Ids) -> Iterator[Part]:
    for row in plain_rows(_checks(), {"ids": ids}):
        if row.inspectors:
            told = "、".join(map(str, row.inspectors))
            yield Part(row.issue_id, FoundIn.PERSON, "核查人员", told)


def measure_parts(ids: Ids) -> Iterator[Part]:
    for row in plain_rows(_measures(), {"ids": ids}):
        yield Part(row.issue_id, FoundIn.MEASURE, _called(row), row.text)
    for row in plain_rows(_targets(), {"ids": ids}):
        words = target_words(row.name, row.sense, row.value, row.unit_of_value)
        yield Part(
            row.issue_id, FoundIn.MEASURE, "目标", "，".join(filter(None, (words, row.quote)))
        )


@prepared
def _targets() -> Select[*tuple[Any, ...]]:
    return (
        select(
            Target.issue_id, Target.name, Target.sense, Target.value, Target.unit_of_value,
            Target.quote,
        )
        .where(asked(Target.issue_id), Target.ended_at.is_(None))
        .order_by(Target.id)
    )  # fmt: skip


@prepared
def _measures() -> Select[*tuple[Any, ...]]:
    return (
        select(
            Measure.issue_id, Measure.no, Measure.round, Measure.text, Measure.person,
            Issue.round.label("current"),
        )
        .join(Issue, Issue.id == Measure.issue_id)
        .where(asked(Measure.issue_id), Measure.dropped_at.is_(None))
        .order_by(Measure.id)
    )  # fmt: skip


def _called(row: Row[Any]) -> str:
    told = "" if row.round == row.current else f"第{row.round}轮"
    return f"{told}措施{row.no}"
