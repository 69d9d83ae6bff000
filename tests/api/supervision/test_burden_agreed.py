"""基层减负: whatever units did, page, API and workbook say the same of it, and add up."""

import io
from datetime import datetime

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st
from openpyxl import load_workbook
from pressed import planned
from sqlalchemy import select

from extensions import db, transaction
from issues import audit
from issues.burden.forms import FORMS, RETURNED
from issues.ground.clock import SHANGHAI
from issues.models import Issue, Notice
from issues.queries.burden.figures import COUNTED
from issues.vocabulary import ReturnGround, Subject

NAMES = ["text", "plan", "evidence", "name", "phone"]
GROUNDS = ["", *(one.value for one in ReturnGround)]
ACTS = [(one.subject, one.act) for one in FORMS] + list(RETURNED)
HAPPENED = st.lists(
    st.tuples(
        st.sampled_from(ACTS), st.sampled_from(["chenlead", "wulead", "sun"]),
        st.integers(1, 11), st.sampled_from(GROUNDS), st.integers(0, 3), st.integers(0, 2),
    ),
    max_size=12,
)  # fmt: skip


@pytest.fixture
def subjects(browser, people):
    """A ticket of 巴州区 and a paper on it."""
    issue = planned(people)
    browser.as_("sun").post("/notices", via="/notices/new", kind="N3", issues=issue.number)
    notice = db.session.scalars(select(Notice)).first()
    return {Subject.TICKET: db.session.get(Issue, issue.id).id, Subject.NOTICE: notice.id}


def enact(subjects, people, happened):
    for (subject, act), who, month, ground, asked, filled in happened:
        detail = {"ground": ground} if ground else {}
        if (subject, act) not in RETURNED:
            detail = {"asked": NAMES[:asked], "filled": NAMES[3 : 3 + filled]}
        at = datetime(2025, month, 3, 9, tzinfo=SHANGHAI)
        audit.record(subject, subjects[subject], act, people[who], at=at, detail=detail)


def of_page(page, table):
    """The sums of one table of the page, by what its rows are called."""
    found = page.tree.one("section", id=table).one("table").all("tr")[1:]
    rows = [[cell.text.strip() for cell in row.all("td")] for row in found]
    return {row[0]: tuple(map(int, row[1:])) for row in rows}


def of_book(answer):
    rows = list(load_workbook(io.BytesIO(answer)).worksheets[0].iter_rows(values_only=True))
    start = next(place for place, row in enumerate(rows) if row[0] == "单位") + 1
    return {row[0]: tuple(row[1:7]) for row in rows[start:] if row[0]}


def of_api(told, part):
    return {one["name"]: tuple(one[what] for what in COUNTED) for one in told[part]}


@settings(max_examples=8, deadline=None,
          suppress_health_check=[HealthCheck.function_scoped_fixture])  # fmt: skip
@given(happened=HAPPENED)
def test_page_api_and_workbook_say_the_same_and_add_up(browser, api, people, subjects, happened):
    """The history only grows, so each example comes on top of those before it."""
    before = api.sun.get("/burden?year=2025").json["total"]
    with transaction():
        enact(subjects, people, happened)
    told = api.sun.get("/burden?year=2025").json
    page = browser.as_("sun").get("/burden", year=2025)
    book = of_book(browser.as_("sun").get("/burden.xlsx", year=2025).answer.data)

    total = tuple(told["total"][what] for what in COUNTED)
    for part in ("units", "acts", "months"):
        assert of_page(page, part) == of_api(told, part)
        assert tuple(map(sum, zip(*of_api(told, part).values(), strict=True))) == total
    assert book == of_api(told, "units") | {"合计": total}
    added = {what: told["total"][what] - before[what] for what in COUNTED}
    filed = [one for one in happened if one[0] not in RETURNED]
    assert added["forms"] == len(filed)
    assert added["asked"] == sum(one[4] for one in filed)
    assert sum(added[what] for what in (*GROUNDS[1:], "unsaid")) == len(happened) - len(filed)
