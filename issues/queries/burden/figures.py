"""The figures of 基层减负 for a year: every one counted from the history, by unit, act and month.

What is not in the history is not counted: known fields since forms keep them with the act, returns
by their ground since who returns says it.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import Select, func, select

from auth.actor import Actor
from extensions import db
from issues.burden.forms import FORMS, Form, form_of, is_form, is_return
from issues.burden.known import ASKED, FILLED
from issues.models import Event
from issues.queries.burden.sight import (
    Body,
    Sight,
    bodies_of,
    filer,
    ground,
    in_sight,
    many,
    month,
    one_of,
    own_only,
)
from issues.vocabulary import ReturnGround

NOBODY = "没有记明单位"
UNSAID = "unsaid"
GROUNDS = tuple(one.value for one in ReturnGround)
COUNTED = (ASKED, FILLED, "forms", *GROUNDS, UNSAID)
"""What is counted, as an address names it."""


class Cell(NamedTuple):
    """So much of one unit, act and month; an act that gives back counts under what it gave back.

    `form`, `substance`, `unsaid`: forms given back by their ground.
    """

    unit: str
    kind: Form
    month: int
    asked: int = 0
    filled: int = 0
    forms: int = 0
    form: int = 0
    substance: int = 0
    unsaid: int = 0


class Sum(NamedTuple):
    """The cells of one unit, one act or one month together. `key` is what an address says."""

    key: str
    name: str
    asked: int
    filled: int
    forms: int
    form: int
    substance: int
    unsaid: int


class Figures(NamedTuple):
    """`unit` is the one asked for, or the only one in sight.

    `asked_since`, `returns_since`: the first day whose known fields, and whose grounds of returns,
    the history keeps; None where it keeps none.
    """

    year: int
    unit: Body | None
    bodies: Sequence[Body]
    cells: Sequence[Cell]
    asked_since: date | None
    returns_since: date | None

    @property
    def total(self) -> Sum:
        return _sum("", "合计", self.cells)

    @property
    def by_unit(self) -> list[Sum]:
        """In the order of units; who is in no unit last."""
        named = {body.code: body.name for body in self.bodies} | {"": NOBODY}
        found = ((code, name, [c for c in self.cells if c.unit == code])
                 for code, name in named.items())  # fmt: skip
        return [_sum(*one) for one in found if one[2]]

    @property
    def by_action(self) -> list[Sum]:
        parts = ((form, [c for c in self.cells if c.kind is form]) for form in FORMS)
        return [_sum(form.key, form.label, cells) for form, cells in parts if cells]

    @property
    def by_month(self) -> list[Sum]:
        months = sorted({cell.month for cell in self.cells})
        return [
            _sum(str(month), f"{month}月", [c for c in self.cells if c.month == month])
            for month in months
        ]


def _sum(key: str, name: str, cells: Iterable[Cell]) -> Sum:
    found = list(cells)
    return Sum(key, name, *(sum(getattr(cell, what) for cell in found) for what in COUNTED))


def figures(actor: Actor, year: int, code: str = "") -> Figures:
    """Six statements. Raises NotFound for a unit that is not in the person's sight."""
    bodies = bodies_of(actor)
    unit = one_of(bodies, code) if code else (bodies[0] if own_only(actor) and bodies else None)
    sight = in_sight(actor, year, bodies, unit)
    called = {name: body.code for body in bodies for name in body.names}
    found = [
        Cell(called.get(row.unit or "", ""), form_of(row), row.month, row.asked or 0,
             row.filled or 0, row.forms)
        for row in db.session.execute(_forms(sight))
    ]  # fmt: skip
    for row in db.session.execute(_returns(sight)):
        ground = row.ground if row.ground in GROUNDS else UNSAID
        found.append(
            Cell(called.get(row.unit or "", ""), form_of(row), row.month, **{ground: row.count_})
        )  # fmt: skip
    return Figures(year, unit, bodies, found, *_since())


def _forms(sight: Sight) -> Select[Any]:
    keys = (Event.unit, Event.subject, Event.action, month().label("month"))
    return (
        select(
            *keys,
            func.sum(many(ASKED)).label("asked"),
            func.sum(many(FILLED)).label("filled"),
            func.count().label("forms"),
        )
        .where(sight.acts, is_form(), sight.of(Event.unit))
        .group_by(Event.unit, Event.subject, Event.action, month())
    )


def _returns(sight: Sight) -> Select[Any]:
    each = (
        select(
            filer().label("unit"), Event.subject, Event.action, month().label("month"),
            ground().label("ground"),
        )
        .where(sight.acts, is_return())
        .subquery()
    )  # fmt: skip
    keys = (each.c.unit, each.c.subject, each.c.action, each.c.month, each.c.ground)
    rows = select(*keys, func.count().label("count_")).group_by(*keys)
    return rows.where(sight.of(each.c.unit))


def _since() -> tuple[date | None, date | None]:
    """The first day of each in the whole history. Two statements."""
    asked = select(func.min(Event.on)).where(
        is_form(), Event.detail[ASKED].as_string().is_not(None)
    )
    said = select(func.min(Event.on)).where(is_return(), ground().is_not(None))
    return db.session.scalar(asked), db.session.scalar(said)
