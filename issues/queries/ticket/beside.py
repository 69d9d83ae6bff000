"""Everything that lies beside one ticket, one select for each kind of row."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import BindParameter, Row, Select, bindparam, exists, func, select

from auth.actor import Actor
from auth.models import Unit, User
from extensions import Model, db
from issues.models import (
    Capture,
    Card,
    CardProposal,
    ColourSpan,
    Complainant,
    CountyTask,
    Extension,
    Issue,
    IssueLayer,
    Lookback,
    MapSheet,
    Objection,
    ProgressReport,
    Reading,
    Setting,
    SiteCheck,
)
from issues.queries.leads.of_ticket import BESIDE, LEADS
from issues.queries.notices.lines import NoticeLine, lines_of
from issues.rules.required import SETTING as CHECKLIST
from issues.vocabulary import Status
from issues.workflow.changes.accepting import READINGS as COUNTED, counted

THIS: BindParameter[int] = bindparam("issue")
"""The ticket asked about."""


@dataclass(frozen=True, slots=True)
class Span:
    """A ticket's colour facts over some days, as `colouring_of` reads them."""

    valid_from: date
    valid_to: date
    yellow_from: date
    red_from: date
    card: str
    status: Status
    firings: list[dict[str, Any]]
    policy: int
    is_backfilled: bool


@dataclass(frozen=True, slots=True)
class Papers:
    """Rows carry the columns their select names. `checklist`: the city's own, where it has one."""

    cards: Sequence[Row[Any]]
    extensions: Sequence[Row[Any]]
    objections: Sequence[Row[Any]]
    checks: Sequence[Row[Any]]
    lookbacks: Sequence[Row[Any]]
    tasks: Sequence[Row[Any]]
    proposals: Sequence[Row[Any]]
    notices: list[NoticeLine]
    spans: list[Span]
    reports: Sequence[Row[Any]]
    names: dict[int, str]
    own: Row[Any]
    readings: list[tuple[date | None, int | None]]
    layers: list[tuple[str, str]]
    leads: Sequence[Row[Any]]


def papers_of(issue: Issue, actor: Actor, *, see_covert: bool, see_leads: bool) -> Papers:
    """As many statements however many rows. What is covert, and leads, for who may see it."""
    asked = {"issue": issue.id}
    named = {issue.inspector_id, issue.sponsor_account_id, issue.created_by_id} - {None}
    people = _rows(PEOPLE, {"named": list(named)}) if named else []
    own: Any = db.session.execute(OWN, asked).one()

    def there(statement: Select, kind: type[Model], **more: Any) -> Sequence[Row[Any]]:
        """Nothing is asked for where `own` says that there is none."""
        return _rows(statement, asked | more) if getattr(own, kind.__tablename__) else []

    return Papers(
        cards=there(CARDS, Card),
        extensions=there(EXTENSIONS, Extension),
        objections=there(OBJECTIONS, Objection),
        checks=there(CHECKS, SiteCheck),
        lookbacks=there(LOOKBACKS, Lookback) if see_covert else [],
        tasks=there(TASKS, CountyTask),
        proposals=there(PROPOSALS, CardProposal),
        notices=lines_of(issue, actor, drafts=see_covert),
        spans=[Span(*tuple(row)) for row in _rows(SPANS, asked)],
        reports=there(REPORTS, ProgressReport, round=issue.round),
        names={row.id: row.display_name for row in people},
        own=own,
        readings=list(map(counted, there(READINGS, Reading))),
        layers=[(row.sheet, row.name) for row in there(LAYERS, IssueLayer)],
        leads=_rows(LEADS, asked) if see_leads and own.has_leads else [],
    )


def _rows(statement: Select, asked: dict[str, Any]) -> Sequence[Row[Any]]:
    return db.session.execute(statement, asked).all()


CARDS = (
    select(Card.colour, Card.is_watch, Card.raised_on, Card.lifted_on, Card.reason,
           Card.lift_reason)
    .where(Card.issue_id == THIS)
    .order_by(Card.id)
)  # fmt: skip

EXTENSIONS = (
    select(Extension.state, Extension.asked_on, Extension.old_deadline, Extension.deadline,
           Extension.decided_on, Extension.cause, Extension.progress, Extension.opinion)
    .where(Extension.issue_id == THIS)
    .order_by(Extension.id)
)  # fmt: skip

