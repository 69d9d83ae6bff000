"""The colour the database counts is the colour a page shows: one ladder, read two ways."""

import random
from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from rows import MOMENT, facts_of
from sqlalchemy import case, insert, select

from extensions import db
from issues.models import Issue
from issues.rules.colour import CARDLESS_LADDER, LADDER, computed_colour, shown_colour
from issues.rules.dates.days import NEVER
from issues.vocabulary import Colour, DeadlineKind, Source, Status

pytestmark = pytest.mark.both

FIRST = date(2025, 1, 1)
DAYS = [FIRST, date(2025, 11, 24), date(2025, 11, 25), date(2026, 1, 1), NEVER - timedelta(days=1)]
COUNT = 3000


def drawn_rows():
    """Every status and card with thresholds near the days asked for, on them, and never."""
    draw = random.Random(117)  # noqa: S311 - the same rows every time
    near = [day + timedelta(days=step) for day in DAYS[:-1] for step in (-1, 0, 1)] + [NEVER]
    statuses = [status for status in Status if status is not Status.MERGED]
    for number in range(COUNT):
        yield SimpleNamespace(
            number=f"N{number:05d}",
            status=draw.choice(statuses),
            yellow_from=draw.choice(near),
            red_from=draw.choice(near),
            card=draw.choice(["", "", "yellow", "red"]),
        )


def as_values(row):
    constant = {
        "version": 1, "source": Source.AF, "title": "题", "problem": "问题", "region": "511902",
        "deadline_kind": DeadlineKind.FIXED, "policy": 0, "created_at": MOMENT,
    }  # fmt: skip
    return constant | vars(row) | facts_of(row.status)


@pytest.fixture
def drawn(app):
    rows = list(drawn_rows())
    db.session.execute(insert(Issue), [as_values(row) for row in rows])
    return rows


@pytest.mark.parametrize(
    ("ladder", "in_python"), [(LADDER, shown_colour), (CARDLESS_LADDER, computed_colour)]
)
def test_the_ladder_in_sql_is_the_ladder_in_python(drawn, ladder, in_python):
    for day in DAYS:
        rungs = [(holds(Issue, day), colour.value) for colour, holds in ladder]
        in_sql = select(Issue.number, case(*rungs, else_=Colour.GREEN.value))
        counted = dict(db.session.execute(in_sql).all())

        assert counted == {row.number: in_python(row, day).value for row in drawn}
        assert set(counted.values()) == {colour.value for colour in Colour}
