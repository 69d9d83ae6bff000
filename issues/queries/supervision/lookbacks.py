"""The plan of look-backs as its page shows it. Units never see any of it."""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import ColumnElement, Row, func, or_, select
from sqlalchemy.orm import aliased

from auth.actor import Actor
from auth.models import Unit, User
from extensions import db
from issues.colour.closing import READ, Closing, closing_of
from issues.models import Issue, Lookback
from issues.queries.admin.accounts import of_role
from issues.queries.ground.paging import Page, within
from issues.rights.table import reach
from issues.vocabulary import LookbackResult, Role, Status

DUE, PLANNED, DONE = "due", "planned", "done"
VIEWS = {DUE: "30 天内到期", PLANNED: "以后的计划", DONE: "已办理"}
SOON = 30
PER_PAGE = 50
EVERYBODY, ME = "", "me"


@dataclass(frozen=True, slots=True)
class Line:
    number: str
    title: str
    unit: str
    status: Status
    closing: Closing | None
    planned_on: date
    why: str
    inspector: str
    done_on: date | None
    result: LookbackResult | None


@dataclass(frozen=True, slots=True)
class Found:
    lines: Page[Line]
    counts: dict[str, int]


def find(actor: Actor, view: str, who: str, today: date, page: int) -> Found:
    """`who`: everybody, `me`, or the name of an account. Two statements."""
    asked, own = aliased(User), aliased(User)
    rows = (
        select(
            Issue.number, Issue.title, Unit.short_name, Issue.status, Lookback.planned_on,
            Lookback.why, Lookback.done_on, Lookback.result, *READ,
            func.coalesce(asked.display_name, own.display_name, "").label("inspector"),
        )
        .join(Issue, Issue.id == Lookback.issue_id)
        .outerjoin(Unit, Unit.id == Issue.primary_unit_id)
        .outerjoin(asked, asked.id == Lookback.inspector_id)
        .outerjoin(own, own.id == Issue.inspector_id)
        .where(reach(actor), *_of(who, actor))
    )  # fmt: skip
    order = Lookback.done_on.desc() if view == DONE else Lookback.planned_on
    asked_for = rows.where(_is(view, today)).order_by(order, Lookback.id)
    counts = db.session.execute(
        select(*(func.count().filter(_is(name, today)).label(name) for name in VIEWS))
        .select_from(Lookback)
        .join(Issue, Issue.id == Lookback.issue_id)
        .where(reach(actor), *_of(who, actor))
    ).one()
    counted = dict(zip(VIEWS, counts, strict=True))
    page = within(page, counted[view], PER_PAGE)
    found = db.session.execute(asked_for.limit(PER_PAGE).offset((page - 1) * PER_PAGE))
    lines = [_line(row) for row in found]
    return Found(Page(lines, page, PER_PAGE, counted[view]), counted)


def inspectors() -> list[tuple[str, str]]:
    """(account, name) of everybody who may be sent."""
    return of_role(Role.INSPECTOR)


def _is(view: str, today: date) -> ColumnElement[bool]:
    soon = today + timedelta(days=SOON)
    return {
        DUE: Lookback.done_on.is_(None) & (Lookback.planned_on <= soon),
        PLANNED: Lookback.done_on.is_(None) & (Lookback.planned_on > soon),
        DONE: Lookback.done_on.is_not(None),
    }[view]


def _of(who: str, actor: Actor) -> list[ColumnElement[bool]]:
    """What is planned for a person by name, or by nobody's name on a ticket of theirs."""
    if who == EVERYBODY:
        return []
    ids = select(User.id).where(User.name == (actor.name if who == ME else who)).scalar_subquery()
    by_ticket = Lookback.inspector_id.is_(None) & (Issue.inspector_id == ids)
    return [or_(Lookback.inspector_id == ids, by_ticket)]


def _line(row: Row) -> Line:
    return Line(
        row.number, row.title, row.short_name or "", row.status, closing_of(row), row.planned_on,
        row.why, row.inspector, row.done_on, row.result,
    )  # fmt: skip
