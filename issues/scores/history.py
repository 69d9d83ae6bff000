"""What points are booked for, read from the record: who, what, when, and who stood how then."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import or_, select

from auth.models import Unit
from extensions import db
from issues.colour.policies import workdays
from issues.ground.batches import among
from issues.ground.columns import holds_word
from issues.models import ColourSpan, Event, Extension, Issue, IssueUnit
from issues.rules.dates.days import days_after
from issues.rules.dates.workdays import Workdays
from issues.rules.firings import Firing
from issues.rules.scores.points import Borne, Occurrence
from issues.rules.scores.standing import Names, Standing, standing_at
from issues.rules.scores.story import COUNTED, STORY, Happened, Spanned, Told, acts_of, days_of
from issues.scores.late import (
    UNCOUNTED,
    Days,
    late_notices,
    of_addressee,
    one_a_notice,
    unanswered,
)
from issues.scores.tied import Tied
from issues.scores.versions import Versions
from issues.vocabulary import TOWNSHIP, Relation, Subject

LOT = 500
Grouped = Mapping[int, Sequence[Any]]


def occurrences(days: Days, books: Sequence[Versions]) -> Iterator[tuple[int, Occurrence]]:
    """Everything in these days that points are booked for, a lot of tickets at a time.

    By each of several books of rules, told by its place: the record is read once for all of them.
    """
    tied = Tied.read(days)
    late = [
        row
        for row in late_notices(days)
        if not tied.leaves_out(row.issue_id, days_after(row.reply_due, 1), is_act=False)
    ]
    ids = sorted(_touched(days) | {row.issue_id for row in late})
    by_ticket = [_by_ticket(late, book) for book in books]
    names = _names()
    for start in range(0, len(ids), LOT):
        lot = _Lot.read(ids[start : start + LOT], names, tied)
        for place, book in enumerate(books):
            for one in lot.occurrences(days, book, by_ticket[place]):
                yield place, one


def _by_ticket(late: Sequence[Any], book: Versions) -> Grouped:
    found: dict[int, list[Any]] = defaultdict(list)
    for row in one_a_notice(late, book):
        found[row.issue_id].append(row)
    return found


def _touched(days: Days) -> set[int]:
    """Tickets with an act or a day that may count."""
    acted = select(Event.subject_id).where(
        Event.subject == Subject.TICKET.value,
        Event.action.in_(sorted(STORY)),
        Event.on >= days.first,
        Event.on < days.until,
    )
    passed = select(ColourSpan.issue_id).where(
        ColourSpan.is_backfilled.is_(False),
        ColourSpan.valid_to > days.first,
        ColourSpan.valid_from < days.until,
        or_(*(holds_word(ColourSpan.firings, rule) for rule in sorted(COUNTED))),
    )
    return {*db.session.scalars(acted.distinct()), *db.session.scalars(passed.distinct())}


@dataclass(frozen=True, slots=True)
class _Lot:
    """What is recorded of some tickets, as far as the scores ask."""

    rows: Sequence[Any]
    stories: Mapping[int, list[Told]]
    spans: Mapping[int, list[Spanned]]
    extended: Mapping[int, set[date]]
    standing: Mapping[int, Standing]
    names: Names
    calendar: Workdays
    tied: Tied

    @classmethod
    def read(cls, ids: Sequence[int], names: Names, tied: Tied) -> "_Lot":
        """Five statements, however many tickets."""
        wanted = select(Issue.id, Issue.source, Issue.deadline).where(
            among(Issue.id, ids), Issue.status.not_in(UNCOUNTED)
        )
        return cls(
            db.session.execute(wanted.order_by(Issue.id)).all(), _stories(ids), _spans(ids),
            _extended(ids), _standing(ids), names, workdays(), tied,
        )  # fmt: skip

    def occurrences(self, days: Days, book: Versions, late: Grouped) -> Iterator[Occurrence]:
        for row in self.rows:
            story, extended = self.stories[row.id], frozenset(self.extended[row.id])
            found = acts_of(row.id, story, row.deadline, book.first_yellow)
            found += days_of(row.id, self.spans[row.id], days.today, extended, self.calendar)
            for one in found:
                is_act = one.seq is not None
                if days.holds(one.on) and not self.tied.leaves_out(row.id, one.on, is_act=is_act):
                    borne = self._borne(row.id, one.on, one.seq)
                    yield _occurrence(one, row, borne)
            for notice in late.get(row.id, ()):
                one = unanswered(notice)
                borne = of_addressee(self._borne(row.id, one.on, None), notice)
                yield _occurrence(one, row, borne, notice.id)

    def _borne(self, ticket: int, on: date, seq: int | None) -> Borne:
        later = _later(self.stories[ticket], on, seq)
        return standing_at(self.standing[ticket], later, self.names).borne()


def _later(story: Sequence[Told], on: date, seq: int | None) -> list[Told]:
    """The rows after an act; after the end of a day for what a day brought."""
    if seq is not None:
        return [row for row in story if row.seq > seq]
    return [row for row in story if row.on > on]


def _occurrence(one: Happened, row: Any, borne: Borne, notice: int | None = None) -> Occurrence:
    return Occurrence(
        one.key, one.rule, one.on, row.id, row.source, borne, one.event, notice, one.because
    )


def _stories(ids: Sequence[int]) -> Mapping[int, list[Told]]:
    found: dict[int, list[Told]] = defaultdict(list)
    rows = select(
        Event.subject_id, Event.id, Event.seq, Event.action, Event.on, Event.before, Event.after,
        Event.detail,
    ).where(
        Event.subject == Subject.TICKET.value,
        among(Event.subject_id, ids),
        Event.action.in_(sorted(STORY)),
    )  # fmt: skip
    for ticket, *told in db.session.execute(rows.order_by(Event.subject_id, Event.seq)):
        found[ticket].append(Told(*told))
    return found


def _spans(ids: Sequence[int]) -> Mapping[int, list[Spanned]]:
    found: dict[int, list[Spanned]] = defaultdict(list)
    rows = select(
        ColourSpan.issue_id, ColourSpan.valid_from, ColourSpan.valid_to, ColourSpan.firings
    ).where(among(ColourSpan.issue_id, ids), ColourSpan.is_backfilled.is_(False))
    for ticket, first, until, firings in db.session.execute(rows):
        told = [Firing.from_document(document) for document in firings]
        found[ticket].append(Spanned(first, until, told))
    return found


def _extended(ids: Sequence[int]) -> Mapping[int, set[date]]:
    found: dict[int, set[date]] = defaultdict(set)
    rows = select(Extension.issue_id, Extension.old_deadline).where(
        among(Extension.issue_id, ids), Extension.state == "granted"
    )
    for ticket, deadline in db.session.execute(rows):
        found[ticket].add(deadline)
    return found


def _standing(ids: Sequence[int]) -> Mapping[int, Standing]:
    units: dict[int, dict[Relation, set[int]]] = defaultdict(lambda: defaultdict(set))
    rows = select(IssueUnit.issue_id, IssueUnit.relation, IssueUnit.unit_id).where(
        among(IssueUnit.issue_id, ids)
    )
    for ticket, relation, unit in db.session.execute(rows):
        units[ticket][relation].add(unit)
    return defaultdict(
        Standing,
        {
            ticket: Standing(
                primary=min(by[Relation.PRIMARY], default=None),
                lead=min(by[Relation.LEAD], default=None),
                county=min(by[Relation.TERRITORIAL], default=None),
                responsible=frozenset(by[Relation.RESPONSIBLE]),
                supporting=frozenset(by[Relation.SUPPORTING]),
            )
            for ticket, by in units.items()
        },
    )


def _names() -> Names:
    """A name that an ended unit shares with one that stands is that one's."""
    rows = db.session.execute(
        select(Unit.id, Unit.code, Unit.short_name, Unit.kind, Unit.ended_at).order_by(Unit.id)
    ).all()
    ordered = sorted(rows, key=lambda row: row.ended_at is None)
    by_name = {row.short_name: row.id for row in ordered}
    by_code = {row.code: row.id for row in rows if row.kind != TOWNSHIP}
    unit: Callable[[str], int | None] = by_name.get
    return Names(unit, by_code.get)
