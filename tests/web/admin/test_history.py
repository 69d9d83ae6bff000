"""The auditor finds acts by act, person, subject and day, and takes along exactly what is found."""

import io
from datetime import date, timedelta
from itertools import product

import openpyxl
import pytest
from sqlalchemy import select

from auth.models import Unit
from extensions import db, transaction
from issues import audit
from issues.ground import clock
from issues.models import Event, Issue
from issues.queries.admin import history
from issues.queries.admin.history import Wanted, count, every, records
from issues.vocabulary import AccessAct, Action, BesideAct, Subject, UnitAct

pytestmark = pytest.mark.both
DAYS = (clock.today() - timedelta(days=2), clock.today())


@pytest.fixture
def acted(people, make_issue):
    """Acts of two persons on two tickets, an account and a unit, on two days."""
    first, second = make_issue(), make_issue()
    unit = db.session.scalars(select(Unit).order_by(Unit.id)).first()
    acts = (
        (Subject.TICKET, first.id, Action.CLOSE), (Subject.TICKET, second.id, Action.CLOSE),
        (Subject.TICKET, second.id, BesideAct.EXPORT_DOSSIER),
        (Subject.ACCOUNT, people.sun.id, AccessAct.EXPORT), (Subject.UNIT, unit.id, UnitAct.AMEND),
    )  # fmt: skip
    with transaction():
        for (subject, id_, act), day, who in product(acts, DAYS, (people.sun, people.zhou)):
            at = clock.now() + (day - clock.today())
            audit.record(subject, id_, act, who, at=at, reason="=1+1，理由")
    return first.number, second.number, unit.short_name


def by_hand(rows, names, wanted):
    """The same filter over all rows, in Python."""
    subject, _, act = wanted.act.rpartition(".")
    return [
        row.id
        for row in reversed(rows)
        if (not wanted.subject or row.subject == wanted.subject)
        and (not act or row.action == act)
        and (not subject or row.subject == subject)
        and wanted.actor in row.actor
        and (not wanted.name or wanted.name in names.get((row.subject, row.subject_id), ""))
        and (not wanted.since or row.on >= wanted.since)
        and (not wanted.until or row.on <= wanted.until)
    ]


def test_each_filter_and_all_together_find_what_a_recount_finds(acted, people, monkeypatch):
    monkeypatch.setattr(history, "AT_ONCE", 3)
    first, _second, called = acted
    rows = db.session.scalars(select(Event).order_by(Event.id)).all()
    numbers = db.session.execute(select(Issue.id, Issue.number))
    names = {("ticket", id_): number for id_, number in numbers}
    units = db.session.scalars(select(Unit)).all()
    names |= {("unit", unit.id): f"{unit.short_name} {unit.name}" for unit in units}
    names[("account", people.sun.id)] = "sun"
    asked = product(  # every filter with every other
        ("", "ticket"), ("", "export", "ticket.close", "unit.export"),
        ("", people.sun.display_name), ("", first, called, "sun", "%"), (None, DAYS[1]),
        (None, DAYS[0]),
    )  # fmt: skip
    for subject, act, actor, name, since, until in asked:
        wanted = Wanted(subject, act, actor, name, since, until)
        expected = by_hand(rows, names, wanted)

        assert [line.id for line in records(wanted).lines] == expected[: history.PER_PAGE]
        assert count(wanted) == len(expected)
        assert [line.id for lines in every(wanted) for line in lines] == expected


def test_the_file_holds_the_rows_of_every_page_and_is_in_the_history(browser, acted, monkeypatch):
    monkeypatch.setattr(history, "PER_PAGE", 3)
    auditor = browser.as_("auditor")
    url = f"/history?name={acted[0]}&since={DAYS[1]}"
    page = auditor.get(url)
    shown = [cell.text for cell in page.tree.all("td", data_label="摘要")]
    (link,) = (one for one in page.tree.all("a") if "导出表格" in one.text)
    file = auditor.get(link["href"]).answer
    sheet = openpyxl.load_workbook(io.BytesIO(file.get_data())).active
    cells = [[cell.value for cell in row] for row in sheet.iter_rows()]
    digests = [row[10] for row in cells[3:]]

    assert f"事项“{acted[0]}”、自{DAYS[1]}" in cells[0][0]
    assert "共 2 条" in page.text
    assert len(shown) == len(digests) == 2
    assert [digest[:12] for digest in digests] == shown
    assert cells[3][9] == "=1+1，理由"
    assert sheet.cell(4, 10).data_type == "s"
    db.session.rollback()
    last = db.session.scalars(select(Event).order_by(Event.id.desc())).first()
    assert (last.action, last.reason or last.detail["route"]) == ("export", "GET /history.xlsx")
    for name in ("sun", "sysadmin", "secadmin", "chen"):
        browser.as_(name).get("/history.xlsx", 403)


def test_pages_lead_on_with_their_filter_and_too_long_a_file_says_what_to_change(
    browser, acted, monkeypatch
):
    monkeypatch.setattr(history, "PER_PAGE", 3)
    monkeypatch.setattr("issues.web.admin.history.MOST", 3)
    auditor = browser.as_("auditor")
    page = auditor.get("/history", act="ticket.close")
    older = page.tree.all("a", rel="next")[0]["href"]

    assert "act=ticket.close" in older
    assert "共 8 条。一份文件至多3条" in page.text
    assert "回到最近的记录" in auditor.get(older).text
    assert "请缩小日期范围" in auditor.get("/history.xlsx?act=ticket.close", 422).text
    assert auditor.get("/history", act="of_old").text.count("没有符合条件的记录") == 1
    few = len(auditor.get("/history", until=str(date(2000, 1, 1))).statements)
    assert len(auditor.get("/history").statements) <= few + len(Subject)
