"""A ticket that went with its import, for those who keep the record of it."""

from dataclasses import dataclass

from sqlalchemy import func, select

from auth.actor import Actor
from extensions import db
from issues.ground import clock
from issues.models import Event, Issue, LedgerImport, Measure
from issues.queries.ticket.story import Item, story_of
from issues.rights.table import Right, holds
from issues.vocabulary import BesideAct, Subject


@dataclass(frozen=True, slots=True)
class TakenBack:
    """`event` says who, when and why; `told` whether the reader is told what the ticket says."""

    event: Event
    upload: LedgerImport | None
    measures: int
    story: list[Item]
    is_told: bool


def page_of(issue: Issue, actor: Actor) -> TakenBack:
    shown = (Event.is_about(Subject.TICKET, issue.id), Event.is_covert.is_(False))
    events = db.session.scalars(select(Event).where(*shown).order_by(Event.seq)).all()
    last = next(one for one in reversed(events) if one.action == BesideAct.TAKE_BACK.value)
    measures = select(func.count()).select_from(Measure).where(Measure.issue_id == issue.id)
    return TakenBack(
        event=last,
        upload=db.session.get(LedgerImport, last.detail.get("upload", 0)),
        measures=db.session.scalar(measures) or 0,
        story=story_of(issue.number, events, (), (), clock.today(), frozenset()),
        is_told=holds(actor, Right.IMPORT),
    )
