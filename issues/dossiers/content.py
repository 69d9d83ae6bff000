"""What a dossier tells, read once for one reader: nothing that the reader does not see.

No dossier names a complainant or holds a file that was withdrawn, whoever asks. The edition for
outside leaves out what is covert and the fields whose row keeps them inside.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import selectinload

from auth.actor import Actor
from extensions import db
from issues.evidence.hiding import is_hidden
from issues.ground import clock
from issues.models import Anchor, Event, Evidence, Issue, Notice, NoticeIssue, Reading, Waiver
from issues.notices.facts import letterhead
from issues.notices.rights import told_to
from issues.queries.evidence import files as evidence, readings
from issues.queries.evidence.readings import Line
from issues.queries.ticket.page import TicketPage, page_of
from issues.rights.table import Right, may
from issues.tickets.fields import INSIDE_ALONE
from issues.vocabulary import NoticeStatus, Role, Subject

OUTSIDE = Actor(None, "", "对外版", roles=frozenset({Role.LEADER}))
"""Sees every ticket and nothing that is covert."""
INSIDE = Actor(None, "", "内部版", roles=frozenset({Role.INSPECTOR}))


@dataclass(frozen=True, slots=True)
class Content:
    """`events` is the whole chain; those whose ids are not in `told` are shown by digest alone."""

    issue: Issue
    page: TicketPage
    files: Sequence[Evidence]
    notices: Sequence[Notice]
    readings: Sequence[Line]
    waivers: Sequence[Waiver]
    events: Sequence[Event]
    told: frozenset[int]
    withdrawn: frozenset[int]
    anchors: Sequence[Anchor]
    is_inside: bool
    on: date
    made_at: datetime
    office: str

    @property
    def edition(self) -> str:
        return edition_of(is_inside=self.is_inside)

    @property
    def withheld(self) -> frozenset[str]:
        """The names of the fields this edition leaves out, as they stand and as they stood."""
        return frozenset() if self.is_inside else frozenset(field.name for field in INSIDE_ALONE)

    def is_told_whole(self, event: Event) -> bool:
        """Whether all that the chain holds of the event may be handed on."""
        said = (event.detail, event.detail.get("fields"), event.detail.get("before"))
        parts = (part for part in said if isinstance(part, Mapping))
        names = {name for part in parts for name, value in part.items() if value}
        is_open = not names & self.withheld and not is_hidden(event, self.withdrawn)
        return event.id in self.told and is_open


def content_of(issue: Issue, reader: Actor) -> Content:
    """Everything as it stands now."""
    inside = may(reader, Right.SEE_COVERT, issue)
    events = _events(issue)
    today = clock.today()
    return Content(
        issue=issue,
        page=page_of(issue, reader, today, today),
        files=evidence.seen_by(reader, issue, evidence.rows_of(issue)),
        notices=_notices(issue, reader),
        readings=readings.lines_of(issue),
        waivers=readings.waivers_of(issue),
        events=events,
        withdrawn=evidence.withdrawn_of(issue),
        told=frozenset(event.id for event in events if inside or not event.is_covert),
        anchors=_anchors(events),
        is_inside=inside,
        on=today,
        made_at=clock.real_now(),
        office=letterhead.office(),
    )


@dataclass(frozen=True, slots=True)
class Held:
    """How much a dossier will hold for one reader."""

    files: int
    size: int
    notices: int
    readings: int
    events: int
    is_inside: bool


def held_of(issue: Issue, reader: Actor) -> Held:
    """One statement."""
    inside = may(reader, Right.SEE_COVERT, issue)
    files = (Evidence.issue_id == issue.id) & Evidence.withdrawn_at.is_(None)
    events = Event.is_about(Subject.TICKET, issue.id)
    if not inside:
        files, events = files & Evidence.is_covert.is_(False), events & Event.is_covert.is_(False)
    signed = (NoticeIssue.issue_id == issue.id) & Notice.sha256.is_not(None) & told_to(reader)
    valid = (Reading.issue_id == issue.id) & Reading.withdrawn_at.is_(None)
    count = func.count()
    row = db.session.execute(
        select(
            select(count).select_from(Evidence).where(files).scalar_subquery(),
            select(func.coalesce(func.sum(Evidence.size), 0)).where(files).scalar_subquery(),
            select(count)
            .select_from(NoticeIssue)
            .join(Notice, Notice.id == NoticeIssue.notice_id)
            .where(signed)
            .scalar_subquery(),
            select(count).select_from(Reading).where(valid).scalar_subquery(),
            select(count).select_from(Event).where(events).scalar_subquery(),
        )
    ).one()
    return Held(*row, inside)


def edition_of(*, is_inside: bool) -> str:
    return "内部版（含暗访、回头看等内容，不得外传）" if is_inside else "对外版"


def _events(issue: Issue) -> Sequence[Event]:
    rows = select(Event).where(Event.is_about(Subject.TICKET, issue.id))
    return db.session.scalars(rows.order_by(Event.seq)).all()


def _notices(issue: Issue, reader: Actor) -> Sequence[Notice]:
    """Those that were signed, voided ones too; no 通报 of another county."""
    return db.session.scalars(
        select(Notice)
        .join(NoticeIssue, NoticeIssue.notice_id == Notice.id)
        .where(
            NoticeIssue.issue_id == issue.id,
            told_to(reader),
            Notice.status != NoticeStatus.DRAFT,
            Notice.sha256.is_not(None),
        )
        .options(selectinload(Notice.copy))
        .order_by(Notice.signed_on, Notice.id)
    ).all()


def _anchors(events: Sequence[Event]) -> Sequence[Anchor]:
    """Every day's that saw some of the chain."""
    if not events:
        return []
    seen = Anchor.at >= min(event.at for event in events)
    return db.session.scalars(select(Anchor).where(seen).order_by(Anchor.on)).all()
