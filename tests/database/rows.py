"""Tickets as bare rows, for tests of what the database itself does with them."""

from datetime import UTC, date, datetime

from extensions import db, transaction
from issues.models import Issue, IssueUnit
from issues.rules.dates.days import NEVER
from issues.vocabulary import DeadlineKind, Source, Status

DAY = date(2025, 11, 25)
MOMENT = datetime(2025, 11, 25, 4, 0, tzinfo=UTC)
CLAIMED = frozenset({Status.FIRST_ACCEPTANCE, Status.SITE_CHECK, Status.APPROVAL, Status.PUBLICITY})


def an_issue(number, status=Status.RECTIFYING, reaches=(), **fields):
    """A legal ticket of this status, not yet saved; `reaches` are pairs of unit and relation."""
    return Issue(
        **{
            "number": number,
            "source": Source.AF,
            "title": "某村生活污水直排",
            "problem": "生活污水未经处理直排沟渠。",
            "region": "511902",
            "deadline_kind": DeadlineKind.FIXED,
            "status": status,
            "yellow_from": NEVER,
            "red_from": NEVER,
            "policy": 0,
            "created_at": MOMENT,
            "reaches": [IssueUnit(unit=unit, relation=relation) for unit, relation in reaches],
            **facts_of(status),
            **fields,
        }
    )


def facts_of(status):
    """The columns a status is tied to."""
    return {
        "assigned_on": None if status is Status.DRAFT else DAY,
        "claimed_on": DAY if status in CLAIMED else None,
        "publicity_from": DAY if status is Status.PUBLICITY else None,
        "closed_on": DAY if status in {Status.CLOSED, Status.STANDING} else None,
    }


def save(*rows):
    with transaction():
        db.session.add_all(rows)
