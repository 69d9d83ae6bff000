"""Which tickets another is scored for: what people tied together, and the days it stood."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Self

from sqlalchemy import or_, select

from extensions import db
from issues.ground.batches import among
from issues.models import ColourSpan, IssueLink
from issues.rules.scores.tied import Stood, Tie, is_led
from issues.scores.late import Days
from issues.vocabulary import LinkKind


@dataclass(frozen=True, slots=True)
class Tied:
    """`by_ticket`: what a ticket follows; `stood`: the status of each of them by days."""

    by_ticket: Mapping[int, Sequence[Tie]]
    stood: Mapping[int, Sequence[Stood]]

    @classmethod
    def read(cls, days: Days) -> Self:
        """Two statements, however many are tied."""
        rows = select(
            IssueLink.issue_id, IssueLink.to_id, IssueLink.linked_on, IssueLink.ended_on
        ).where(
            IssueLink.kind == LinkKind.SAME_PROBLEM,
            IssueLink.linked_on < days.until,
            or_(IssueLink.ended_on.is_(None), IssueLink.ended_on > days.first),
        )
        ties: dict[int, list[Tie]] = defaultdict(list)
        for row in db.session.execute(rows):
            ties[row.issue_id].append(Tie(*row))
        named = {id_ for of in ties.values() for tie in of for id_ in (tie.ticket, tie.leader)}
        return cls(ties, _stood(sorted(named)))

    def leaves_out(self, ticket: int, on: date, *, is_act: bool) -> bool:
        return is_led(ticket, on, self.by_ticket.get(ticket, ()), self.stood, is_act=is_act)


def _stood(ids: Sequence[int]) -> Mapping[int, Sequence[Stood]]:
    found: dict[int, list[Stood]] = defaultdict(list)
    rows = select(
        ColourSpan.issue_id, ColourSpan.valid_from, ColourSpan.valid_to, ColourSpan.status
    ).where(among(ColourSpan.issue_id, ids))
    for ticket, first, until, status in db.session.execute(rows):
        found[ticket].append(Stood(first, until, status))
    return found
