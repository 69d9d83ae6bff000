"""The register as one workbook, whichever door asks for it: the same sheets, columns and words."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select

from extensions import db
from issues.colour.policies import policy_on, setting
from issues.exchange.importing import unit_names
from issues.exchange.reading.extra_columns import mark_of
from issues.exchange.reading.unit_names import LEADING_BODY, Directory
from issues.exchange.writing.colour_rows import colour_rows
from issues.exchange.writing.register_rows import register_rows
from issues.exchange.writing.responsibility_list import write_register
from issues.models import Issue
from issues.rules.colour import shown_colour
from issues.vocabulary import OFF_BOARD, Colour, Role

Chosen = Sequence[tuple[int, Colour | None]]
"""Tickets in the order they are written, each with its shown colour; None is off the board."""


def on_board(today: date) -> Chosen:
    """Every ticket on the board, by number."""
    columns = (Issue.id, Issue.status, Issue.yellow_from, Issue.red_from, Issue.card)
    rows = select(*columns).where(Issue.status.not_in(OFF_BOARD)).order_by(Issue.number)
    return [(row.id, shown_colour(row, today)) for row in db.session.execute(rows)]


def register_workbook(chosen: Chosen, today: date, on: date, roles: frozenset[Role]) -> bytes:
    """The workbook's bytes for a reader of these roles.

    Why each has its colour is known of today alone.
    """
    directory = Directory(unit_names())
    marks = {issue_id: mark_of(colour) for issue_id, colour in chosen}
    return write_register(
        register_rows(directory, policy_on(today)[1], marks, roles),
        city=setting("city", directory.city),
        unit=next((u.name for u in directory.units.values() if u.kind == LEADING_BODY), ""),
        filled_on=on,
        colours=colour_rows(on, marks) if on == today else (),
    )
