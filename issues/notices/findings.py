"""What is told of each ticket: its goal, its progress, the rules that fired, earlier notices."""

from datetime import date
from decimal import Decimal

from sqlalchemy import select

from auth.models import Unit
from extensions import db
from issues.models import Card, Issue, Measure, Notice, NoticeIssue
from issues.notices.kinds.shape import (
    CardFacts,
    EarlierFacts,
    IssueFacts,
    MeasureFacts,
    ReasonFacts,
)
from issues.notices.letterhead import full_name
from issues.records import UNPLANNED, measures_of
from issues.rules.colour import reasons
from issues.rules.firings import Firing
from issues.vocabulary import Colour, NoticeKind, NoticeStatus


def issue_facts(issue: Issue, on: date) -> IssueFacts:
    """As it stands on the day; what is not known is left empty."""
    return {
        "number": issue.number,
        "source_label": issue.source.label,
        "source_ref": issue.source_ref or issue.case_number,
        "title": issue.title,
        "problem": issue.problem,
        "goal": issue.goal,
        "criteria": issue.criteria,
        "deadline": _iso(issue.deadline),
        "deadline_text": issue.deadline_text,
        "primary_unit": _full(issue.primary_unit),
        "lead_unit": _full(issue.lead_unit),
        "sponsor": issue.sponsor,
        "region_name": _region(issue.region),
        "status_label": issue.status.label,
        "round": issue.round,
        "progress": _progress(issue),
        "reasons": _reasons(issue, on),
        "card": _card(issue),
        "earlier_notices": _earlier(issue),
    }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _full(unit: Unit | None) -> str:
    return full_name(unit) if unit else ""


def _region(code: str) -> str:
    name = db.session.scalar(select(Unit.name).where(Unit.code == code))
    return name or ""


def _progress(issue: Issue) -> list[MeasureFacts]:
    """Only an approved plan is told of, and only what a reviewer has confirmed."""
    if issue.status in UNPLANNED:
        return []
    return [_measure(row) for row in measures_of(issue)]


def _measure(row: Measure) -> MeasureFacts:
    return {
        "no": row.no,
        "text": row.text,
        "unit": row.unit.short_name,
        "deadline": _iso(row.deadline),
        "target": _figure(row.target),
        "unit_of_target": row.unit_of_target,
        "confirmed": _figure(row.confirmed),
        "done": row.is_done,
    }


def _figure(value: Decimal | None) -> str | None:
    return None if value is None else format(value.normalize(), "f")


def _reasons(issue: Issue, on: date) -> list[ReasonFacts]:
    found = [Firing.from_document(document) for document in issue.firings]
    return [
        {
            "rule": firing.rule.value,
            "label": firing.rule.label,
            "since": firing.since.isoformat(),
            "because": firing.because(on),
            "remedy": firing.remedy(),
        }
        for firing in reasons(found, on)
    ]


def _card(issue: Issue) -> CardFacts | None:
    row = db.session.scalars(
        select(Card).where(Card.issue_id == issue.id, Card.lifted_on.is_(None))
    ).first()
    if row is None:
        return None
    label = f"{Colour(row.colour).label}牌"
    return {"label": label, "on": row.raised_on.isoformat(), "reason": row.reason}


def _earlier(issue: Issue) -> list[EarlierFacts]:
    rows = db.session.scalars(
        select(Notice)
        .join(NoticeIssue, NoticeIssue.notice_id == Notice.id)
        .where(
            NoticeIssue.issue_id == issue.id,
            Notice.status == NoticeStatus.SIGNED,
            Notice.kind != NoticeKind.N7,  # what was handed over is not told to the unit
        )
        .order_by(Notice.signed_on, Notice.id)
    )
    return [
        {
            "number": row.number,
            "kind_label": row.kind.label,
            "signed_on": row.signed_on.isoformat(),
        }
        for row in rows
    ]
