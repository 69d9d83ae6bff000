"""What was done with each ticket, read from the records that say so; in three statements.

A closing whose day an import kept of its own is not among it: no record tells that day.

A card comes off by lifting (摘牌), by a worse one and by closing; only the history tells which.
"""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select

from extensions import db
from issues.colour.closing import closing_of
from issues.models import Card, Claim, Event, Issue
from issues.notices.facts.deeds import deeds_of
from issues.notices.kinds.past import DeedFacts, DoneFacts, PastFacts
from issues.vocabulary import STRUCK_OFF, UNPLANNED, Action, Colour, Subject

Lift = tuple[int, date, str]


def whole_past_of(issues: Sequence[Issue], day: date) -> dict[int, PastFacts]:
    """With what was done beside the steps, as known on the day; in three statements more."""
    steps, deeds = past_of(issues), deeds_of([issue.id for issue in issues], day)
    return {
        issue.id: steps[issue.id]
        | _beside(issue, deeds[issue.id], day)
        | _handed_over(issue, deeds[issue.id])
        for issue in issues
    }


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
    closing = closing_of(issue) if issue.status in STRUCK_OFF else None
    return {
        "first_deadline": _iso(issue.first_deadline),
        "assigned_on": _iso(issue.assigned_on),
        "imported_on": _iso(issue.imported_on),
        "claimed_on": _iso(last.claimed_on if last else None),
        "first_passed_on": _iso(last.first_passed_on if last else None),
        "checked_on": _iso(last.checked_on if last else None),
        "approved_on": _iso(last.approved_on if last else None),
        "publicised_on": _iso(issue.publicity_from),
        "closed_on": _iso(closing.on) if closing else None,
        "claims": [{"on": claim.claimed_on.isoformat()} for claim in claims],
        "returns": [_returned(claim) for claim in claims if claim.is_return and claim.ended_on],
        "cards": [_raised(card) for card in cards],
        "lifts": [
            _lifted(card)
            for card in cards
            if card.lifted_on and (issue.id, card.lifted_on, card.colour) in lifts
        ],
    }


def _beside(issue: Issue, deeds: DeedFacts, day: date) -> PastFacts:
    """A publicity is over once its last day has passed; its objections are those since it began."""
    began, last = issue.publicity_from, issue.publicity_until
    is_over = bool(last and (last < day or issue.status in STRUCK_OFF))
    since = began.isoformat() if began else ""
    ended: PastFacts = {"publicity_ended_on": _iso(last) if is_over else None}
    objections = [one for one in deeds["objections"] if since and one["on"] >= since]
    return {**deeds, **ended, "objections": objections}


def _handed_over(issue: Issue, deeds: DeedFacts) -> PastFacts:
    """What an import brought in no act of ours handed over, nor did it plan for it here."""
    first = issue.first_assigned_on or issue.assigned_on
    days = [one["on"] for one in deeds["assigned"]]
    told = [_iso(on) for on in (first, issue.assigned_on) if on]
    found: PastFacts = {"assigned": [{"on": on} for on in dict.fromkeys([*days, *told]) if on]}
    if issue.imported_on and issue.status not in UNPLANNED and not deeds["planned"]:
        found["planned"] = [{"on": ""}]
    return found


def _raised(card: Card) -> DoneFacts:
    found: DoneFacts = {
        "on": card.raised_on.isoformat(), "reason": card.reason, "card": _label(card)
    }  # fmt: skip
    return found | {"is_watch": True} if card.is_watch else found


def _returned(claim: Claim) -> DoneFacts:
    step = "approval" if claim.checked_on else "check" if claim.first_passed_on else "first"
    return {"on": _iso(claim.ended_on) or "", "reason": claim.reason, "what": step}


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
