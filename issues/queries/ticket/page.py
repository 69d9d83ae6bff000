"""One ticket's page: everything it shows, in as many statements however much there is of it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any, NamedTuple

from sqlalchemy import select

from auth.actor import Actor
from auth.models import Unit
from extensions import db
from issues.colour.closing import Closing, closing_of
from issues.colour.facts_of import measures_of
from issues.colour.policies import workdays
from issues.ground import clock
from issues.models import Event, Evidence, Issue, Measure
from issues.onsite.captured import spot_words
from issues.queries.evidence import files as evidence
from issues.queries.ground.colouring import Colouring, colouring_of
from issues.queries.ground.names import region_words
from issues.queries.ticket.beside import Papers, papers_of
from issues.queries.ticket.story import Item, story_of
from issues.queries.ticket.targets import TargetLine, beside_measures
from issues.rights.table import Right, holds, may
from issues.rules.dates.workdays import UNPUBLISHED
from issues.rules.progress import WHOLE, planned
from issues.vocabulary import OPEN, Relation, ReturnCode, Subject

MOST_EVENTS = 300
NAME_LENGTH = 40
RELATIONS = (
    Relation.PRIMARY, Relation.RESPONSIBLE, Relation.LEAD, Relation.SUPPORTING,
    Relation.ACCEPTANCE, Relation.SUPERVISING, Relation.TERRITORIAL, Relation.CENTRE,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class MeasureLine:
    """Per cents. `planned` is None where the measure has no dates to draw a line between."""

    row: Measure
    planned: int | None
    reported: int
    confirmed: int
    is_over: bool

    @property
    def words(self) -> str:
        """The bar for who does not see it."""
        line = "" if self.planned is None else f"，按计划今天应到{self.planned}%"
        return f"已确认{self.confirmed}%，已填报{self.reported}%{line}"


@dataclass(frozen=True, slots=True)
class Left:
    """Days to the deadline, negative once it has passed."""

    calendar: int
    working: int
    is_guessed: bool

    @property
    def note(self) -> str:
        return UNPUBLISHED if self.is_guessed else ""


class Visit(NamedTuple):
    label: str
    when: str
    place: str
    people: str
    result: str
    text: str


@dataclass(frozen=True, slots=True)
class TicketPage:
    issue: Issue
    colouring: Colouring | None
    left: Left | None
    measures: list[MeasureLine]
    units: list[tuple[Relation, list[Unit]]]
    papers: Papers
    files: list[evidence.File]
    needed: list[evidence.Needed]
    story: list[Item]
    is_cut: bool
    seen: int
    closing: Closing | None
    targets: list[TargetLine]
    region: Callable[[str], str]

    @property
    def visits(self) -> list[Visit]:
        """Site checks and look-backs, newest first."""
        found = [check_of(row) for row in self.papers.checks]
        found += [lookback_of(row) for row in self.papers.lookbacks]
        return sorted(found, key=lambda visit: visit.when, reverse=True)

    @property
    def measure_choices(self) -> list[tuple[str, str]]:
        """The measures as a list to choose from."""
        return [(str(line.row.id), named(line.row)) for line in self.measures]

    @property
    def is_complete(self) -> bool:
        """Whether acceptance may be asked for: every measure confirmed done, every file there."""
        return all(line.row.is_done for line in self.measures) and all(
            need.is_held for need in self.needed
        )


def named(measure: Measure) -> str:
    return f"{measure.no}. {measure.text[:NAME_LENGTH]}"


def check_of(row: Any) -> Visit:
    told = (dict(ReturnCode.choices()).get(row.code, ""), row.reason, *spot_words(row))
    return Visit(
        "现场核查", f"{clock.local(row.at):%Y-%m-%d %H:%M}", row.place, _people(row.inspectors),
        row.conclusion.label, "。".join(part for part in told if part),
    )  # fmt: skip


def lookback_of(row: Any) -> Visit:
    people = _people(row.inspectors)
    if row.done_on is None:
        return Visit("回头看", f"计划{row.planned_on}", row.place, people, "待办理", row.why)
    return Visit("回头看", f"{row.done_on}", row.place, people, row.result.label, row.text)


def _people(names: Iterable[str]) -> str:
    return "、".join(names)


def page_of(issue: Issue, actor: Actor, day: date, today: date) -> TicketPage:
    """`day` is the one whose colour is shown: today, a past one or one to come."""
    see_covert = may(actor, Right.SEE_COVERT, issue)
    leads = holds(actor, Right.SEE_LEADS)
    papers = papers_of(issue, actor, see_covert=see_covert, see_leads=leads)
    rows = evidence.rows_of(issue)
    seen = evidence.seen_by(actor, issue, rows)
    events = events_of(issue, see_covert=see_covert)
    hidden, region = evidence.hidden_from(actor, issue), region_words()
    return TicketPage(
        issue=issue,
        colouring=_colouring(issue, papers, day, today),
        left=_left(issue, today),
        measures=[_measure(row, issue, today) for row in measures_of(issue)],
        units=_units(issue),
        papers=papers,
        files=evidence.newest(seen),
        needed=evidence.checklist(
            issue,
            rows,
            has_contact=papers.own.has_contact,
            readings=papers.readings,
            document=papers.own.checklist,
        ),
        story=story_of(issue.number, events, papers.notices, papers.spans, today, hidden, region),
        is_cut=len(events) == MOST_EVENTS and events[0].seq > 1,
        seen=events[-1].seq if events else 0,
        closing=closing_of(issue),
        targets=beside_measures(issue, day),
        region=region,
    )


def events_of(issue: Issue, *, see_covert: bool, after: int = 0) -> list[Event]:
    """The latest events after a place in the chain, oldest first."""
    rows = select(Event).where(Event.is_about(Subject.TICKET, issue.id), Event.seq > after)
    if not see_covert:
        rows = rows.where(Event.is_covert.is_(False))
    rows = rows.order_by(Event.seq.desc()).limit(MOST_EVENTS)
    return list(reversed(db.session.scalars(rows).all()))


def last_seq(issue: Issue, *, see_covert: bool) -> int:
    """How far the ticket's history goes now, as far as the person is told of it."""
    rows = select(Event.seq).where(Event.is_about(Subject.TICKET, issue.id))
    if not see_covert:
        rows = rows.where(Event.is_covert.is_(False))
    return db.session.scalar(rows.order_by(Event.seq.desc()).limit(1)) or 0


