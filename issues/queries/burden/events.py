"""The acts behind a figure of 基层减负: each with its ticket and what of it is counted."""

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import ColumnElement, Select, func, select

from auth.actor import Actor
from extensions import db
from issues.act_fields import fields_of
from issues.burden.known import ASKED, FILLED, FORMS, RETURNED
from issues.ground.refusals import NotFound
from issues.models import Event, Issue
from issues.queries.burden.figures import COUNTED, GROUNDS, UNSAID
from issues.queries.burden.sight import (
    Sight,
    bodies_of,
    filer,
    ground,
    in_sight,
    many,
    month,
    one_of,
)
from issues.queries.ground.paging import Page, cut
from issues.queries.ticket.story import anchor_of
from issues.vocabulary import Action, Subject

PER_PAGE = 50


class Asked(NamedTuple):
    """What an address asks for: `what` is one of COUNTED, the others narrow it where they stand."""

    year: int
    what: str
    unit: str = ""
    action: str = ""
    month: int | None = None


class Line(NamedTuple):
    """`unit` filed the form; `told` names its counted fields, or says why it was given back."""

    event: Event
    number: str
    title: str
    unit: str
    told: str

    @property
    def anchor(self) -> str:
        return anchor_of(self.event.id)

    @property
    def label(self) -> str:
        act = Subject.TICKET.act_of(self.event.action)
        return act.label if act else ""


def events(actor: Actor, asked: Asked, page: int) -> Page[Line]:
    """The newest first. Four statements. Raises NotFound for what is not counted or in sight."""
    if asked.what not in COUNTED:
        raise NotFound
    bodies = bodies_of(actor)
    unit = one_of(bodies, asked.unit) if asked.unit else None
    rows = _rows(asked, in_sight(actor, asked.year, bodies, unit))
    shown, page, total = cut(rows.order_by(Event.on.desc(), Event.id.desc()), page, PER_PAGE)
    lines = [_line(asked, *row) for row in db.session.execute(shown)]
    return Page(lines, page, PER_PAGE, total)


def _rows(asked: Asked, sight: Sight) -> Select:
    is_return = asked.what in (*GROUNDS, UNSAID)
    unit = filer() if is_return else Event.unit
    rows = (
        select(Event, Issue.number, Issue.title, unit.label("filed_by"))
        .join(Issue, Issue.id == Event.subject_id)
        .where(sight.acts, sight.of(unit), Event.action.in_(_actions(asked, is_return=is_return)))
    )
    if asked.month is not None:
        rows = rows.where(month() == asked.month)
    counted = _counted(asked.what)
    return rows if counted is None else rows.where(counted)


def _actions(asked: Asked, *, is_return: bool) -> Sequence[str]:
    """The acts of the form that is asked for; those that give it back where they are counted."""
    forms = [act for act in FORMS if asked.action in ("", act.value)]
    if is_return:
        return [back.value for back, form in RETURNED.items() if form in forms]
    return [act.value for act in forms]


def _counted(what: str) -> ColumnElement[bool] | None:
    if what in (ASKED, FILLED):
        return many(what) > 0
    if what in GROUNDS:
        return ground() == what
    return func.coalesce(ground(), "").not_in(GROUNDS) if what == UNSAID else None


def _line(asked: Asked, event: Event, number: str, title: str, filed_by: str | None) -> Line:
    if asked.what in (ASKED, FILLED):
        action = Action.of(event.action)
        labels = {field.name: field.label for field in fields_of(action)} if action else {}
        told = "、".join(labels.get(name, name) for name in event.detail[asked.what])
    else:
        told = event.reason if asked.what in (*GROUNDS, UNSAID) else ""
    return Line(event, number, title, filed_by or "", told)
