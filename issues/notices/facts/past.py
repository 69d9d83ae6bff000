"""What was done with each ticket, read from the records that say so; in three statements.

A card comes off by lifting (摘牌), by a worse one and by closing; only the history tells which.
"""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select

from extensions import db
from issues.models import Card, Claim, Event, Issue
from issues.notices.kinds.shape import DoneFacts, PastFacts
from issues.vocabulary import STRUCK_OFF, Action, Colour, Subject

Lift = tuple[int, date, str]


def past_of(issues: Sequence[Issue]) -> dict[int, PastFacts]:
    """By the id of the ticket."""
    ids = [issue.id for issue in issues]
    claims = db.session.scalars(
        select(Claim).where(Claim.issue_id.in_(ids)).order_by(Claim.id)
    ).all()
    cards = db.session.scalars(select(Card).where(Card.issue_id.in_(ids)).order_by(Card.id)).all()
    lifts = _lifts(ids)
    return {
        issue.id: _past(
            issue,
            [claim for claim in claims if claim.issue_id == issue.id],
            [card for card in cards if card.issue_id == issue.id],
            lifts,
        )
        for issue in issues
    }


def _lifts(ids: list[int]) -> set[Lift]:
    rows = db.session.execute(
        select(Event.subject_id, Event.on, Event.detail).where(
            Event.subject == Subject.TICKET.value,
            Event.subject_id.in_(ids),
            Event.action == Action.LIFT_CARD.value,
        )
    )
    return {(row.subject_id, row.on, row.detail.get("card", "")) for row in rows}


def _past(issue: Issue, claims: list[Claim], cards: list[Card], lifts: set[Lift]) -> PastFacts:
    last = next((claim for claim in reversed(claims) if claim.round == issue.round), None)
    is_struck_off = issue.status in STRUCK_OFF
    return {
        "assigned_on": _iso(issue.assigned_on),
        "imported_on": _iso(issue.imported_on),
        "claimed_on": _iso(last.claimed_on if last else None),
        "first_passed_on": _iso(last.first_passed_on if last else None),
        "checked_on": _iso(last.checked_on if last else None),
        "approved_on": _iso(last.approved_on if last else None),
        "publicised_on": _iso(issue.publicity_from),
        "closed_on": _iso(issue.closed_on) if is_struck_off else None,
        "returns": [_returned(claim) for claim in claims if claim.is_return and claim.ended_on],
        "cards": [
            {"on": card.raised_on.isoformat(), "reason": card.reason, "card": _label(card)}
            for card in cards
        ],
        "lifts": [
            _lifted(card)
            for card in cards
            if card.lifted_on and (issue.id, card.lifted_on, card.colour) in lifts
        ],
    }


def _returned(claim: Claim) -> DoneFacts:
    return {"on": _iso(claim.ended_on) or "", "reason": claim.reason}


def _lifted(card: Card) -> DoneFacts:
    return {
        "on": _iso(card.lifted_on) or "",
        "reason": card.lift_reason,
        "card": _label(card),
        "is_checked": card.check_id is not None,
    }


def _label(card: Card) -> str:
    return f"{Colour(card.colour).label}牌"


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
