"""Keepers: known with their past, given places and tickets, handed over whole, by workbook."""

import io
from datetime import timedelta

import pytest
import rosters_filled as filled
from openpyxl import load_workbook
from sqlalchemy import select

from auth.models import User
from extensions import db
from issues.ground import clock
from issues.models import Event, Issue, Keeper, Keeping
from issues.vocabulary import Status

HOME, IMPORT = "/keepers", "/keepers/import"
HEADS = ("级别", "区域", "问题编号", "姓名", "联系电话", "单位", "账号", "起始日期")
ROWS = (
    ("领导包片", "巴州区", "", "示例甲", "0827-1", "市水利局", "", "2025-01-31"),
    ("包段", "511903", "", "示例甲", "0827-1", "市水利局", "", ""),
    ("干部包户", "东城街道", "", "示例乙", "", "某镇", "chen", ""),
)


def made(browser, name, **said):
    page = browser.as_("sun").post(f"{HOME}/new", name=name, phone=f"0827-{name}", **said)
    db.session.rollback()
    return int(page.url.rsplit("/", 1)[1])


def give(browser, url, keeper, level="area", expect=200, **said):
    sun = browser.as_("sun")
    told = {"keeper": keeper, "level": level, "from_on": ""} | said
    return sun.send(url, expect, **sun.bare(told))


def standing():
    db.session.rollback()
    rows = select(Keeper.name, Keeping.level, Keeping.region, Issue.number)
    rows = rows.join(Keeping, Keeping.keeper_id == Keeper.id)
    rows = rows.outerjoin(Issue, Issue.id == Keeping.issue_id)
    found = db.session.execute(rows.where(Keeping.until_on.is_(None)))
    return {(row.name, row.level.value, row.region or row.number) for row in found}


def acts(keeper):
    rows = select(Event.action).where(Event.subject == "keeper", Event.subject_id == keeper)
    return list(db.session.scalars(rows.order_by(Event.seq)))


def upload(visitor, rows, changes=None):
    content = filled.workbook(HEADS, rows, changes)
    form = visitor.bare({"workbook": (io.BytesIO(content), "包保.xlsx")})
    return visitor.get(visitor.send(IMPORT, 303, follow=False, **form).location)


def test_a_keeper_is_known_by_an_account_or_a_telephone_and_ended_not_removed(browser):
    sun = browser.as_("sun")
    bad = sun.post(f"{HOME}/new", 422, name="", phone="", account="nobody")
    assert bad.error("name")
    assert "没有“nobody”" in bad.error("account")
    assert sun.post(f"{HOME}/new", 422, name="示例", phone="").error("phone")
    one = made(browser, "示例甲", account="chen")
    other = sun.post(f"{HOME}/new", 422, name="示例乙", account="chen")
    assert "已是包保人“示例甲”的" in other.error("account")
    assert "同名、同电话" in sun.post(f"{HOME}/new", 422, name="示例甲", phone="0827-示例甲").text

    url = f"{HOME}/{one}"
    assert sun.post(f"{url}/amend", 422, body="某局", reason="").error("reason")
    assert "无 → 某局" in sun.post(f"{url}/amend", body="某局", reason="调动").text
    give(browser, f"{HOME}/places/511902", one)
    sun.post(f"{url}/end", 409, reason="离任")
    sun.post("/keepers/release/1", reason="调整")
    assert "已停用" in sun.post(f"{url}/end", reason="离任").text
    assert f"{HOME}/{one}" in sun.get(HOME, q="示例甲").links
    db.session.rollback()
    assert acts(one) == ["add", "amend", "give", "release", "end"]
    browser.as_("lin").get(f"{HOME}/new", expect=403)
    browser.as_("chen").get(HOME, expect=403)


