"""The list of the first week: ticked off by rows, shown until it is done or put away."""

from datetime import date

from sqlalchemy import delete, update

from auth.models import Grant, Unit
from extensions import db, transaction
from issues.ground import clock
from issues.models import AssessmentRound, Notice, Setting
from issues.queries.worklist.first_week import Facts, first_week
from issues.vocabulary import COUNTY, NoticeStatus, Role, Status

TITLES = ("本市设置", "行政区域", "单位", "人员和角色", "第一份台账", "第一份文书", "第一次调度")


def done(visitor):
    items = visitor.get("/first-week").tree.one("section", class_="panel first-week").all("li")
    return [item["class"] == "is-done" for item in items]


def test_each_step_is_ticked_off_by_its_own_row(browser, people, make_issue):
    sun = browser.as_("sun")
    page = sun.get("/first-week")
    assert [item.all("b")[0].text for item in page.tree.one("ol").all("li")] == list(TITLES)
    assert done(sun) == [True, True, True, True, False, False, False]

    with transaction():
        db.session.get(Setting, "city").value = ""
    assert not done(sun)[0]
    with transaction():
        db.session.get(Setting, "city").value = "绵阳市"
    assert done(sun)[0]
    issue = make_issue(Status.ASSIGNED)
    assert done(sun)[4]
    with transaction():
        db.session.add(AssessmentRound(on=date(2025, 11, 20)))
    assert not done(sun)[6]
    assert len(sun.get("/").tree.one("section", class_="panel first-week").all("li")) == 2
    assert "已办：本市设置、行政区域、单位、人员和角色、第一份台账" in sun.get("/").text
    assert first_week(people.sun)[0] == Facts(*[True] * 5, False, False)
    assert issue.number in sun.get("/issues").text


def test_a_name_that_is_empty_and_a_role_that_is_missing_tick_nothing(people):
    with transaction():
        db.session.get(Setting, "city").value = ""
        db.session.execute(delete(Grant).where(Grant.role == Role.INSPECTOR))
    facts, is_away = first_week(people.sun)

    assert not facts.city
    assert not facts.people
    assert not is_away


def test_it_goes_when_all_is_done(browser, people, make_issue):
    make_issue(Status.ASSIGNED)
    with transaction():
        db.session.add(AssessmentRound(on=date(2025, 11, 20), closed_on=date(2025, 11, 21)))
    assert "第一周" in browser.as_("sun").get("/").text
    notice = db.session.query(Notice).first()
    assert notice is not None
    assert notice.status is NoticeStatus.DRAFT
    browser.as_("sun").sign(f"/notices/{notice.id}")

    assert all(first_week(people.sun)[0])
    assert "第一周" not in browser.as_("sun").get("/").text


def test_who_puts_it_away_has_it_away_and_may_have_it_back(browser):
    sun, sysadmin = browser.as_("sun"), browser.as_("sysadmin")
    page = sun.post("/first-week", via="/")

    assert not page.tree.all("section", class_="panel first-week")
    assert sysadmin.get("/").tree.all("section", class_="panel first-week")
    assert "/first-week" in sun.get("/help").links
    back = sun.post("/first-week", via="/first-week")
    assert back.heading == "第一周清单"
    assert sun.get("/").tree.all("section", class_="panel first-week")


def test_each_step_has_its_way_for_who_does_it_and_names_who_else(browser):
    office = browser.as_("sun").get("/first-week")
    admin = browser.as_("sysadmin").get("/first-week")

    assert "/admin/units/new" not in office.links
    assert "/issues/import" in office.links
    books = {"/admin/units/import", "/admin/accounts/import"}
    assert not books & office.links
    with transaction():  # what is done offers no way any more
        db.session.execute(delete(Grant).where(Grant.role == Role.INSPECTOR))
        db.session.execute(update(Unit).where(Unit.kind != COUNTY).values(kind=COUNTY))
    assert (
        books | {"/admin/units/new", "/admin/accounts/new"}
        <= browser.as_("sysadmin").get("/").links
    )
    assert "导入台账：市环委办经办" in admin.text
    browser.as_("chen").get("/first-week", 403)
    assert "第一周" not in browser.as_("chen").get("/").text
    assert clock.today() == date(2025, 11, 25)
