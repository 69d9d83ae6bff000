"""What is told of each ticket: its goal, its progress, the rules that fired, earlier notices.

However many tickets a notice has, they are read in eight statements.
"""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from sqlalchemy import Date, Select, Text, cast, func, literal, null, select, union_all

from auth.models import Unit
from extensions import db
from issues.models import Card, Issue, IssueUnit, Measure, Notice, NoticeIssue, Region
from issues.notices.facts.letterhead import full_name
from issues.notices.facts.past import whole_past_of
from issues.notices.kinds import name_of
from issues.notices.kinds.past import PastFacts
from issues.notices.kinds.shape import (
    CardFacts,
    EarlierFacts,
    IssueFacts,
    MeasureFacts,
    ReasonFacts,
)
from issues.regions import names_below
from issues.rules.colour import folded
from issues.rules.firings import Firing
from issues.vocabulary import (
    UNPLANNED,
    Colour,
    NoticeKind,
    NoticeStatus,
    RegionKind,
    Relation,
)

_CARD, _NOTICE, _REGION, _UNIT = "card", "notice", "region", "unit"


class Beside(NamedTuple):
    """What lies beside one ticket."""

    region: str
    card: CardFacts | None
    earlier: list[EarlierFacts]
    units: dict[str, list[str]]


def issues_facts(issues: Sequence[Issue], on: date) -> list[IssueFacts]:
    """As they stand on the day; what is not known is left empty."""
    ids = [issue.id for issue in issues]
    if not ids:
        return []
    measures, beside, past = _measures(ids), _beside(ids), whole_past_of(issues, on)
    return [
        _facts(issue, on, measures[issue.id], beside[issue.id], past[issue.id]) for issue in issues
    ]


def named_facts(issues: Sequence[Issue]) -> list[IssueFacts]:
    """Of `issues_facts` what a title names. One statement."""
    regions = names_below({issue.region for issue in issues})
    return [_named(issue) | {"region_name": regions.get(issue.region, "")} for issue in issues]


def _named(issue: Issue) -> IssueFacts:
    return {
        "number": issue.number,
        "title": issue.title,
        "primary_unit": full_name(issue.primary_unit) if issue.primary_unit else "",
        "lead_unit": full_name(issue.lead_unit) if issue.lead_unit else "",
    }


def _facts(
    issue: Issue, on: date, measures: list[Measure], beside: Beside, past: PastFacts
) -> IssueFacts:
    planned = [row for row in measures if row.round == issue.round]
    return _named(issue) | {
        "source_label": issue.source.label,
        "source_ref": issue.source_ref or issue.case_number,
        "problem": issue.problem,
        "goal": issue.goal,
        "criteria": issue.criteria,
        "deadline": _iso(issue.deadline),
        "deadline_text": issue.deadline_text,
        "sponsor": issue.sponsor,
        "region_name": beside.region,
        "status_label": issue.status.label,
        "round": issue.round,
        "progress": [] if issue.status in UNPLANNED else [_measure(row) for row in planned],
        "reasons": _reasons(issue, on),
        "card": beside.card,
        "earlier_notices": beside.earlier,
        "past": past,
        "units": beside.units,
    }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _measures(ids: list[int]) -> dict[int, list[Measure]]:
    rows = select(Measure).where(Measure.issue_id.in_(ids), Measure.dropped_at.is_(None))
    found: dict[int, list[Measure]] = {id_: [] for id_ in ids}
    for row in db.session.scalars(rows.order_by(Measure.issue_id, Measure.no)):
        found[row.issue_id].append(row)
    return found


def _measure(row: Measure) -> MeasureFacts:
    """Only what a reviewer has confirmed counts."""
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
    """As the screens list them; the lighter rule within a graver one is kept with it, unprinted."""
    found = [Firing.from_document(document) for document in issue.firings]
    return [
        _reason(one.firing, on)
        | ({"within": [_reason(lighter, on) for lighter in one.within]} if one.within else {})
        for one in folded(found, on)
    ]


