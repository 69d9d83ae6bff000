"""A day lies between those its form says; what lies beyond is refused by the same bound."""

import re
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, strategies as st

from issues.act_fields.bound import as_meant, beyond_today
from issues.act_fields.field import COMING, PAST, Field, optional
from issues.rules.dates.days import written

ROOT = Path(__file__).parents[2]
DAYS = st.dates(date(2020, 1, 1), date(2035, 12, 31))
ROWS = (optional("by", "date", "完成日期", when=COMING),)
FIELDS = (
    Field("on", "date", "发现日期", when=PAST),
    Field("due", "date", "完成时限", hint="不填为整改时限", when=COMING),
    Field("any", "date", "日期"),
    Field("points", "rows", "要求", fields=ROWS),
)
TELLS = re.compile(r"不能(?:晚|早)于今天")
BY_THEMSELVES = {
    "issues/rules/dates/bounds.py": "the sentences themselves",
    "issues/evidence/clearances.py": "its two sentences name the day it was reckoned from",
    "issues/exchange/reading/words/target_columns.py": "a cell of a workbook, not of a form",
    "issues/supervision/rulebook.py": "names the day, and is told at the command line too",
}


@given(DAYS, DAYS)
def test_what_is_said_is_what_is_refused(today, day):
    told = {one.name: one for one in as_meant(FIELDS, today)}

    refused = beyond_today(FIELDS, {"on": day, "due": day, "any": day}, today)

    for name in ("on", "due", "any"):
        first, last = told[name].first or day, told[name].last or day
        assert (name in refused) is not (first <= day <= last)
    cell = told["points"].fields[0]
    assert (cell.first, cell.last) == (today, None)


def test_the_words_stand_beside_the_field_and_of_a_cell_beside_its_list():
    today = date(2025, 11, 25)
    on, due, free, points = as_meant(FIELDS, today)

    assert on.hint == f"最迟{written(today)}。"
    assert due.hint == f"不填为整改时限。最早{written(today)}。"
    assert free.hint == ""
    assert points.hint == f"完成日期：最早{written(today)}。"


def test_no_room_refuses_a_day_in_words_of_its_own():
    telling = {
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "issues").rglob("*.py")
        if TELLS.search(path.read_text(encoding="utf-8"))
    }

    assert telling == BY_THEMSELVES.keys()


@pytest.mark.parametrize(
    ("name", "url", "field"),
    [
        ("lin", "/covert/new", "at"),
        ("lin", "/leads/new", "at"),
        ("sun", "/issues/{number}/readings", "sampled_on"),
        ("chen", "/issues/{number}/readings", "sampled_on"),
        ("sun", "/admin/maps", "dated_on"),
    ],
)
def test_the_form_says_it(browser, make_issue, name, url, field):
    page = browser.as_(name).get(url.format(number=make_issue().number))

    (drawn,) = page.tree.all("input", name=field)
    assert drawn["max"][:10] == "2025-11-25"


def test_a_reading_of_tomorrow_is_refused_at_its_field(browser, make_issue):
    url = f"/issues/{make_issue().number}/readings"
    tomorrow = date(2025, 11, 25) + timedelta(days=1)
    said = {"pollutant": "氨氮", "value": "3", "unit_of_value": "mg/L", "laboratory": "市站"}

    page = browser.as_("chen").post(url, 422, sampled_on=tomorrow.isoformat(), **said)

    assert page.error("sampled_on") == "采样日期不能晚于今天"
