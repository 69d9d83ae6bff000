"""Moments and figures come back from both databases as they went in."""

import random
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal

import pytest
from rows import an_issue, save
from sqlalchemy import select
from sqlalchemy.exc import StatementError

from auth.models import SignIn
from extensions import db
from issues.ground.clock import SHANGHAI
from issues.models import Measure

pytestmark = pytest.mark.both

MOMENTS = [
    datetime(2025, 11, 25, 0, 0, tzinfo=SHANGHAI),
    datetime(2025, 11, 25, 23, 59, 59, 999_999, tzinfo=SHANGHAI),
    datetime(2025, 11, 24, 16, 0, tzinfo=UTC),
    datetime(1988, 7, 1, 12, 0, tzinfo=SHANGHAI),  # summer time was kept in those years
    datetime(2025, 1, 1, 3, 4, 5, 678, tzinfo=timezone(-timedelta(hours=9, minutes=30))),
]
FIGURES = [
    "0", "0.1", "-0.1", "60", "0.30000000000000004", "12345678901234567890.123456789",
    "100.00", "1E+3", "0.0000000001",
]  # fmt: skip


def test_a_moment_without_a_zone_is_refused(people):
    moment = datetime(2025, 11, 25, 9)  # noqa: DTZ001 - what is to be refused
    with pytest.raises(StatementError, match="names no zone"):
        save(SignIn(digest="d", user_id=people.chen.id, started_at=moment, seen_at=moment))
    db.session.rollback()

    with pytest.raises(StatementError, match="names no zone"):
        db.session.scalars(select(SignIn).where(SignIn.seen_at < moment)).all()


@pytest.mark.parametrize("moment", MOMENTS)
def test_a_moment_is_the_same_instant_and_knows_its_zone(people, moment):
    save(SignIn(digest="d", user_id=people.chen.id, started_at=moment, seen_at=moment))
    db.session.expire_all()

    kept = db.session.scalars(select(SignIn)).one().seen_at

    assert kept == moment
    assert kept.utcoffset() == timedelta(0)


def test_moments_are_ordered_by_time_and_not_by_their_words(people):
    for number, moment in enumerate(MOMENTS):
        save(SignIn(digest=f"{number}", user_id=people.chen.id, started_at=moment, seen_at=moment))

    kept = db.session.scalars(select(SignIn.seen_at).order_by(SignIn.seen_at)).all()

    assert kept == sorted(MOMENTS)


@pytest.fixture
def keep(people):
    def kept(figure):
        issue = an_issue("BZ-AF-2025-001")
        save(issue)
        unit = people.unit("511902")
        save(Measure(issue_id=issue.id, round=1, no=1, text="治理", unit=unit, target=figure))
        db.session.expire_all()
        return db.session.scalars(select(Measure.target)).one()

    return kept


@pytest.mark.parametrize("figure", FIGURES)
def test_a_figure_keeps_every_digit(keep, figure):
    assert keep(Decimal(figure)) == Decimal(figure)


def test_no_figure_stays_none(keep):
    assert keep(None) is None


def test_thousands_of_figures_keep_every_digit(people):
    draw = random.Random(20251125)  # noqa: S311 - the same figures every time
    figures = [Decimal(draw.randrange(10**12)).scaleb(-draw.randrange(9)) for _ in range(2000)]
    issue = an_issue("BZ-AF-2025-001")
    save(issue)
    issue_id, unit_id = issue.id, people.unit("511902").id
    db.session.rollback()
    rows = [
        {"issue_id": issue_id, "round": 1, "no": no, "text": "", "unit_id": unit_id, "target": one}
        for no, one in enumerate(figures)
    ]
    with db.engine.begin() as connection:
        connection.execute(Measure.__table__.insert(), _with_defaults(rows))

    assert db.session.scalars(select(Measure.target).order_by(Measure.no)).all() == figures


def _with_defaults(rows):
    bare = {"person": "", "deadline_text": "", "unit_of_target": "", "progress": ""}
    flags = {"is_reported_done": False, "is_done": False, "original": {}}
    return [row | bare | flags for row in rows]