def test_a_place_is_given_once_a_level_and_never_the_whole_city(browser):
    one, url = made(browser, "示例甲"), f"{HOME}/places/511902"
    assert "请先查找" in browser.as_("sun").send(
        url, 422, **browser.as_("sun").bare({"level": "area", "from_on": ""})
    ).text  # fmt: skip
    tomorrow = (clock.today() + timedelta(days=1)).isoformat()
    for said in ({"level": "city"}, {"from_on": "昨天"}, {"from_on": tomorrow}):
        assert give(browser, url, one, expect=422, **said).error(next(iter(said)))
    give(browser, url, 99, expect=404)
    assert "示例甲" in give(browser, url, one).text
    give(browser, url, one, expect=409)
    give(browser, url, one, level="section")
    give(browser, f"{HOME}/places/511900", one, expect=409)
    give(browser, f"{HOME}/places/999999", one, expect=404)
    assert "示例甲" in browser.as_("he").get(f"{HOME}/places/511902-001").text
    assert "1人" in browser.as_("he").get(f"{HOME}/places").text


@pytest.mark.both
def test_all_that_one_keeps_goes_to_another_in_one_act_and_its_days_are_kept(browser, make_issue):
    issue = make_issue()
    one, two = made(browser, "示例甲"), made(browser, "示例乙")
    sun = browser.as_("sun")
    sun.post(f"{HOME}/{one}/hand-over", 422, via=f"{HOME}/{one}/hand-over?q=乙", reason="")
    refused = sun.bare({"keeper": two, "reason": "离任"})
    sun.send(f"{HOME}/{one}/hand-over", 409, **refused)
    for url, level in (
        (f"{HOME}/places/511902", "area"), (f"{HOME}/places/511903", "section"),
        (f"/issues/{issue.number}/keepers", "household"),
    ):  # fmt: skip
        give(browser, url, one, level)
    give(browser, f"{HOME}/places/511903", two, "section")
    itself = sun.bare({"keeper": one, "reason": "离任"})
    assert "请选择另一个包保人" in sun.send(f"{HOME}/{one}/hand-over", 422, **itself).text

    done = sun.send(f"{HOME}/{one}/hand-over", **sun.bare({"keeper": two, "reason": "离任"}))

    assert "已移交3处包保" in done.text
    assert standing() == {
        ("示例乙", "area", "511902"), ("示例乙", "section", "511903"),
        ("示例乙", "household", issue.number),
    }  # fmt: skip
    ended = db.session.scalars(select(Keeping).where(Keeping.keeper_id == one)).all()
    assert [row.until_on for row in ended] == [clock.today()] * 3
    assert acts(one)[-1] == "hand_over"
    assert acts(two)[-1] == "take_over"
    assert "离任" in sun.get(f"{HOME}/{one}").text


def test_a_ticket_names_its_keepers_and_the_old_words_until_they_are_matched(browser, make_issue):
    issue = make_issue(area_keeper="示例甲 0827-1", household_keeper="示例丙")
    page, url = f"/issues/{issue.number}", f"/issues/{issue.number}/keepers"
    sun = browser.as_("sun")
    before = sun.get(page).text
    assert before.count("登记的包保人（文字）") == 2
    one, two = made(browser, "示例甲"), made(browser, "示例乙")
    give(browser, f"{HOME}/places/511902", one)
    after = sun.get(page).text
    assert "领导包片" in after
    assert "巴州区" in after
    assert after.count("登记的包保人（文字）") == 1
    assert "示例丙" in after

    assert "本问题指定" in give(browser, url, two).text
    named = sun.get(page).text
    assert "示例乙" in named
    assert "登记的包保人（文字）" in named
    assert issue.number in sun.get(f"{HOME}/{two}").text
    assert "示例乙" in browser.as_("chen").get(page).text
    browser.as_("chen").get(url, expect=403)


