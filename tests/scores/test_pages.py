"""The pages of the scores: who sees which, every point with its event, appeals, publishing."""

import io
import re
from datetime import date, datetime, time

import pytest
from openpyxl import load_workbook
from people import BAZHOU, BUREAU, ENYANG
from sqlalchemy import select

from auth.actor import SYSTEM
from auth.models import Unit
from extensions import db, transaction
from issues.ground import clock
from issues.models import ScoreAppeal, ScoreEntry, ScoreQuarter
from issues.queries.scores import appeals, points
from issues.scores import booking, publishing
from issues.vocabulary import Action, EntryKind, ScoreRule, ScoreState, Status

THIRD = {"year": 2025, "quarter": 3}
HOME = "/scores"
SAID = "红牌所依据的监测数据有误。"


def at(day):
    return datetime.combine(day, time(10), clock.SHANGHAI)


@pytest.fixture
def red(make_issue):
    """A red card of August on a ticket of 恩阳区, in 巴州区, led by the bureau; booked."""
    issue = make_issue(
        Status.RECTIFYING, found_on=date(2025, 7, 1), source="YD", primary_unit=ENYANG,
        region=BAZHOU, lead_unit=BUREAU,
    )  # fmt: skip
    day = at(date(2025, 8, 20))
    make_issue.act(Action.RAISE_CARD, issue, "sun", on=day, colour="red", reason="逾期")
    with transaction():
        booking.book(2025, SYSTEM, clock.now())
    return issue


def point(code=ENYANG, kind=EntryKind.BOOKING):
    db.session.rollback()
    rows = select(ScoreEntry).join(Unit, Unit.id == ScoreEntry.unit_id)
    rows = rows.where(Unit.code == code, ScoreEntry.rule == ScoreRule.RED, ScoreEntry.kind == kind)
    return db.session.scalars(rows).one()


def row_of(page, code):
    """Its figures; of a published quarter the paper stands beside them."""
    return next(
        row.text.removesuffix("尚未签发").strip()
        for row in page.tree.all("tr")
        if any(f"/scores/{code}?" in link["href"] for link in row.all("a"))
    )


def publish(people, *quarters):
    for quarter in quarters:
        with transaction():
            publishing.publish(2025, quarter, people.he, clock.now())


def test_every_unit_stands_in_its_own_order_with_its_halves_and_its_formula(browser, red):
    page = browser.as_("he").get(HOME, **THIRD)
    counties = [link for link in page.links if link.startswith("/scores/5119") and "?" in link]

    assert "过程分50−" in page.text
    assert "按初始规则计算" in page.text
    assert "不排名次" in page.text
    rows = db.session.scalars(
        select(Unit.code).where(Unit.kind.in_(booking.SCORED)).order_by(Unit.position)
    )
    shown = [link.split("/")[2].partition("?")[0] for link in counties]
    assert set(shown) == set(rows)
    for name in ("sun", "zhou", "zhao", "he"):
        assert f"/scores/{ENYANG}?year=2025&quarter=3" in browser.as_(name).get(HOME, **THIRD).links


def test_a_unit_sees_its_own_points_and_nobody_elses(browser, red):
    wu = browser.as_("wu")
    page = wu.get(HOME, **THIRD)
    assert [one for one in page.links if one.startswith("/scores/5")] == [
        f"/scores/{ENYANG}?year=2025&quarter=3"
    ]
    own = wu.get(f"{HOME}/{ENYANG}", **THIRD)
    assert "−2×100%×1.5＝−3" in own.text
    event = f"/issues/{red.number}#event-{point().event_id}"
    assert event in own.links
    told = wu.get(f"/issues/{red.number}").tree.one("li", id=f"event-{point().event_id}")
    assert "挂牌" in told.text
    for code in (BAZHOU, "511900-HWB", "none"):
        wu.get(f"{HOME}/{code}", 404)
    browser.as_("sysadmin").get(HOME, 403)


