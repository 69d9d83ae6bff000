"""The board of a day as plain data: what a round freezes, and the one source of a bulletin."""

from collections import Counter
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, select, true

from auth.models import Unit
from extensions import db
from issues.models import Card, Issue
from issues.rules.colour import shown_colour
from issues.vocabulary import CARDS, OFF_BOARD, Colour


def frozen_board(on: date, only: ColumnElement[bool] | None = None) -> dict[str, Any]:
    """Every ticket on the board with its shown colour, and the totals by unit, as plain data.

    `only` narrows it to part of the tickets: a county's.

    `cards` are the numbers of the tickets a card stands on, by its colour, from the cards' rows:
    a colour is no card.
    """
    among = true() if only is None else only
    rows = db.session.execute(
        select(
            Issue.number, Issue.status, Issue.yellow_from, Issue.red_from, Issue.card,
            Issue.region, Issue.source, Unit.code.label("unit"),
        )
        .outerjoin(Unit, Unit.id == Issue.primary_unit_id)
        .where(Issue.status.not_in(OFF_BOARD), among)
        .order_by(Issue.number)
    )  # fmt: skip
    tickets: list[list[Any]] = []
    units: dict[str, Counter[str]] = {}
    for row in rows:
        colour, unit = shown_colour(row, on).value, row.unit or ""
        tickets.append([row.number, colour, unit, row.region, row.source.value])
        units.setdefault(unit, Counter())[colour] += 1
    totals = Counter(ticket[1] for ticket in tickets)
    return {
        "on": on.isoformat(),
        "totals": {colour.value: totals[colour.value] for colour in Colour},
        "units": {code: dict(counted) for code, counted in sorted(units.items())},
        "tickets": tickets,
        "cards": _carded(among),
    }


def _carded(among: ColumnElement[bool]) -> dict[str, list[str]]:
    rows = db.session.execute(
        select(Issue.number, Card.colour)
        .join(Card, Card.issue_id == Issue.id)
        .where(Card.lifted_on.is_(None), Issue.status.not_in(OFF_BOARD), among)
        .order_by(Issue.number)
    ).all()
    return {
        colour.value: [row.number for row in rows if row.colour == colour.value] for colour in CARDS
    }