def _reason(firing: Firing, on: date) -> ReasonFacts:
    found: ReasonFacts = {
        "rule": firing.rule.value,
        "label": firing.rule.label,
        "since": firing.since.isoformat(),
        "because": firing.because(on),
        "remedy": firing.remedy(on),
    }
    measure = firing.facts.get("measure")
    return found if measure is None else found | {"measure": measure}


def _beside(ids: list[int]) -> dict[int, Beside]:
    """Standing cards, signed notices, the names of regions and of units, in one statement."""
    no_day, no_text = cast(null(), Date), cast(null(), Text)
    cards = select(
        Card.issue_id.label("issue"), literal(_CARD).label("what"), Card.id.label("order"),
        cast(Card.colour, Text).label("code"), cast(Card.reason, Text).label("text"),
        Card.raised_on.label("on"), no_text.label("told"),
    ).where(Card.issue_id.in_(ids), Card.lifted_on.is_(None))  # fmt: skip
    notices = (
        select(
            NoticeIssue.issue_id, literal(_NOTICE), Notice.id, cast(Notice.kind, Text),
            cast(Notice.number, Text), Notice.signed_on,
            func.coalesce(Notice.facts["outcome"]["what"].as_string(),
                          Notice.facts["form"].as_string()),
        )
        .join(Notice, Notice.id == NoticeIssue.notice_id)
        .where(
            NoticeIssue.issue_id.in_(ids),
            Notice.status == NoticeStatus.SIGNED,
            Notice.centre_id.is_(None),
            Notice.kind != NoticeKind.N7,  # what was handed over is not told to the unit
        )
    )  # fmt: skip
    regions = (
        select(
            Issue.id, literal(_REGION), Region.id, no_text, cast(Region.name, Text), no_day, no_text
        )
        .join(Region, Region.code == Issue.region)
        .where(Issue.id.in_(ids), Region.kind != RegionKind.CITY)
    )
    rows: Sequence[Any] = db.session.execute(union_all(cards, notices, regions, _units(ids))).all()
    return {id_: _beside_one([row for row in rows if row.issue == id_]) for id_ in ids}


def _units(ids: list[int]) -> Select[int, str, int, str, str, date, str]:
    """Who stands to it in which relation, as rows of the statement above."""
    return (
        select(
            IssueUnit.issue_id, literal(_UNIT), IssueUnit.position, cast(IssueUnit.relation, Text),
            cast(Unit.name, Text), cast(null(), Date), cast(Unit.short_name, Text),
        )
        .join(Unit, Unit.id == IssueUnit.unit_id)
        .where(IssueUnit.issue_id.in_(ids))
    )  # fmt: skip


def _beside_one(rows: list[Any]) -> Beside:
    by_kind: dict[str, list[Any]] = {_CARD: [], _NOTICE: [], _REGION: [], _UNIT: []}
    for row in sorted(rows, key=lambda row: row.order):
        by_kind[row.what].append(row)
    cards: list[CardFacts] = [
        {"label": f"{Colour(row.code).label}牌", "on": row.on.isoformat(), "reason": row.text}
        for row in by_kind[_CARD]
    ]
    earlier: list[EarlierFacts] = [
        {
            "number": row.text,
            "kind_label": _called(row),
            "signed_on": row.on.isoformat(),
        }
        for row in by_kind[_NOTICE]
    ]
    region = by_kind[_REGION][0].text if by_kind[_REGION] else ""
    return Beside(region, cards[0] if cards else None, earlier, _called_units(by_kind[_UNIT]))


def _called_units(rows: list[Any]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for row in rows:
        names = found.setdefault(Relation(row.code).label, [])
        names += [name for name in (row.text, row.told) if name not in names]
    return found


def _called(row: Any) -> str:
    """By the name of the very paper, as its heading says."""
    return name_of(NoticeKind(row.code), {"outcome": {"what": row.told}, "form": row.told})