def files_for_picking(issue: Issue, actor: Actor) -> list[Evidence]:
    """The files of the ticket an act may name."""
    seen = evidence.seen_by(actor, issue, evidence.rows_of(issue))
    return [file.row for file in evidence.newest(seen)]


def _colouring(issue: Issue, papers: Papers, day: date, today: date) -> Colouring | None:
    """None on a day before the ticket was there."""
    if day >= today:
        return colouring_of(issue, day)
    span = next((s for s in papers.spans if s.valid_from <= day < s.valid_to), None)
    return None if span is None else colouring_of(span, day)


def _left(issue: Issue, today: date) -> Left | None:
    """Only where the deadline still presses."""
    if issue.deadline is None or issue.status not in OPEN or issue.closed_on:
        return None
    calendar = workdays()
    first, last = sorted((today, issue.deadline))
    return Left(
        calendar=(issue.deadline - today).days,
        working=calendar.between(today, issue.deadline),
        is_guessed=calendar.guessed(first, last),
    )


def _units(issue: Issue) -> list[tuple[Relation, list[Unit]]]:
    """The units by relation; the primary one is not named again among the responsible."""
    primary = {unit.id for unit in issue.units(Relation.PRIMARY)}
    found = []
    for relation in RELATIONS:
        units = issue.units(relation)
        if relation is Relation.RESPONSIBLE:
            units = [unit for unit in units if unit.id not in primary]
        if units:
            found.append((relation, units))
    return found


def _measure(row: Measure, issue: Issue, today: date) -> MeasureLine:
    start = row.start or issue.assigned_on
    line = None
    if start is not None and row.deadline is not None and start <= row.deadline:
        line = int(planned(start, row.deadline, today) * WHOLE)
    return MeasureLine(
        row=row,
        planned=line,
        reported=_share(row, row.reported, is_done=row.is_reported_done),
        confirmed=_share(row, row.confirmed, is_done=row.is_done),
        is_over=bool(row.deadline and row.deadline < today and not row.is_done),
    )


def _share(row: Measure, figure: Decimal | None, *, is_done: bool) -> int:
    """Per cent of the target; a measure without one is done or it is not."""
    if is_done:
        return WHOLE
    if not row.target or figure is None:
        return 0
    return min(WHOLE, int(Fraction(figure) / Fraction(row.target) * WHOLE))