@pytest.mark.parametrize("url", [HOME, f"{HOME}/{ENYANG}"])
def test_a_page_of_scores_asks_the_same_of_many_points(browser, make_issue, red, url):
    he = browser.as_("he")
    he.get(url, **THIRD)
    few = len(he.get(url, **THIRD).statements)
    for day in range(1, 9):
        issue = make_issue(
            Status.RECTIFYING, found_on=date(2025, 7, 1), primary_unit=ENYANG, region=ENYANG
        )
        told = at(date(2025, 9, day))
        make_issue.act(Action.RAISE_CARD, issue, "sun", on=told, colour="red", reason="逾期")
    with transaction():
        booking.book(2025, SYSTEM, clock.now())

    assert len(he.get(url, **THIRD).statements) == few <= 30


def test_the_leader_appeals_and_the_performance_office_restores_the_point(browser, red):
    entry = point()
    url, lead = f"{HOME}/appeals/{entry.id}", browser.as_("wulead")
    assert f"{url}/new" in lead.get(f"{HOME}/{ENYANG}", **THIRD).links
    assert lead.post(f"{url}/new", 422, text="").error("text")
    said = lead.post(f"{url}/new", text=SAID)
    assert "申诉待裁定" in said.text
    lead.get(f"{url}/new", 409)

    he = browser.as_("he")
    work = he.get("/")
    assert url in work.links
    assert url in he.get(f"{HOME}/appeals").links
    assert SAID in he.get(url).text
    assert he.post(url, 422, decision="uphold", reason="").error("reason")
    ruled = he.post(url, decision="uphold", reason="核实属实")
    assert "申诉成立" in ruled.text
    he.send(url, 409, **he.bare({"decision": "reject", "reason": "再看"}))
    assert url not in he.get("/").links

    again = lead.get(f"{HOME}/{ENYANG}", year=2025).text
    assert "申诉恢复" in again
    assert "核实属实" in again
    assert point(kind=EntryKind.RESTORED).value == 3


@pytest.mark.parametrize(("name", "status"), [("wu", 403), ("chenlead", 404), ("he", 403)])
def test_nobody_but_the_leader_of_its_unit_appeals(browser, red, name, status):
    url = f"{HOME}/appeals/{point().id}/new"
    visitor = browser.as_(name)
    visitor.get(url, status)
    visitor.send(url, status, **visitor.bare({"text": SAID}))

    assert db.session.scalars(select(ScoreAppeal)).all() == []
    browser.as_("wulead").get(f"{HOME}/appeals/{point().id}", 403)


def test_what_took_nothing_away_is_not_appealed(browser, red):
    entry = point()
    with transaction():
        db.session.get_one(ScoreEntry, entry.id).value = 0
    lead, url = browser.as_("wulead"), f"{HOME}/appeals/{entry.id}/new"

    assert url not in lead.get(f"{HOME}/{ENYANG}", **THIRD).links
    lead.send(url, 409, **lead.bare({"text": SAID}))


def test_an_appeal_names_files_of_its_ticket_in_sight(browser, make_issue, red):
    file = make_issue.evidence(red, name="wu")
    entry, lead = point(), browser.as_("wulead")
    url = f"{HOME}/appeals/{entry.id}/new"
    assert "佐证材料" in lead.send(url, 422, **lead.bare({"text": SAID, "evidence": "999"})).text
    lead.send(url, **lead.bare({"text": SAID, "evidence": str(file.id)}))

    ruling = browser.as_("he").get(f"{HOME}/appeals/{entry.id}")
    assert f"/issues/{red.number}/evidence/{file.id}" in ruling.links


