"""A ticket in the shape of the API's contract."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from issues.api.door.values import day, figure
from issues.colour.closing import closing_of
from issues.models import Card, CardProposal, ColourSpan, Extension, Issue, Measure, Objection
from issues.queries.ticket.document import Whole
from issues.rules.colour import computed_colour, is_worse, next_change, reasons, shown_colour
from issues.rules.firings import Firing
from issues.search.hits import Hit
from issues.tickets.field import TicketField
from issues.tickets.fields import IN_API
from issues.vocabulary import CARDS, OFF_BOARD, Colour, Relation, Word


def ticket(one: Whole) -> dict[str, Any]:
    issue = one.issue
    return {
        "number": issue.number,
        "version": issue.version,
        **_said(one),
        **_dated(issue),
        **_situation(one),
        "measures": [_measure(row) for row in one.measures],
        "objections": [_objection(row) for row in one.objections],
        "extensions": [_extension(row) for row in one.extensions],
        "cards": [_card(row) for row in one.cards],
        "card_proposals": [_proposal(row) for row in one.proposals],
        "card_counts": counted_cards(Counter(c.colour for c in one.cards if not c.is_watch)),
    }


def _said(one: Whole) -> dict[str, Any]:
    """Every field of the table that the answer tells, by the kind of the field."""
    codes = {relation: [unit.code for unit in one.issue.units(relation)] for relation in Relation}
    return {field.name: _value(field, one, codes) for field in IN_API}


def _value(field: TicketField, one: Whole, codes: Mapping[Relation, list[str]]) -> Any:
    if field.relation:
        known = codes[field.relation]
        return known if field.type == "units" else next(iter(known), None)
    value = getattr(one.issue, field.column)
    if field.type == "account":
        return one.accounts.get(value)
    if field.type == "date":
        return day(value)
    if isinstance(value, Decimal):
        return float(value)
    value = value.value if isinstance(value, Word) else value
    return (value or None) if field.type == "choice" else value


def _dated(issue: Issue) -> dict[str, Any]:
    closing = closing_of(issue)
    return {
        "assigned_on": day(issue.assigned_on),
        "deadline_kind": issue.deadline_kind.value,
        "claimed_on": day(issue.claimed_on),
        "publicity_from": day(issue.publicity_from),
        "publicity_until": day(issue.publicity_until),
        "interim_on": day(issue.interim_on),
        "closed_on": day(issue.closed_on),
        "closed_on_recorded": closing and closing.is_recorded,
    }


def _situation(one: Whole) -> dict[str, Any]:
    """Status and colour as of the day."""
    stood, on = one.stood, one.day
    found = [Firing.from_document(document) for document in stood.firings]
    shown, computed = colours(stood, on)
    change = next_change(found, on, stood.status)
    return {
        "status": stood.status.value,
        "round": one.issue.round,
        "merged_into": one.merged_into,
        "colour": shown and shown.value,
        "computed": computed and computed.value,
        "card": stood.card or None,
        "pending": is_worse(computed, stood.card),
        "reasons": [
            {"rule": f.rule.value, "since": day(f.since), "because": f.because(on)}
            for f in reasons(found, on)
        ],
        "next_change": change
        and {
            "on": day(change.on),
            "colour": change.colour.value,
            "rules": [rule.value for rule in change.rules],
        },
        "policy": stood.policy,
    }


def colours(stood: Issue | ColourSpan, on: date) -> tuple[Colour | None, Colour | None]:
    """Shown and computed; None for what is on no board."""
    if stood.status in OFF_BOARD:
        return None, None
    return shown_colour(stood, on), computed_colour(stood, on)


def told(hits: Iterable[Hit]) -> list[dict[str, str]]:
    """Where the words of a question stand in a ticket."""
    return [{"where": hit.kind.value, "label": hit.label, "text": hit.text} for hit in hits]


def _measure(row: Measure) -> dict[str, Any]:
    return {
        "id": row.id,
        "no": row.no,
        "text": row.text,
        "unit": row.unit.code,
        "person": row.person,
        "start": day(row.start),
        "deadline": day(row.deadline),
        "deadline_text": row.deadline_text,
        "target": figure(row.target),
        "unit_of_target": row.unit_of_target or None,
        "reported": figure(row.reported),
        "confirmed": figure(row.confirmed),
        "reported_done": row.is_reported_done,
        "done": row.is_done,
    }


def _objection(row: Objection) -> dict[str, Any]:
    return {
        "id": row.id,
        "who": row.who,
        "text": row.text,
        "on": day(row.on),
        "upheld": row.is_upheld,
        "reason": row.reason,
        "decided_on": day(row.decided_on),
    }


def _extension(row: Extension) -> dict[str, Any]:
    return {
        "id": row.id,
        "round": row.round,
        "asked_on": day(row.asked_on),
        "cause": row.cause,
        "progress": row.progress,
        "old_deadline": day(row.old_deadline),
        "deadline": day(row.deadline),
        "state": row.state,
        "decided_on": day(row.decided_on),
        "opinion": row.opinion,
        "document": row.document_id,
    }


def counted_cards(counted: Mapping[str, int]) -> dict[str, int]:
    """How often yellow and red cards were raised; what a lifted red card leaves is no new one."""
    return {colour.value: counted.get(colour.value, 0) for colour in CARDS}


def _proposal(row: CardProposal) -> dict[str, Any]:
    return {
        "centre": row.centre.code,
        "colour": row.colour,
        "reason": row.reason,
        "proposed_on": day(row.proposed_on),
        "state": row.state.value,
        "answered_on": day(row.answered_on),
        "answer": row.answer,
        "listed": row.listed or None,
    }


def _card(row: Card) -> dict[str, Any]:
    return {
        "id": row.id,
        "round": row.round,
        "colour": row.colour,
        "raised_on": day(row.raised_on),
        "reason": row.reason,
        "lifted_on": day(row.lifted_on),
        "lift_reason": row.lift_reason,
        "watch": row.is_watch,
    }
