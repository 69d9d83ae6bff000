"""Everything that lies beside one ticket, read in one statement.

Cards, extensions, objections, site checks, look-backs, notices, the spans of its colour, the
people it names. Each kind of row is brought into one shape: up to four days, a moment, a
number, up to five texts.
"""

import json
from collections.abc import Sequence
from functools import cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Date,
    DateTime,
    Integer,
    Select,
    Text,
    bindparam,
    case,
    cast,
    func,
    literal,
    null,
    select,
    type_coerce,
    union_all,
)

from auth.models import Unit, User
from extensions import db
from issues.ground.columns import Instant
from issues.models import (
    Card,
    ColourSpan,
    Complainant,
    Extension,
    Issue,
    IssueLayer,
    Lookback,
    MapSheet,
    Notice,
    NoticeIssue,
    Objection,
    ProgressReport,
    Reading,
    Setting,
    SiteCheck,
)
from issues.queries.ticket.beside_rows import NoticeLine, Papers, Span
from issues.rules.required import SETTING as CHECKLIST
from issues.vocabulary import NoticeKind, NoticeStatus, Status

TEXTS = 5
THIS = bindparam("issue")
"""The ticket asked about."""


def papers_of(issue: Issue, *, see_covert: bool) -> Papers:
    """Look-backs and unsigned notices only for who may see what is covert. One statement."""
    named = {issue.inspector_id, issue.sponsor_account_id, issue.created_by_id} - {None}
    asked = {"issue": issue.id, "round": issue.round, "named": list(named)}
    rows = db.session.execute(_everything(see_covert=see_covert), asked).all()
    by_kind: dict[str, list[Any]] = {}
    for row in sorted(rows, key=lambda row: row.id):
        by_kind.setdefault(row.kind, []).append(row)
    return Papers(
        cards=by_kind.get("card", []),
        extensions=by_kind.get("extension", []),
        objections=by_kind.get("objection", []),
        checks=by_kind.get("check", []),
        lookbacks=by_kind.get("lookback", []),
        reports=by_kind.get("report", []),
        notices=[_notice(row) for row in by_kind.get("notice", [])],
        spans=sorted(
            (_span(row) for row in by_kind.get("span", [])), key=lambda span: span.valid_from
        ),
        names={row.id: row.t1 for row in by_kind.get("person", [])},
        has_contact="contact" in by_kind,
        readings=[(row.a, row.n) for row in by_kind.get("reading", [])],
        layers=[(row.t1, row.t2) for row in by_kind.get("layer", [])],
        checklist=next((json.loads(row.t1) for row in by_kind.get("checklist", [])), None),
    )


@cache
def _everything(*, see_covert: bool) -> CompoundSelect:
    """Long to put together, and the same for every ticket."""
    wanted = [
        _cards(), _extensions(), _objections(), _checks(), _notices(drafts=see_covert),
        _spans(), _people(), _contact(), _readings(), _checklist(), _reports(),
        _layers(),
    ]  # fmt: skip
    return union_all(*wanted, *([_lookbacks()] if see_covert else []))


def _shaped(
    kind: str,
    id_: Any,
    *,
    days: Sequence[Any] = (),
    at: Any = None,
    number: Any = None,
    texts: Sequence[Any] = (),
) -> Select:
    """Nothing but a NULL is cast to a day: SQLite would make a number of a real one."""
    no_day, no_text = cast(null(), Date), cast(null(), Text)
    no_moment = type_coerce(cast(null(), DateTime(timezone=True)), Instant)
    columns: list[ColumnElement[Any]] = [literal(kind).label("kind"), id_.label("id")]
    said = [*(cast(text, Text) for text in texts), *[no_text] * (TEXTS - len(texts))]
    columns += [day.label(name) for day, name in zip([*days, *[no_day] * 4], "abcd", strict=False)]
    columns.append((no_moment if at is None else at).label("at"))
    columns.append((cast(null(), Integer) if number is None else number).label("n"))
    columns += [text.label(f"t{place}") for place, text in enumerate(said, start=1)]
    return select(*columns)


def _cards() -> Select:
    watch = case((Card.is_watch, "watch"), else_="")
    texts = (Card.colour, Card.reason, Card.lift_reason, watch)
    days = (Card.raised_on, Card.lifted_on)
    return _shaped("card", Card.id, days=days, texts=texts).where(Card.issue_id == THIS)


