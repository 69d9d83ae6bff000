"""What an N8 tells: the last of closing, sending back and lifting a card, unless it is said."""

from sqlalchemy import select

from extensions import db
from issues.models import Card, Claim, Issue
from issues.notices.kinds import CLOSED, LIFTED, RETURNED
from issues.notices.kinds.shape import OutcomeFacts
from issues.vocabulary import STRUCK_OFF, Colour


def outcome_facts(issue: Issue, what: str = "") -> OutcomeFacts:
    """The named outcome, or the last one there was."""
    found = {
        CLOSED: _closed(issue),
        LIFTED: _lifted(issue),
        RETURNED: _returned(issue),
    }
    if what in found:
        return found[what] or {"what": what}
    if closed := found[CLOSED]:
        return closed
    told = [facts for facts in found.values() if facts]
    return max(told, key=lambda facts: facts["on"], default=OutcomeFacts(what=RETURNED))


def _closed(issue: Issue) -> OutcomeFacts | None:
    if issue.status not in STRUCK_OFF or issue.closed_on is None:
        return None
    return {"what": CLOSED, "on": issue.closed_on.isoformat()}


def _lifted(issue: Issue) -> OutcomeFacts | None:
    card = db.session.scalars(
        select(Card)
        .where(Card.issue_id == issue.id, Card.lifted_on.is_not(None))
        .order_by(Card.id.desc())
    ).first()
    if card is None or card.lifted_on is None:
        return None
    return {
        "what": LIFTED,
        "on": card.lifted_on.isoformat(),
        "reason": card.lift_reason,
        "card": f"{Colour(card.colour).label}牌",
    }


def _returned(issue: Issue) -> OutcomeFacts | None:
    claim = db.session.scalars(
        select(Claim)
        .where(Claim.issue_id == issue.id, Claim.ended_on.is_not(None))
        .order_by(Claim.id.desc())
    ).first()
    if claim is None or claim.ended_on is None:
        return None
    return {"what": RETURNED, "on": claim.ended_on.isoformat(), "reason": claim.reason}
