"""The figures a 通报 tells: all of them from one board, frozen by a round or as of the day."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, select

from auth.models import Unit
from extensions import db
from issues.models import AssessmentRound, CountyRound, Issue
from issues.notices.facts.frozen import frozen_board
from issues.notices.kinds.board import KEYS, LATEST
from issues.notices.kinds.shape import (
    BulletinFacts,
    ColourKey,
    Counted,
    EarlierRoundFacts,
    ListedFacts,
)
from issues.rules.colour import folded
from issues.rules.firings import Firing
from issues.rules.listing import named
from issues.vocabulary import CARDS, Colour

_KEYS: dict[Colour, ColourKey] = dict(zip(Colour, KEYS, strict=True))
NO_UNIT = "未定主责单位"
Round = AssessmentRound | CountyRound


def bulletin_facts(
    on: date, named: Sequence[str] = (), only: ColumnElement[bool] | None = None
) -> BulletinFacts:
    """As it stands on a day; a round tells its frozen board instead.

    `named`: the tickets a person wants told of by name. `only` narrows it to a county's.
    """
    board, names = frozen_board(on, only), _unit_names()
    facts = _told(board, names)
    if named:
        facts["named"] = _rows(board, names, frozenset(named))
    return facts


def city_facts(on: date, only: ColumnElement[bool] | None = None) -> BulletinFacts:
    """The figures of a day alone, for a paper that tells some and is no bulletin."""
    facts = bulletin_facts(on, only=only)
    facts["listed"] = []
    return facts


def closed_rounds(on: date, centre: Unit | None = None) -> list[str]:
    """The days of the rounds that were closed by a day: the city's, or those of a centre."""
    of: type[Round] = AssessmentRound if centre is None else CountyRound
    rows = select(of.on).where(of.closed_on.is_not(None), of.closed_on <= on).order_by(of.on)
    if centre is not None:
        rows = rows.where(CountyRound.centre_id == centre.id)
    return [day.isoformat() for day in db.session.scalars(rows)]


def round_facts(row: Round) -> BulletinFacts:
    """The frozen board of a closed round, with its red and yellow tickets and the rounds before."""
    if row.board is None:
        raise LookupError(f"the round of {row.on} is not closed")
    facts = _told(row.board, _unit_names())
    facts["earlier"], facts["anchor"] = _earlier(row), row.digest
    return facts


def _told(board: dict[str, Any], names: dict[str, str]) -> BulletinFacts:
    totals = _by_key(board["totals"])
    red_or_yellow = frozenset(t[0] for t in board["tickets"] if t[1] in {c.value for c in CARDS})
    facts: BulletinFacts = {
        "on": board["on"],
        "total": len(board["tickets"]),
        "groups": [
            {"name": name, **_by_key(board["units"][code])}
            for code, name in names.items()
            if code in board["units"]
        ],
        "listed": _rows(board, names, red_or_yellow),
    }
    for key in KEYS:
        facts[key] = totals[key]
    if "cards" in board:  # an older round kept none: then nothing is said of cards
        facts["red_cards"] = len(board["cards"][Colour.RED.value])
        facts["yellow_cards"] = len(board["cards"][Colour.YELLOW.value])
    return facts


def _unit_names() -> dict[str, str]:
    rows = db.session.execute(select(Unit.code, Unit.name).order_by(Unit.position))
    return {row.code: row.name for row in rows} | {"": NO_UNIT}


def _by_key(counted: dict[str, int]) -> Counted:
    found: Counted = {}
    for colour, key in _KEYS.items():
        found[key] = counted.get(colour.value, 0)
    return found


def _earlier(row: Round) -> list[EarlierRoundFacts]:
    """The last closed rounds before it, of the same body, the oldest first."""
    of: type[Round] = type(row)
    rows = select(of.board).where(of.on < row.on, of.closed_on.is_not(None))
    if isinstance(row, CountyRound):
        rows = rows.where(CountyRound.centre_id == row.centre_id)
    last = db.session.scalars(rows.order_by(of.on.desc()).limit(LATEST - 1)).all()
    found = [board for board in reversed(last) if board is not None]
    return [{"on": board["on"], **_by_key(board["totals"])} for board in found]


def _rows(
    board: dict[str, Any], names: dict[str, str], numbers: frozenset[str]
) -> list[ListedFacts]:
    """These of the board's tickets, the red first, each by number, with the words of its day."""
    on = date.fromisoformat(board["on"])
    shown = {ticket[0]: ticket for ticket in board["tickets"] if ticket[0] in numbers}
    rows = db.session.execute(
        select(Issue.number, Issue.title, Issue.deadline, Issue.firings).where(
            Issue.number.in_(shown)
        )
    )
    order = {colour.label: place for place, colour in enumerate(Colour)}
    found = [_row(row, shown[row.number], names, on) for row in rows]
    return sorted(found, key=lambda one: (order[one["colour"]], one["number"]))


def _row(row: Any, ticket: list[str], names: dict[str, str], on: date) -> ListedFacts:
    fired = folded([Firing.from_document(document) for document in row.firings], on)
    return {
        "number": row.number,
        "title": row.title,
        "unit": names.get(ticket[2], ""),
        "deadline": row.deadline.isoformat() if row.deadline else None,
        "colour": Colour(ticket[1]).label,
        "rules": named(fired),
    }
