"""No list is cut without a word: each says how long it is, and every row is on one of its pages."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest

from extensions import db, transaction
from issues.models import CovertNote, Instruction, Lookback
from issues.vocabulary import Status

ROWS, PER_PAGE = 210, 50
"""More than the two hundred at which a list was once cut."""
FIRST = date(2025, 12, 1)
AT = datetime(2025, 11, 24, 14, 10, tzinfo=UTC)


@pytest.fixture
def planned(make_issue):
    issue = make_issue(Status.CLOSED)
    return [
        Lookback(issue_id=issue.id, planned_on=FIRST + timedelta(days=n // 10), why=f"起因{n}号")
        for n in range(ROWS)
    ]


@pytest.fixture
def visited(people):
    return [
        CovertNote(
            title=f"暗访{n}号", findings="直排", at=AT + timedelta(minutes=n // 2), region="511902",
            place="三组", inspector_id=people.lin.id, created_at=AT,
        )
        for n in range(ROWS)
    ]  # fmt: skip


@pytest.fixture
def asked(make_issue, people):
    issue = make_issue()
    return [
        Instruction(
            issue_id=issue.id, leader_id=people.zhao.id, text=f"批示{n}号", given_on=FIRST,
            due_on=FIRST + timedelta(days=n % 7),
        )
        for n in range(ROWS)
    ]  # fmt: skip


@pytest.mark.by_turns
@pytest.mark.parametrize(
    ("rows", "name", "url"),
    [
        ("planned", "lin", "/lookbacks?view=due"),
        ("visited", "lin", "/covert"),
        ("asked", "sun", "/instructions"),
    ],
)
def test_every_row_is_on_one_of_its_pages(browser, request, rows, name, url):
    with transaction():
        db.session.add_all(request.getfixturevalue(rows))
    visitor, found, pages = browser.as_(name), [], 0
    page = visitor.get(url)
    total = int(re.search(r"共 (\d+) 条", page.text)[1])
    while page is not None:
        pages += 1
        found += re.findall(r"(?:起因|暗访|批示)(\d+)号", page.text)
        ahead = [link for link in page.tree.all("a") if link["rel"] == "next"]
        page = visitor.get(ahead[0]["href"]) if ahead else None

    assert sorted(map(int, found)) == list(range(ROWS))
    assert total == ROWS
    assert pages == -(-ROWS // PER_PAGE)
