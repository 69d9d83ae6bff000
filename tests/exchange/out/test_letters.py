"""What a ledger of letters says of their handling comes in as fields and goes out as it stood."""

import io
from decimal import Decimal

import pytest
from brought import the_letters
from openpyxl import load_workbook
from sheets import COMPLAINTS
from sqlalchemy import select

from extensions import db
from issues.exchange.reading.extra_columns import HANDLED
from issues.ground.refusals import Incomplete
from issues.models import Issue
from issues.vocabulary import Action, Truth

pytestmark = pytest.mark.both
HEAD = 3


def told(content, head):
    """By the number of the letter, its cells by heading, empty ones left out."""
    sheet = load_workbook(io.BytesIO(content)).active
    heads = [str(cell.value or "").partition("(")[0].partition("（")[0] for cell in sheet[head]]
    for row in sheet.iter_rows(min_row=head + 1, values_only=True):
        yield {name: value for name, value in zip(heads, row, strict=True) if value is not None}


@pytest.fixture
def letters(people, shelf):
    the_letters(shelf)
    return {one.case_number: one for one in db.session.scalars(select(Issue))}


@pytest.mark.sqlite
def test_the_39_letters_say_of_their_handling_what_the_workbook_says(letters):
    with COMPLAINTS.open("rb") as file:
        rows = [row for row in told(file.read(), HEAD) if "受理编号" in row]
    lost = []
    for row in rows:
        issue = letters[row["受理编号"].lstrip("*★☆ ")]
        for name, heading in HANDLED.items():
            said, held = row.get(heading.partition("（")[0]), getattr(issue, name)
            held = held.label if isinstance(held, Truth) else held
            if said != (float(held) if isinstance(held, Decimal) else held or None):
                lost.append((issue.case_number, name, said, held))
    assert (len(rows), lost) == (39, [])


def test_a_field_of_a_letter_is_amended_and_a_fine_below_nothing_refused(letters, make_issue):
    issue = next(one for one in letters.values() if one.status.value == "rectifying")

    def amend(**fields):
        make_issue.act(Action.AMEND, issue, "sun", fields=fields, reason="补登查处情况")

    amend(fine="3.25", ordered="2", verified="partly")
    assert (issue.fine, issue.ordered, issue.verified) == (Decimal("3.25"), 2, Truth.PARTLY)
    with pytest.raises(Incomplete) as refused:
        amend(fine="-1")
    assert "不能小于0" in str(refused.value.errors)
