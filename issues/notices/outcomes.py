"""What an N8 tells: the last of closing, sending back and lifting a card, unless it is said."""

from sqlalchemy import select

from extensions import db
from issues.models import Card, Claim, Issue
from issues.notices.kinds.outcome import CLOSED, LIFTED, RETURNED
from issues.notices.kinds.shape import OutcomeFacts
from issues.vocabulary import STRUCK_OFF, Colour


def outcome_facts(issue: Issue) -> OutcomeFacts:
    if issue.status in STRUCK_OFF and issue.closed_on:
        return {"what": CLOSED, "on": issue.closed_on.isoformat()}
    card = db.session.scalars(
        select(Card)
        .where(Card.issue_id == issue.id, Card.lifted_on.is_not(None))
        .order_by(Card.lifted_on.desc(), Card.id.desc())
    ).first()
    claim = db.session.scalars(
        select(Claim)
        .where(Claim.issue_id == issue.id, Claim.ended_on.is_not(None))
        .order_by(Claim.ended_on.desc(), Claim.id.desc())
    ).first()
    if card and (claim is None or card.lifted_on >= claim.ended_on):
        return {
            "what": LIFTED,
            "on": card.lifted_on.isoformat(),
            "reason": card.lift_reason,
            "card": f"{Colour(card.colour).label}牌",
        }
    if claim:
        return {"what": RETURNED, "on": claim.ended_on.isoformat(), "reason": claim.reason}
    return {"what": RETURNED}
