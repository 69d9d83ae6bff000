"""The board a 通报 tells: every ticket once, under its primary unit, by its colour."""

from datetime import date
from typing import Any

from sqlalchemy import case, func, select

from auth.models import Unit
from extensions import db
from issues.models import AssessmentRound, Issue
from issues.notices.kinds.board import KEYS, LATEST
from issues.notices.kinds.shape import (
    BulletinFacts,
    ColourKey,
    Counted,
    CountFacts,
    EarlierRoundFacts,
    ListedFacts,
)
from issues.rules.colour import LADDER, reasons
from issues.rules.firings import Firing
from issues.vocabulary import OFF_BOARD, Colour

_KEYS: dict[Colour, ColourKey] = dict(zip(Colour, KEYS, strict=True))


def bulletin_facts(on: date) -> BulletinFacts:
    """As it stands on a day; a round tells its frozen board instead."""
    rungs = [(holds(Issue, on), colour.value) for colour, holds in LADDER]
    colour = case(*rungs, else_=Colour.GREEN.value).label("colour")
    rows = db.session.execute(
        select(Unit.name, Unit.position, colour, func.count())
        .select_from(Issue)
        .outerjoin(Unit, Unit.id == Issue.primary_unit_id)
        .where(Issue.status.not_in(OFF_BOARD))
        .group_by(Unit.name, Unit.position, colour)
        .order_by(Unit.position)
    )
    groups: dict[str, CountFacts] = {}
    whole = _by_key({})
    for name, _position, found, count in rows:
        key = _KEYS[Colour(found)]
        group = groups.setdefault(name or "未定主责单位", {"name": name or "未定主责单位"})
        group[key] = count
        whole[key] += count
    return {
        "on": on.isoformat(),
        "red": whole["red"],
        "yellow": whole["yellow"],
        "green": whole["green"],
        "closed": whole["closed"],
        "total": _total(whole),
        "groups": list(groups.values()),
    }


def round_facts(round_id: int) -> BulletinFacts:
    """The frozen board of a closed round, with its red and yellow tickets and the rounds before."""
    row = db.session.get_one(AssessmentRound, round_id)
    if row.board is None:
        raise LookupError(f"round {round_id} is not closed")
    board, names = row.board, _unit_names()
    totals = _by_key(board["totals"])
    return {
        "on": board["on"],
        **totals,
        "total": _total(totals),
        "groups": [
            {"name": name, **_by_key(board["units"][code])}
            for code, name in names.items()
            if code in board["units"]
        ],
        "earlier": _earlier(row.on),
        "listed": _listed(board, names),
        "anchor": row.digest,
    }


def _unit_names() -> dict[str, str]:
    rows = db.session.execute(select(Unit.code, Unit.name).order_by(Unit.position))
    return {row.code: row.name for row in rows}


def _by_key(counted: dict[str, int]) -> Counted:
    found: Counted = {}
    for colour, key in _KEYS.items():
        found[key] = counted.get(colour.value, 0)
    return found


def _total(counted: Counted) -> int:
    return sum(counted[key] for key in _KEYS.values())


def _earlier(on: date) -> list[EarlierRoundFacts]:
    """The last closed rounds before a day, the oldest first."""
    rows = db.session.scalars(
        select(AssessmentRound)
        .where(AssessmentRound.on < on, AssessmentRound.closed_on.is_not(None))
        .order_by(AssessmentRound.on.desc())
        .limit(LATEST - 1)
    ).all()
    found = [row.board for row in reversed(rows) if row.board is not None]
    return [{"on": board["on"], **_by_key(board["totals"])} for board in found]


def _listed(board: dict[str, Any], names: dict[str, str]) -> list[ListedFacts]:
    """The red first, then the yellow, each by number, with the words of the day of the freeze."""
    on = date.fromisoformat(board["on"])
    shown = {ticket[0]: ticket for ticket in board["tickets"] if ticket[1] in _CARDED}
    rows = db.session.execute(
        select(Issue.number, Issue.title, Issue.deadline, Issue.firings).where(
            Issue.number.in_(shown)
        )
    )
    found = [_row(row, shown[row.number], names, on) for row in rows]
    order = list(_CARDED.values())
    return sorted(found, key=lambda one: (order.index(one["colour"]), one["number"]))


_CARDED = {Colour.RED.value: "红", Colour.YELLOW.value: "黄"}


def _row(row: Any, ticket: list[str], names: dict[str, str], on: date) -> ListedFacts:
    fired = reasons([Firing.from_document(document) for document in row.firings], on)
    return {
        "number": row.number,
        "title": row.title,
        "unit": names.get(ticket[2], ""),
        "deadline": row.deadline.isoformat() if row.deadline else None,
        "colour": _CARDED[ticket[1]],
        "rules": [firing.rule.label for firing in fired],
    }