def test_a_quarter_is_shown_before_it_is_published_and_fixed_after(browser, people, red):
    publish(people, 1, 2)
    he = browser.as_("he")
    assert f"{HOME}/publish" in he.get("/").links
    shown = he.get(f"{HOME}/publish")
    assert "公布2025年第3季度得分" in shown.text
    browser.as_("sun").get(f"{HOME}/publish", 403)
    before = row_of(he.get(HOME, **THIRD), ENYANG)

    done = he.post(f"{HOME}/publish")
    assert "不再变动" in done.text
    assert row_of(done, ENYANG) == before
    browser.as_("wulead").post(f"{HOME}/appeals/{point().id}/new", text=SAID)
    he.post(f"{HOME}/appeals/{point().id}", decision="uphold", reason="核实属实")

    assert row_of(he.get(HOME, **THIRD), ENYANG) == before
    later = he.get(f"{HOME}/{ENYANG}", year=2025, quarter=4).text
    assert "2025年第3季度的得分已经公布，这一条记入2025年第4季度" in later
    assert "没有可以公布的季度" in he.get(f"{HOME}/publish").text
    he.send(f"{HOME}/publish", 409, **he.bare({"year": "2025", "quarter": "3"}))
    assert len(db.session.scalars(select(ScoreQuarter)).all()) == 3


def test_the_workbook_holds_the_figures_of_the_page_within_sight(browser, red):
    def sheets(name):
        body = browser.as_(name).get("/scores.xlsx", **THIRD).answer.data
        book = load_workbook(io.BytesIO(body))
        return [[[cell.value for cell in row] for row in book[title]] for title in ("得分", "记分")]

    totals, lines = sheets("he")
    row = next(row for row in totals if row[1] == "恩阳区")
    assert row[2] in row_of(browser.as_("he").get(HOME, **THIRD), ENYANG)
    assert row[5] in row_of(browser.as_("he").get(HOME, **THIRD), ENYANG)
    assert {"恩阳区", "巴州区", "市生态环境局"} <= {line[0] for line in lines}
    totals, lines = sheets("wu")
    assert {line[0] for line in lines[2:]} == {"恩阳区"}
    assert "巴州区" not in str(totals)


def test_a_year_without_points_leads_on(browser, people):
    page = browser.as_("he").get(HOME, year=2024)
    assert "2024年还没有记分" in page.text
    assert "/policy" in page.links
    assert "还没有申诉" in browser.as_("he").get(f"{HOME}/appeals").text
    assert "还没有开始" in browser.as_("he").get(HOME, year=2030).text


def test_a_rejected_appeal_shows_its_reason(browser, red):
    browser.as_("wulead").post(f"{HOME}/appeals/{point().id}/new", text=SAID)
    he = browser.as_("he")
    page = he.post(f"{HOME}/appeals/{point().id}", decision="reject", reason="数据无误")

    assert "数据无误" in page.text
    assert db.session.scalars(select(ScoreAppeal)).one().state is ScoreState.REJECTED


def test_a_page_past_the_end_of_each_list_is_the_last_one(browser, make_issue, red, monkeypatch):
    second = make_issue(found_on=date(2025, 7, 1), primary_unit=ENYANG, region=ENYANG)
    day = at(date(2025, 9, 3))
    make_issue.act(Action.RAISE_CARD, second, "sun", on=day, colour="red", reason="逾期")
    with transaction():
        booking.book(2025, SYSTEM, clock.now())
    rows = select(ScoreEntry.id).join(Unit, Unit.id == ScoreEntry.unit_id)
    reds = rows.where(Unit.code == ENYANG, ScoreEntry.rule == ScoreRule.RED)
    for entry in db.session.scalars(reds).all():
        browser.as_("wulead").post(f"{HOME}/appeals/{entry}/new", text=SAID)
    for listed in (points, appeals):
        monkeypatch.setattr(listed, "PER_PAGE", 1)

    for url in (f"{HOME}/{ENYANG}?year=2025", f"{HOME}/appeals?"):
        he = browser.as_("he")
        first = he.get(f"{url}&page=1")
        pages = int(re.search(r"第 1/(\d+) 页", first.text)[1])
        assert pages > 1
        beyond = he.get(f"{url}&page=9999").tree.one("main").text
        assert beyond == he.get(f"{url}&page={pages}").tree.one("main").text
        assert beyond != first.tree.one("main").text
