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
from issues.ground import clock
from issues.ground.batches import among
from issues.ground.columns import holds_word
from issues.models import ColourSpan, Event, Extension, Issue, IssueUnit, Notice, NoticeIssue
from issues.rules.dates.days import days_after, written
from issues.rules.each.notices_lapsed import TO_BE_ANSWERED
from issues.rules.firings import Firing
from issues.rules.scores.points import Borne, Occurrence
from issues.rules.scores.standing import Names, Standing, standing_at
from issues.rules.scores.story import COUNTED, STORY, Happened, Spanned, Told, acts_of, days_of
from issues.scores.versions import Versions
from issues.vocabulary import TOWNSHIP, NoticeStatus, Relation, ScoreRule, Status, Subject

UNCOUNTED = (Status.DRAFT, Status.WITHDRAWN, Status.TAKEN_BACK)
"""What was registered in error, or went with its import, is booked for nothing."""
LOT = 500
Grouped = Mapping[int, Sequence[Any]]


@dataclass(frozen=True, slots=True)
class Days:
    """From `first` up to, not including, `until`; nothing after `today` has happened yet."""

    first: date
    until: date
    today: date

    def holds(self, on: date) -> bool:
        return self.first <= on < self.until and on <= self.today


def occurrences(days: Days, versions: Versions) -> Iterator[Occurrence]:
    """Everything in these days that points are booked for, a lot of tickets at a time."""
    late = _late_notices(days)
    ids = sorted(_touched(days) | {row.issue_id for row in late})
    by_ticket: dict[int, list[Any]] = defaultdict(list)
    for row in _one_a_notice(late, versions):
        by_ticket[row.issue_id].append(row)
    names = _names()
    for start in range(0, len(ids), LOT):
        yield from _of_tickets(ids[start : start + LOT], days, versions, names, by_ticket)


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


def _of_tickets(
    ids: Sequence[int], days: Days, versions: Versions, names: Names, late: Grouped
) -> Iterator[Occurrence]:
    """Five statements, however many tickets."""
    stories, spans, extended, standing = _stories(ids), _spans(ids), _extended(ids), _standing(ids)
    calendar = workdays()
    rows = select(Issue.id, Issue.source, Issue.deadline).where(
        among(Issue.id, ids), Issue.status.not_in(UNCOUNTED)
    )
    for row in db.session.execute(rows.order_by(Issue.id)):
        story = stories[row.id]
        found = acts_of(row.id, story, row.deadline, versions.first_yellow)
        found += days_of(row.id, spans[row.id], days.today, frozenset(extended[row.id]), calendar)
        for one in found:
            if days.holds(one.on):
                stood = standing_at(standing[row.id], _later(story, one.on, one.seq), names)
                yield _occurrence(one, row, stood.borne())
        for notice in late.get(row.id, ()):
            one = _unanswered(notice)
            stood = standing_at(standing[row.id], _later(story, one.on, None), names)
            yield _occurrence(one, row, _of_addressee(stood.borne(), notice), notice.id)


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


def _late_notices(days: Days) -> Sequence[Any]:
    """A row a ticket of each signed notice that was not answered in time, by its first late day.

    The county's own papers press its people and book nothing.
    """
    rows = (
        select(
            Notice.id, Notice.number, Notice.kind, Notice.unit_id, Notice.reply_due,
            Notice.replied_at, NoticeIssue.issue_id, Issue.source,
        )
        .join(NoticeIssue, NoticeIssue.notice_id == Notice.id)
        .join(Issue, Issue.id == NoticeIssue.issue_id)
        .where(
            Notice.status == NoticeStatus.SIGNED,
            Notice.centre_id.is_(None),
            Notice.kind.in_(TO_BE_ANSWERED),
            Notice.reply_due >= days_after(days.first, -1),
            Notice.reply_due < days.until,
            Issue.status.not_in(UNCOUNTED),
        )
        .order_by(Notice.id, NoticeIssue.issue_id)
    )  # fmt: skip
    return [
        row
        for row in db.session.execute(rows)
        if days.holds(days_after(row.reply_due, 1)) and _is_late(row)
    ]


def _is_late(row: Any) -> bool:
    return row.replied_at is None or clock.day_of(row.replied_at) > row.reply_due


def _one_a_notice(late: Sequence[Any], versions: Versions) -> Iterator[Any]:
    """A notice on several tickets is answered late once: on the one that weighs most."""
    by_notice: dict[int, list[Any]] = defaultdict(list)
    for row in late:
        by_notice[row.id].append(row)
    for rows in by_notice.values():
        _, policy = versions.on(days_after(rows[0].reply_due, 1))
        yield max(rows, key=lambda row: (policy.sources[row.source].weight, -row.issue_id))


def _unanswered(row: Any) -> Happened:
    rule, on = ScoreRule.REPLY_LATE, days_after(row.reply_due, 1)
    told = f"{row.number}（{row.kind.label}）应于{written(row.reply_due)}前答复"
    return Happened(f"{rule.value}:{row.id}", rule, on, because=told)


def _of_addressee(borne: Borne, row: Any) -> Borne:
    """Who was to answer bears it as the primary unit would."""
    return Borne(row.unit_id, borne.lead, borne.county, borne.line)
