"""The acts behind a figure of 基层减负: each with its ticket and what of it is counted."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, SQLColumnExpression, and_, func, select

from auth.actor import Actor
from extensions import db
from issues.act_fields import Field, fields_of as fields_of_ticket
from issues.burden.forms import BY_CODE, BY_KEY, FORMS, Form, form_of, is_form, is_return
from issues.burden.known import ASKED, FILLED
from issues.ground.refusals import NotFound
from issues.models import Event, Issue, Notice
from issues.notices.fields import fields_of as fields_of_notice
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
from issues.vocabulary import NoticeAct, Subject

PER_PAGE = 50


class Asked(NamedTuple):
    """What an address asks for: `what` is one of COUNTED, the others narrow it where they stand.

    `act` is the key of a form.
    """

    year: int
    what: str
    unit: str = ""
    act: str = ""
    month: int | None = None


class Line(NamedTuple):
    """`unit` filed the form; `told` names its counted fields, or says why it was given back.

    `url` leads to the act in the history of its ticket or paper.
    """

    event: Event
    number: str
    title: str
    url: str
    unit: str
    told: str

    @property
    def label(self) -> str:
        form = BY_CODE.get((self.event.subject, self.event.action))
        if form is not None:
            return form.label
        act = Subject(self.event.subject).act_of(self.event.action)
        return act.label if act else ""


class Listed(NamedTuple):
    """`fields`: how many fields the figure counts in these acts; None where it counts the acts."""

    page: Page[Line]
    fields: int | None


def events(actor: Actor, asked: Asked, page: int) -> Listed:
    """The newest first. Five statements. Raises NotFound for what is not counted or in sight."""
    if asked.what not in COUNTED or (asked.act and asked.act not in BY_KEY):
        raise NotFound
    bodies = bodies_of(actor)
    unit = one_of(bodies, asked.unit) if asked.unit else None
    rows = _rows(asked, in_sight(actor, asked.year, bodies, unit))
    shown, page, total = cut(rows.order_by(Event.on.desc(), Event.id.desc()), page, PER_PAGE)
    lines = [_line(asked, row) for row in db.session.execute(shown)]
    fields = None
    if asked.what in (ASKED, FILLED):
        fields = db.session.scalar(rows.with_only_columns(func.sum(many(asked.what)))) or 0
    return Listed(Page(lines, page, PER_PAGE, total), fields)


def _rows(asked: Asked, sight: Sight) -> Select:
    is_given_back = asked.what in (*GROUNDS, UNSAID)
    unit = filer() if is_given_back else Event.unit
    forms = [BY_KEY[asked.act]] if asked.act else FORMS
    rows = (
        select(
            Event, Issue.number, Issue.title, Notice.number.label("paper"),
            Notice.title.label("headed"), Notice.kind, unit.label("filed_by"),
        )
        .outerjoin(Issue, _is_about(Subject.TICKET, Issue.id))
        .outerjoin(Notice, _is_about(Subject.NOTICE, Notice.id))
        .where(sight.acts, sight.of(unit), is_return(forms) if is_given_back else is_form(forms))
    )  # fmt: skip
    if asked.month is not None:
        rows = rows.where(month() == asked.month)
    counted = _counted(asked.what)
    return rows if counted is None else rows.where(counted)


def _is_about(subject: Subject, key: SQLColumnExpression[int]) -> ColumnElement[bool]:
    return and_(Event.subject == subject.value, Event.subject_id == key)


def _counted(what: str) -> ColumnElement[bool] | None:
    if what in (ASKED, FILLED):
        return many(what) > 0
    if what in GROUNDS:
        return ground() == what
    return func.coalesce(ground(), "").not_in(GROUNDS) if what == UNSAID else None


def _line(asked: Asked, row: Any) -> Line:
    event: Event = row[0]
    if asked.what in (ASKED, FILLED):
        labels = {field.name: field.label for field in _fields(form_of(event), row)}
        told = "、".join(labels.get(name, name) for name in event.detail[asked.what])
    else:
        told = event.reason if asked.what in (*GROUNDS, UNSAID) else ""
    is_paper = event.subject == Subject.NOTICE.value
    at = f"/notices/{event.subject_id}" if is_paper else f"/issues/{row.number}"
    return Line(
        event, row.paper if is_paper else row.number, row.headed if is_paper else row.title,
        f"{at}#{anchor_of(event.id)}", row.filed_by or "", told,
    )  # fmt: skip


def _fields(form: Form, row: Any) -> Sequence[Field]:
    if isinstance(form.act, NoticeAct):
        return fields_of_notice(form.act, row.kind)
    return fields_of_ticket(form.act)