@pytest.mark.both
def test_a_workbook_makes_people_and_gives_places_and_names_bad_cells(browser, make_issue):
    number = make_issue().number
    sun = browser.as_("sun")
    sample = load_workbook(io.BytesIO(sun.get(f"{IMPORT}/sample.xlsx").answer.data))
    assert tuple(cell.value for cell in sample["包保人"][1]) == HEADS
    bad = upload(
        sun, ROWS,
        {"A2": "包山", "B3": "某处", "C4": number, "G2": "nobody", "H3": "明天"},
    )  # fmt: skip
    for told in ("A2", "没有“包山”这个级别", "B3", "没有“某处”这个区域", "B4", "填写其中一个"):
        assert told in bad.text
    assert standing() == set()

    rows = (*ROWS, ("包片", "", number, "示例甲", "0827-1", "", "", ""))
    page = upload(sun, rows)
    assert "新建4行包保" in sun.post(page.url).text
    assert standing() == {
        ("示例甲", "area", "511902"), ("示例甲", "section", "511903"),
        ("示例乙", "household", "511902-001"), ("示例甲", "area", number),
    }  # fmt: skip
    first = db.session.scalars(select(Keeping).order_by(Keeping.id)).first()
    assert first.from_on.isoformat() == "2025-01-31"
    assert "没有新的内容" in upload(sun, rows).text
    changed = upload(sun, rows, {"F2": "市农业农村局", "F3": "市农业农村局"})
    assert "单位：市水利局 → 市农业农村局" in changed.text
    assert sun.post(changed.url, 422, reason="").error("reason")
    assert "修改1行包保" in sun.post(changed.url, reason="调动").text
    upload(browser.as_("sun"), rows)


def test_tickets_without_keepers_are_counted_on_the_board_and_listed_by_one_click(
    browser, make_issue
):
    issue = make_issue(Status.ASSIGNED)
    other = make_issue(Status.ASSIGNED, region="511903")
    make_issue(Status.DRAFT)
    sun = browser.as_("sun")
    board = sun.get("/board")
    (url,) = [url for url in board.links if "keeper=none" in url]
    assert "三个级别都没有2件" in "".join(board.text.split())
    listed = sun.get(url).text
    assert issue.number in listed
    assert other.number in listed
    give(browser, f"{HOME}/places/511902", made(browser, "示例甲"))
    after = sun.get(url).text
    assert issue.number not in after
    assert other.number in after
    found = sun.get("/issues", keeper="示例甲").text
    assert issue.number in found
    assert other.number not in found
    assert not any("keeper=none" in link for link in browser.as_("chen").get("/board").links)


def test_a_keeper_without_an_account_gets_the_list_on_paper_and_that_is_noted(browser, make_issue):
    issue = make_issue(Status.ASSIGNED)
    one, sun = made(browser, "示例甲"), browser.as_("sun")
    give(browser, f"{HOME}/places/511902", one)
    url = f"{HOME}/{one}/paper"
    assert "还没有交送记录" in sun.get(url).text
    tomorrow = (clock.today() + timedelta(days=1)).isoformat()
    assert "交送日期不能晚于今天" in sun.post(url, 422, on=tomorrow).error("on")
    page = sun.post(url, on="2025-01-31", reason="由村委会转交")
    assert issue.number in page.text
    assert "这份清单只能打印交本人" in page.text
    assert "2025-01-31 交送，由村委会转交" in page.text
    db.session.rollback()
    told = db.session.scalars(select(Event).where(Event.action == "deliver")).one()
    assert told.detail == {"交送日期": "2025-01-31", "登记时包保的未销号问题": "1件"}
    assert "由村委会转交" in sun.get(f"{HOME}/{one}").text
    assert not browser.as_("he").get(url).has_form(url)
    browser.as_("chen").get(url, expect=403)


