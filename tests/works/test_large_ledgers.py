"""A large ledger read, compared, written outside the request; the tab may close meanwhile."""

from dataclasses import replace

import pytest
from foreign import ALL_GIVEN, PLAIN
from page import Browser
from sheets import changed, short
from sqlalchemy import func, select
from workbooks import upload

from auth.actor import SYSTEM
from extensions import db
from issues.exchange import importing, judging
from issues.exchange.reading import understand
from issues.models import Event, Issue, LedgerImport, LongWork
from issues.vocabulary import Action, WorkState
from issues.web.exchange import large

GOAL, CRITERIA = "N5", "O5"


@pytest.fixture(autouse=True)
def _every_ledger_is_large(monkeypatch):
    monkeypatch.setattr(judging, "HEAVY", 0)


def count(model):
    return db.session.scalar(select(func.count()).select_from(model))


def bring_in(sun, work, content):
    """Uploaded and read: the page of what was understood."""
    at = upload(sun, content).url
    work()
    return sun.post(f"{at}/open", via=at)


def write(sun, home):
    """The page of how far the writing is."""
    return sun.post(f"{home}/confirm", via=f"{home}/confirm")


@pytest.mark.both
def test_a_tab_closed_on_the_way_loses_nothing(app, browser, work, monkeypatch):
    sun = browser.as_("sun")
    watched = upload(sun, short()).url
    home = f"/issues/import/{db.session.scalar(select(LedgerImport.id))}"
    assert "排队" in sun.get(watched).text
    assert "1 项进行中" in sun.get("/issues").text
    assert "查看进度" in sun.get(home).text

    assert work().state is WorkState.DONE
    monkeypatch.setattr(understand, "read_sheets", lambda _content: pytest.fail("read again"))
    later = Browser(app).as_("sun")  # another browser

    assert "1 项已结束" in later.get("/").text
    assert "识别台账" in later.get("/works").text
    assert "确认导入" in later.post(f"{watched}/open", via=watched).text
    assert "后台工作" not in later.get("/issues").text
    assert "0 处差异" in later.get(f"{home}/differences").text
    assert "不能取消" in write(later, home).text
    assert count(Issue) == 0
    assert work().state is WorkState.DONE
    assert count(Issue) > 0
    assert "已导入" in later.get("/issues/import").text


def test_the_same_asked_twice_is_one_piece(browser, work, monkeypatch):
    sun = browser.as_("sun")
    at = upload(sun, short()).url
    home = f"/issues/import/{db.session.scalar(select(LedgerImport.id))}"

    assert sun.send(f"{home}/read", **sun.bare({})).url == at
    assert count(LongWork) == 1
    work()
    written = write(sun, home).url
    assert write(sun, home).url == written
    other = sun.send(f"{home}/compare", expect=409, **sun.bare({}))
    assert "正在办理“导入台账”" in other.text
    with monkeypatch.context() as another:  # the same upload, asked for by somebody else
        another.setattr(large, "actor", lambda: replace(SYSTEM, id=1))
        assert "孙经办正在办理" in sun.send(f"{home}/compare", expect=409, **sun.bare({})).text
    work()
    sun.send(f"{home}/confirm", expect=409, **sun.bare({}))
    assert count(LongWork) == 2


@pytest.mark.postgresql
def test_a_difference_is_looked_at_once_more_before_it_is_taken_over(browser, work):
    sun = browser.as_("sun")
    write(sun, bring_in(sun, work, short()).url)
    work()
    twice = changed(short(), {GOAL: "示例：新的目标", CRITERIA: "示例：新的标准"})
    at = f"{bring_in(sun, work, twice).url}/differences"
    page = sun.get(at)
    codes = [box["value"] for box in page.tree.all("input", name="code")]
    assert len(codes) == 2
    assert "逐处再核对" in page.text
    other = f"{bring_in(sun, work, changed(twice, {'A1': '示例：再次上报'})).url}/differences"

    assert "已接受1处" in sun.send(other, **sun.bare({"code": codes[0]})).text
    taken = sun.send(at, **sun.bare({"code": codes}))

    assert "1处在您打开后已经变动" in taken.text
    assert "已接受1处" in taken.text
    amended = select(func.count()).where(Event.action == Action.AMEND.value)
    assert db.session.scalar(amended) == 2
    again = sun.post(at.replace("differences", "compare"), via=at)
    assert "与台账比对" in again.text
    work()
    assert "0 处差异" in sun.get(at).text


@pytest.mark.both
def test_what_fails_on_the_way_is_told_and_nothing_is_half_written(browser, work, monkeypatch):
    sun = browser.as_("sun")
    home = bring_in(sun, work, short()).url
    at = write(sun, home).url
    with monkeypatch.context() as broken:
        broken.setattr(importing.past, "fill", lambda _ids: 1 / 0)
        failed = work()

    assert (failed.state, count(Issue)) == (WorkState.FAILED, 0)
    page = sun.get(at)
    assert "没有写入任何内容" in page.text
    assert "1 项已结束" in page.text
    sun.post(f"{at}/again", via=at)
    assert work().state is WorkState.DONE
    assert count(Issue) > 0


def test_a_ledger_with_bad_cells_is_refused_as_a_small_one(browser, work):
    sun = browser.as_("sun")
    page = bring_in(sun, work, changed(short(), {"J5": "市水务局牵头", "R9": "尽快"}))

    assert "一条也不导入" in page.text
    at = sun.send(f"{page.url}/confirm", **sun.bare({})).url
    assert "2处需要改正" in work().error
    assert "2处需要改正" in sun.get(at).text
    assert count(Issue) == 0


def test_what_may_not_be_kept_is_gone_once_it_is_read(app, browser, work):
    sun, store = browser.as_("sun"), app.extensions["evidence"]
    at = upload(sun, changed(short(), {"F5": "机密★5年 某问题"})).url
    kept = db.session.scalar(select(LedgerImport.sha256))
    home = f"/issues/import/{db.session.scalar(select(LedgerImport.id))}"
    assert store.exists(kept)
    assert "机密" not in sun.get(home).text
    assert sun.get(f"{home}/match", 302).location.endswith(home)

    assert work().state is WorkState.FAILED
    assert "重新上传" in sun.get(at).text
    assert (count(LedgerImport), store.exists(kept)) == (0, False)


def test_columns_nobody_knows_are_asked_for_after_the_reading(browser, work):
    sun = browser.as_("sun")

    page = bring_in(sun, work, PLAIN.content)

    assert page.heading == "核对栏目"
    at = f"{page.url.removesuffix('/match')}/match"
    read = sun.send(at, **page.form(at).drawn() | {"name": "清江市清单"} | ALL_GIVEN)
    assert "识别台账" in read.text
    assert work().state is WorkState.DONE
    assert "按《清江市清单》识别" in sun.get(page.url).text


def test_a_workbook_that_is_none_is_told_at_once(browser):
    sun = browser.as_("sun")

    page = upload(sun, b"PK\x03\x04 no workbook", expect=422)

    assert "不是完整的Excel工作簿" in page.error("workbook")
    assert (count(LedgerImport), count(LongWork)) == (0, 0)
