"""Drafts that the system drew up on the tickets of an import: they go with it, if untouched."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import or_, select

from auth.actor import Actor
from extensions import db
from issues import audit
from issues.ground import clock
from issues.ground.batches import among
from issues.models import Event, Notice, NoticeIssue
from issues.notices.rights import GONE
from issues.vocabulary import NoticeAct, NoticeStatus, Subject

LONGEST = 60


@dataclass(frozen=True, slots=True)
class Draft:
    """A paper on tickets, and the last that was done to it. `is_ours`: nobody has touched it."""

    id: int
    name: str
    tickets: frozenset[int]
    on: date
    who: str
    act: str
    is_ours: bool


def drafts_on(ids: Collection[int], *, every: bool = False) -> list[Draft]:
    """Those that nobody touched and that name none but these tickets; or `every` paper on them.

    What went with an earlier import of the same tickets is none of them.
    """
    papers = _papers(ids)
    names = _tickets(papers)
    last = _last_acts(papers)
    found = [
        _draft(paper, names[paper.id], last.get(paper.id), set(ids)) for paper in papers.values()
    ]
    return [one for one in found if every or one.is_ours]


def _papers(ids: Collection[int]) -> dict[int, Notice]:
    named = select(NoticeIssue.notice_id).where(among(NoticeIssue.issue_id, ids))
    rows = select(Notice).where(
        or_(Notice.id.in_(named), among(Notice.issue_id, ids)),
        ~Notice.occurrence.startswith(GONE, autoescape=True),
    )
    return {paper.id: paper for paper in db.session.scalars(rows.order_by(Notice.id))}


def _tickets(papers: Iterable[int]) -> dict[int, set[int]]:
    found: dict[int, set[int]] = defaultdict(set)
    rows = select(NoticeIssue.notice_id, NoticeIssue.issue_id)
    for paper, ticket in db.session.execute(rows.where(among(NoticeIssue.notice_id, papers))):
        found[paper].add(ticket)
    return found


def _last_acts(papers: Iterable[int]) -> dict[int, list[Event]]:
    found: dict[int, list[Event]] = defaultdict(list)
    rows = select(Event).where(
        Event.subject == Subject.NOTICE.value, among(Event.subject_id, papers)
    )
    for row in db.session.scalars(rows.order_by(Event.subject_id, Event.seq)):
        found[row.subject_id].append(row)
    return found


def _draft(
    paper: Notice, tickets: set[int], acts: list[Event] | None, own: Collection[int]
) -> Draft:
    is_untouched = len(acts or ()) == 1 and paper.drafted_by_id is None
    last = acts[-1] if acts else None
    act = NoticeAct.of(last.action) if last else None
    return Draft(
        id=paper.id,
        name=paper.kind.label,
        tickets=frozenset(tickets),
        on=last.on if last else clock.day_of(paper.drafted_at),
        who=f"{last.unit} {last.actor}".strip() if last else "",
        act=act.label if act else "",
        is_ours=is_untouched and paper.status is NoticeStatus.DRAFT and tickets <= set(own),
    )


def drop(drafts: Iterable[Draft], actor: Actor, reason: str, at: datetime) -> int:
    """Void them, so that a ticket that comes again is drafted for anew. Never commits.

    The caller holds the tickets, and with them every paper on them.
    """
    rows = select(Notice).where(among(Notice.id, [draft.id for draft in drafts]))
    rows = rows.order_by(Notice.id).with_for_update(of=Notice)
    papers = db.session.scalars(rows.execution_options(populate_existing=True)).all()
    for paper in papers:
        before = paper.status.value
        paper.status, paper.void_reason = NoticeStatus.VOID, reason
        paper.occurrence = f"{GONE}{paper.id}-{paper.occurrence}"[:LONGEST]
        db.session.flush()
        audit.record(
            Subject.NOTICE, paper.id, NoticeAct.VOID, actor, at=at, before=before,
            after=paper.status.value, reason=reason, detail={"reason": reason},
        )  # fmt: skip
    return len(papers)
