"""What was done beside the steps of acceptance: more time, exposures, visits, papers and answers.

In three statements, however many tickets are asked of.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import Date, Text, cast, literal, null, select, union_all

from extensions import db
from issues.ground import clock
from issues.models import Event, Exposure, Extension, Lookback, Notice, NoticeIssue, Objection
from issues.notices.kinds.past import DeedFacts, DoneFacts
from issues.vocabulary import Action, NoticeKind, NoticeStatus, Subject

_ACTS = (Action.ASSIGN, Action.SUBMIT_PLAN, Action.REPORT_PROGRESS)
_VISITS, _EXPOSURES, _OBJECTIONS, _EXTENSIONS = "visits", "exposures", "objections", "extensions"


def deeds_of(ids: Sequence[int], on: date) -> dict[int, DeedFacts]:
    """By the id of the ticket, as known on the day."""
    found: dict[int, DeedFacts] = {id_: _none() for id_ in ids}
    for row in _rows(ids):
        _take(found[row.issue], row)
    for row in _papers(ids):
        _take_paper(found[row.issue_id], row, on)
    for row in _acts(ids):
        of = found[row.subject_id]
        acts = {Action.ASSIGN: of["assigned"], Action.SUBMIT_PLAN: of["planned"]}
        acts.get(Action(row.action), of["reported"]).append(_done(row.on))
    return found


def _none() -> DeedFacts:
    return {
        "assigned": [], "planned": [], "asked": [], "granted": [], "refused": [], "exposures": [],
        "objections": [], "visits": [], "notices": [], "signed_for": [], "answered": [],
        "summoned": [], "reported": [],
    }  # fmt: skip


def _rows(ids: Sequence[int]) -> Sequence[Any]:
    no_day = cast(null(), Date)
    asked = select(
        Extension.issue_id.label("issue"), literal(_EXTENSIONS).label("kind"),
        Extension.asked_on.label("on"), cast(Extension.state, Text).label("what"),
        Extension.decided_on.label("then"), Extension.deadline.label("until"),
    ).where(Extension.issue_id.in_(ids))  # fmt: skip
    exposed = select(
        Exposure.issue_id, literal(_EXPOSURES), Exposure.on, cast(Exposure.level, Text), no_day,
        no_day,
    ).where(Exposure.issue_id.in_(ids))  # fmt: skip
    visited = select(
        Lookback.issue_id, literal(_VISITS), Lookback.done_on, cast(Lookback.result, Text), no_day,
        no_day,
    ).where(Lookback.issue_id.in_(ids), Lookback.done_on.is_not(None))  # fmt: skip
    objected = select(
        Objection.issue_id, literal(_OBJECTIONS), Objection.on, literal(""), no_day, no_day
    ).where(Objection.issue_id.in_(ids))
    found: Sequence[Any] = db.session.execute(union_all(asked, exposed, visited, objected)).all()
    return sorted(found, key=lambda row: (row.on, row.what, str(row.then), str(row.until)))


def _take(found: DeedFacts, row: Any) -> None:
    if row.kind == _EXTENSIONS:
        found["asked"].append(_done(row.on))
        if row.what in {"granted", "refused"}:
            decided: DoneFacts = {"on": row.then.isoformat(), "until": row.until.isoformat()}
            (found["granted"] if row.what == "granted" else found["refused"]).append(decided)
    elif row.kind == _EXPOSURES:
        found["exposures"].append(_done(row.on, row.what))
    elif row.kind == _VISITS:
        found["visits"].append(_done(row.on, row.what))
    else:
        found["objections"].append(_done(row.on))


def _papers(ids: Sequence[int]) -> Sequence[Any]:
    """The city's in force; what was handed over (N7) is not told to the unit."""
    return db.session.execute(
        select(
            NoticeIssue.issue_id, Notice.kind, Notice.signed_on, Notice.acknowledged_at,
            Notice.replied_at, Notice.facts,
        )
        .join(Notice, Notice.id == NoticeIssue.notice_id)
        .where(
            NoticeIssue.issue_id.in_(ids),
            Notice.status == NoticeStatus.SIGNED,
            Notice.kind != NoticeKind.N7,
            Notice.centre_id.is_(None),
        )
        .order_by(Notice.id)
    ).all()  # fmt: skip


def _take_paper(found: DeedFacts, row: Any, on: date) -> None:
    """A unit was summoned on the day that the signed summons names, once that day has come."""
    found["notices"].append(_done(row.signed_on, row.kind.value))
    if row.acknowledged_at:
        found["signed_for"].append(_done(clock.day_of(row.acknowledged_at)))
    if row.replied_at:
        found["answered"].append(_done(clock.day_of(row.replied_at)))
    held = (row.facts.get("meeting") or {}).get("on")
    if row.kind is NoticeKind.N4 and held and held <= on.isoformat():
        found["summoned"].append({"on": held})


def _acts(ids: Sequence[int]) -> Sequence[Any]:
    return db.session.execute(
        select(Event.subject_id, Event.on, Event.action)
        .where(
            Event.subject == Subject.TICKET.value,
            Event.subject_id.in_(ids),
            Event.action.in_([one.value for one in _ACTS]),
        )
        .order_by(Event.seq)
    ).all()


def _done(on: date, what: str = "") -> DoneFacts:
    found: DoneFacts = {"on": on.isoformat()}
    if what:
        found["what"] = what
    return found