OBJECTIONS = (
    select(
        Objection.on, Objection.who, Objection.text,
        Objection.is_upheld, Objection.reason, Objection.decided_on,
    )
    .where(Objection.issue_id == THIS)
    .order_by(Objection.id)
)  # fmt: skip

CHECKS = (
    select(
        SiteCheck.at, SiteCheck.place, SiteCheck.inspectors,
        SiteCheck.conclusion, SiteCheck.code, SiteCheck.reason, SiteCheck.lon, SiteCheck.lat,
        SiteCheck.recorded_at, Capture.accuracy, Capture.device_at, Capture.device_off,
    )
    .outerjoin(Capture, Capture.check_id == SiteCheck.id)
    .where(SiteCheck.issue_id == THIS)
    .order_by(SiteCheck.id)
)  # fmt: skip

LOOKBACKS = (
    select(
        Lookback.planned_on, Lookback.why, Lookback.done_on,
        Lookback.place, Lookback.inspectors, Lookback.result, Lookback.text,
    )
    .where(Lookback.issue_id == THIS)
    .order_by(Lookback.id)
)  # fmt: skip

TASKS = (
    select(
        CountyTask.id, Unit.short_name.label("unit"), CountyTask.text, CountyTask.handed_on,
        CountyTask.due_on, CountyTask.state, CountyTask.answer, CountyTask.files,
        CountyTask.answered_on, CountyTask.answered_by, CountyTask.confirmed_on, CountyTask.reason,
    )
    .join(Unit, Unit.id == CountyTask.unit_id)
    .where(CountyTask.issue_id == THIS)
    .order_by(CountyTask.id)
)  # fmt: skip

PROPOSALS = (
    select(
        Unit.short_name.label("centre"), CardProposal.colour, CardProposal.reason,
        CardProposal.proposed_on, CardProposal.state, CardProposal.answered_on,
        CardProposal.answer, CardProposal.listed,
    )
    .join(Unit, Unit.id == CardProposal.centre_id)
    .where(CardProposal.issue_id == THIS)
    .order_by(CardProposal.id)
)  # fmt: skip

SPANS = (
    select(
        ColourSpan.valid_from, ColourSpan.valid_to, ColourSpan.yellow_from, ColourSpan.red_from,
        ColourSpan.card, ColourSpan.status, ColourSpan.firings, ColourSpan.policy,
        ColourSpan.is_backfilled,
    )
    .where(ColourSpan.issue_id == THIS)
    .order_by(ColourSpan.valid_from)
)  # fmt: skip
"""The columns of a Span, in its order."""

PEOPLE = select(User.id, User.display_name).where(User.id.in_(bindparam("named", expanding=True)))

REPORTS = (
    select(
        ProgressReport.id, ProgressReport.on, ProgressReport.state, ProgressReport.text,
        ProgressReport.lines, ProgressReport.opinion, User.unit_id,
        func.coalesce(Unit.short_name, "").label("unit"),
        func.coalesce(User.display_name, "系统").label("reporter"),
    )
    .outerjoin(User, User.id == ProgressReport.reporter_id)
    .outerjoin(Unit, Unit.id == User.unit_id)
    .where(ProgressReport.issue_id == THIS, ProgressReport.round == bindparam("round"))
    .order_by(ProgressReport.id)
)  # fmt: skip
"""Of the current round; `unit_id` is the unit that reported."""

READINGS = COUNTED.where(Reading.issue_id == THIS).order_by(Reading.id)

LAYERS = (
    select(MapSheet.name.label("sheet"), IssueLayer.name)
    .join(MapSheet, MapSheet.id == IssueLayer.sheet_id)
    .where(IssueLayer.issue_id == THIS)
    .order_by(IssueLayer.sheet_id)
)
"""The map layers its point lies in, each with the outline's own name."""

ASKED = (
    Card, Extension, Objection, SiteCheck, Lookback, CountyTask, CardProposal, ProgressReport,
    Reading, IssueLayer,
)  # fmt: skip
OWN = select(
    *(exists().where(one.issue_id == THIS).label(one.__tablename__) for one in ASKED),
    exists().where(Complainant.issue_id == THIS).label("has_contact"),
    select(Setting.value).where(Setting.key == CHECKLIST).scalar_subquery().label("checklist"),
    *BESIDE,
)
"""Can somebody be called back, the city's own list of required evidence; what there is to ask."""
