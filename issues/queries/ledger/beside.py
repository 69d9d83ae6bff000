"""What is on record beside the chosen tickets up to a day: cards, papers, extensions, visits.

One statement each, for however many tickets; only those that a column asks for are asked.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Mapping
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import Select, func, or_, select

from auth.models import User
from extensions import db
from issues.ground.batches import among
from issues.keepers.inherited import of_tickets
from issues.models import (
    Card,
    Claim,
    Evidence,
    Extension,
    Lookback,
    Notice,
    NoticeIssue,
    ProgressReport,
)
from issues.queries.board.cards import raised
from issues.queries.register.pressed import SUPERVISING, end_of
from issues.vocabulary import KeeperLevel, NoticeStatus

Ids = Collection[int]
RETURNED, CONFIRMED, GRANTED = "returned", "confirmed", "granted"


class Carded(NamedTuple):
    """`counted` by colour as the board counts; `since`: the day the card in force was raised."""

    counted: Counter[str]
    since: date | None


def cards(ids: Ids, day: date) -> dict[int, Carded]:
    """Of each carded ticket."""
    counted: dict[int, Counter[str]] = defaultdict(Counter)
    rows = raised(day, Card.issue_id, Card.colour).where(among(Card.issue_id, ids))
    for issue_id, colour, count in db.session.execute(rows):
        counted[issue_id][colour] = count
    stands = or_(Card.lifted_on.is_(None), Card.lifted_on > day)
    rows = select(Card.issue_id, func.max(Card.raised_on)).where(
        among(Card.issue_id, ids), Card.raised_on <= day, stands
    )
    since = _by_ticket(rows.group_by(Card.issue_id))
    return {one: Carded(counted[one], since.get(one)) for one in {*counted, *since}}


def notices(ids: Ids, day: date) -> dict[int, str]:
    """The numbers of the supervision notices signed by then, in the order they were signed."""
    rows = select(NoticeIssue.issue_id, Notice.number).join(
        Notice, Notice.id == NoticeIssue.notice_id
    )
    rows = rows.where(
        among(NoticeIssue.issue_id, ids),
        Notice.status == NoticeStatus.SIGNED,
        Notice.kind.in_(SUPERVISING),
        Notice.signed_on <= day,
    )
    found: dict[int, list[str]] = defaultdict(list)
    for issue_id, number in db.session.execute(rows.order_by(Notice.signed_on, Notice.id)):
        found[issue_id].append(number or "")
    return {one: "、".join(numbers) for one, numbers in found.items()}


def extensions(ids: Ids, day: date) -> dict[int, int]:
    """How often more time was granted."""
    rows = select(Extension.issue_id, func.count()).where(
        among(Extension.issue_id, ids), Extension.state == GRANTED, Extension.decided_on <= day
    )
    return _by_ticket(rows.group_by(Extension.issue_id))


def accepted(ids: Ids, day: date) -> dict[int, date]:
    """When the claim that stands passed its first acceptance."""
    rows = select(Claim.issue_id, func.max(Claim.first_passed_on)).where(
        among(Claim.issue_id, ids), Claim.first_passed_on <= day,
        or_(Claim.ended_on.is_(None), Claim.ended_on > day),
    )  # fmt: skip
    return _by_ticket(rows.group_by(Claim.issue_id))


def keepers(ids: Ids, day: date) -> dict[int, dict[str, str]]:
    """The names of those whom the ticket's page names, by the column of their level."""
    found: dict[int, dict[str, str]] = {}
    for one, kept in of_tickets(ids, day).items():
        for level in KeeperLevel:
            names = "、".join(row.name for row in kept if row.level is level)
            found.setdefault(one, {})[level.column] = names
    return found


def lookbacks(ids: Ids, day: date) -> dict[int, str]:
    """The last visit after closing, with its result."""
    rows = select(Lookback.issue_id, Lookback.done_on, Lookback.result).where(
        among(Lookback.issue_id, ids), Lookback.done_on <= day
    )
    ordered = rows.order_by(Lookback.done_on, Lookback.id)
    return {
        issue_id: f"{on} {result.label}"
        for issue_id, on, result in db.session.execute(ordered)
        if result
    }


def progress(ids: Ids, day: date) -> dict[int, str]:
    """What was reported last and not sent back."""
    told = (ProgressReport.on <= day, ProgressReport.state != RETURNED)
    last = select(func.max(ProgressReport.id)).where(among(ProgressReport.issue_id, ids), *told)
    rows = select(ProgressReport.issue_id, ProgressReport.text).where(
        ProgressReport.id.in_(last.group_by(ProgressReport.issue_id))
    )
    return _by_ticket(rows)


def confirmers(ids: Ids, day: date) -> dict[int, str]:
    """By measure, who confirmed the last report on it."""
    rows = select(ProgressReport.lines, User.display_name).join(
        User, User.id == ProgressReport.reviewer_id
    )
    rows = rows.where(
        among(ProgressReport.issue_id, ids),
        ProgressReport.state == CONFIRMED,
        ProgressReport.reviewed_on <= day,
    )
    return {
        line["measure"]: name
        for lines, name in db.session.execute(rows.order_by(ProgressReport.id))
        for line in lines
    }


def proofs(ids: Ids, day: date) -> dict[int, int]:
    """By measure, how many files prove it; none that is covert, withdrawn or replaced."""
    replaced = select(Evidence.replaces_id).where(
        Evidence.replaces_id.is_not(None), among(Evidence.issue_id, ids)
    )
    rows = select(Evidence.measure_id, func.count()).where(
        among(Evidence.issue_id, ids),
        Evidence.measure_id.is_not(None),
        Evidence.is_covert.is_(False),
        Evidence.withdrawn_at.is_(None),
        Evidence.uploaded_at < end_of(day),
        Evidence.id.not_in(replaced),
    )
    return _by_ticket(rows.group_by(Evidence.measure_id))


def _by_ticket(rows: Select) -> dict[int, Any]:
    return dict(map(tuple, db.session.execute(rows)))


READERS: Mapping[str, Callable[[Ids, date], Mapping[int, Any]]] = {
    "yellow_cards": cards, "red_cards": cards, "since": cards, "notices": notices,
    "extensions": extensions, "accepted_on": accepted, "lookback": lookbacks,
    **dict.fromkeys((level.column for level in KeeperLevel), keepers),
    "progress": progress, "m_confirmer": confirmers, "m_evidence": proofs,
}  # fmt: skip
"""By the column that asks for it."""


class Beside:
    """What the columns asked for; of what none asked there is nothing."""

    def __init__(self, ids: Ids, day: date, keys: Collection[str]) -> None:
        asked = {READERS[key] for key in keys if key in READERS}
        self._found: dict[Any, Mapping[int, Any]] = {one: one(ids, day) for one in asked}

    def of(self, key: str, one: int) -> Any:
        """What is on record of a ticket, or of a measure where the column is one of measures."""
        return self._found.get(READERS[key], {}).get(one)