@pytest.mark.postgresql
def test_several_tickets_without_keepers_are_given_to_one_in_one_act(browser, make_issue):
    numbers = [make_issue(Status.ASSIGNED).number for _ in range(3)]
    elsewhere = make_issue(Status.ASSIGNED, region="511903").number
    one, sun, url = made(browser, "示例甲"), browser.as_("sun"), f"{HOME}/unkept"
    assert url in sun.get("/board").links
    shown = sun.get(url, region="511902").text
    assert [number in shown for number in (*numbers, elsewhere)] == [True] * 3 + [False]

    def give_all(expect, *chosen, keeper=one, level="area"):
        said = {"number": list(chosen), "keeper": keeper, "level": level, "from_on": ""}
        return sun.send(url, expect, **sun.bare(said))

    assert "请勾选" in give_all(422).error("number")
    assert give_all(422, *numbers, level="city").error("level")
    assert "NO-1" in give_all(422, numbers[0], "NO-1").error("number")
    assert standing() == set(), "nothing half given"
    assert "包保2件问题" in give_all(200, *numbers[:2]).text
    assert "包保1件问题" in give_all(200, *numbers).text
    assert "已由他包保" in give_all(200, *numbers).text
    assert standing() == {("示例甲", "area", number) for number in numbers}
    assert acts(one) == ["add", "give", "give"]
    left = sun.get(url).text
    assert [number in left for number in (*numbers, elsewhere)] == [False] * 3 + [True]
    browser.as_("he").get(url, expect=403)


def test_who_leaves_is_told_of_with_what_they_keep_and_the_list_says_the_account_is_over(
    browser, people, make_issue
):
    """A disabled account gets no list: whoever disables it and whoever keeps the list is told."""
    make_issue(Status.RECTIFYING)
    row = made(browser, "示例甲", account="chen")
    give(browser, f"{HOME}/places/511902", row)
    admin = browser.as_("sysadmin")
    page = admin.get(f"/admin/accounts/disable?chosen={people.chen.id}")
    assert "包保的区域和问题1件" in page.text
    assert "在“包保”中移交" in admin.get(f"/admin/accounts/{people.chen.id}/handover").text
    assert "已停用" not in browser.as_("sun").get(f"{HOME}/{row}").text

    db.session.get(User, people.chen.id).is_active = False
    db.session.commit()
    for url in (HOME, f"{HOME}/{row}"):
        assert "chen（已停用）" in browser.as_("sun").get(url).text
    assert "请打印清单交本人" in browser.as_("sun").get(f"{HOME}/{row}").text


def test_who_ends_a_keeping_is_told_whose_and_what_it_is(browser):
    row = made(browser, "示例甲")
    give(browser, f"{HOME}/places/511902", row)
    kept = db.session.scalar(select(Keeping.id))
    url, sun = f"{HOME}/release/{kept}", browser.as_("sun")
    assert "结束包保：示例甲 领导包片巴州区" in sun.get(url).text
    sun.get(f"{HOME}/release/{kept + 1}", expect=404)
    assert sun.post(url, 422, reason="").error("reason")
    sun.post(url, reason="调整")
    sun.get(url, expect=404)


def test_the_pages_of_keepers_ask_the_same_of_many(browser, make_issue):
    """Of many keepers, many places and many tickets with and without a keeper."""
    sun = browser.as_("sun")
    row = made(browser, "示例甲", account="sun")
    give(browser, f"{HOME}/places/511902", row)
    make_issue(Status.RECTIFYING)
    make_issue(Status.ASSIGNED, region="511903")
    pages = (
        HOME, f"{HOME}/{row}", f"{HOME}/{row}/paper", f"{HOME}/places", f"{HOME}/places/511902",
        f"{HOME}/unkept?q=示例", f"{HOME}/{row}/hand-over?q=示例", "/keeping", "/board",
    )  # fmt: skip

    def asked():
        for url in pages:
            sun.get(url)
        return {url: len(sun.get(url).statements) for url in pages}

    few = asked()
    for code in ("511902-100", "511902-101", "511903"):
        make_issue(Status.RECTIFYING)
        make_issue(Status.ASSIGNED, region="511903")
        another = made(browser, f"示例{code}")
        give(browser, f"{HOME}/places/{code}", another)
        give(browser, f"{HOME}/places/{code}", row, level="section")
    many = asked()
    assert {url: count for url, count in many.items() if count > few[url]} == {}
    assert max(few.values()) <= 30