def _extensions() -> Select:
    row = Extension
    days = (row.asked_on, row.old_deadline, row.deadline, row.decided_on)
    texts = (row.state, row.cause, row.progress, row.opinion)
    return _shaped("extension", row.id, days=days, texts=texts).where(row.issue_id == THIS)


def _objections() -> Select:
    row = Objection
    outcome = case(
        (row.is_upheld.is_(True), "upheld"), (row.is_upheld.is_(False), "dismissed"), else_=""
    )
    texts = (outcome, row.who, row.text, row.reason)
    days = (row.on, row.decided_on)
    return _shaped("objection", row.id, days=days, texts=texts).where(row.issue_id == THIS)


def _checks() -> Select:
    row = SiteCheck
    texts = (row.conclusion, row.place, row.inspectors, row.code, row.reason)
    return _shaped("check", row.id, at=row.at, texts=texts).where(row.issue_id == THIS)


def _lookbacks() -> Select:
    row = Lookback
    texts = (row.result, row.why, row.place, row.inspectors, row.text)
    days = (row.planned_on, row.done_on)
    return _shaped("lookback", row.id, days=days, texts=texts).where(row.issue_id == THIS)


def _notices(*, drafts: bool) -> Select:
    row = Notice
    replied = case((row.replied_at.is_not(None), "replied"), else_="")
    statement = (
        _shaped(
            "notice",
            row.id,
            days=(row.signed_on, row.sign_due, row.reply_due),
            at=row.acknowledged_at,
            texts=(row.kind, row.status, row.number, Unit.short_name, replied),
        )
        .join(NoticeIssue, NoticeIssue.notice_id == row.id)
        .join(Unit, Unit.id == row.unit_id)
        .where(NoticeIssue.issue_id == THIS)
    )
    return statement if drafts else statement.where(row.status != NoticeStatus.DRAFT)


def _spans() -> Select:
    row = ColourSpan
    days = (row.valid_from, row.valid_to, row.yellow_from, row.red_from)
    texts = (row.card, row.status, row.firings)
    statement = _shaped("span", row.id, days=days, number=row.policy, texts=texts)
    return statement.where(row.issue_id == THIS)


def _people() -> Select:
    named = User.id.in_(bindparam("named", expanding=True))
    return _shaped("person", User.id, texts=(User.display_name,)).where(named)


def _reports() -> Select:
    """Of the current round; `n` is the unit that reported."""
    row = ProgressReport
    who = func.coalesce(Unit.short_name, "") + " " + func.coalesce(User.display_name, "系统")
    texts = (row.state, row.text, row.lines, row.opinion, who)
    return (
        _shaped("report", row.id, days=(row.on,), number=User.unit_id, texts=texts)
        .outerjoin(User, User.id == row.reporter_id)
        .outerjoin(Unit, Unit.id == User.unit_id)
        .where(row.issue_id == THIS, row.round == bindparam("round"))
    )


def _contact() -> Select:
    return _shaped("contact", Complainant.issue_id).where(Complainant.issue_id == THIS)


def _readings() -> Select:
    """The day of each reading that stands, and the report it stands in."""
    row = Reading
    statement = _shaped("reading", row.id, days=(row.sampled_on,), number=row.evidence_id)
    return statement.where(row.issue_id == THIS, row.withdrawn_at.is_(None))


def _layers() -> Select:
    """The map layers its point lies in, each with the outline's own name."""
    row = IssueLayer
    statement = _shaped("layer", row.sheet_id, texts=(MapSheet.name, row.name))
    return statement.join(MapSheet, MapSheet.id == row.sheet_id).where(row.issue_id == THIS)


def _checklist() -> Select:
    """The city's own list of required evidence."""
    statement = _shaped("checklist", literal(0), texts=(Setting.value,))
    return statement.where(Setting.key == CHECKLIST)


def _notice(row: Any) -> NoticeLine:
    return NoticeLine(
        row.id, NoticeKind(row.t1), NoticeStatus(row.t2), row.t3 or "", row.t4,
        row.a, row.b, row.c, row.at, row.t5 == "replied",
    )  # fmt: skip


def _span(row: Any) -> Span:
    return Span(row.a, row.b, row.c, row.d, row.t1, Status(row.t2), json.loads(row.t3), row.n)
