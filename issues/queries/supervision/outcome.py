"""What became of a round that is closed: of each of its rows, of its papers, and what is next."""

from collections import defaultdict
from dataclasses import dataclass

from sqlalchemy import select

from auth.actor import Actor
from extensions import db
from issues.models import AssessmentRound, Event, Notice, RoundItem
from issues.notices.passing.round_minutes import minutes_of
from issues.notices.rights import may_sign_any
from issues.queries.notices.pages import of_round
from issues.queries.notices.signing import count
from issues.vocabulary import NoticeStatus, RoundAct, Subject


@dataclass(frozen=True, slots=True)
class Outcome:
    """`papers` by the id of the ticket. `to_sign`: drafts this person may sign together."""

    carded: frozenset[str]
    papers: dict[int, list[Notice]]
    drafted: int
    signed: int
    to_sign: int
    minutes: Notice | None

    def is_carded(self, item: RoundItem) -> bool:
        return item.issue.number in self.carded


def outcome_of(row: AssessmentRound, actor: Actor) -> Outcome:
    """By the record of its closing and the papers drafted then. Constant in its rows."""
    told = select(Event.detail).where(
        Event.is_about(Subject.ROUND, row.id), Event.action == RoundAct.CLOSE.value
    )
    detail = db.session.scalars(told).first() or {}
    notices = of_round(row.id, actor)
    papers: dict[int, list[Notice]] = defaultdict(list)
    for notice in notices:
        for issue in notice.issues:
            papers[issue.id].append(notice)
    return Outcome(
        carded=frozenset(detail.get("cards", ())),
        papers=dict(papers),
        drafted=sum(one.status is NoticeStatus.DRAFT for one in notices),
        signed=sum(one.status is NoticeStatus.SIGNED for one in notices),
        to_sign=count(actor, row.id) if may_sign_any(actor) else 0,
        minutes=minutes_of(row, actor),
    )
