"""Units and people by workbook on the pages: shown first, confirmed, and split between two."""

import io
import re

import pytest
import rosters_filled as filled
from pypdf import PdfReader
from sqlalchemy import func, select

from auth import asked_roles, signin
from auth.models import Grant, Unit, User
from extensions import db
from issues.models import RoleRequest, Roster
from issues.queries.admin import rosters as queries
from issues.rosters import columns, kept
from issues.vocabulary import RosterKind
from issues.web.rosters import asked, drawn

UNITS, PEOPLE, ASKED = "/admin/units/import", "/admin/accounts/import", "/admin/grants/asked"


def upload(visitor, url, content, name="名册.xlsx", expect=303):
    form = visitor.bare({"workbook": (io.BytesIO(content), name)})
    return visitor.send(url, expect, follow=False, **form)


def shown(visitor, url, content):
    return visitor.get(upload(visitor, url, content).location)


def bring(visitor, url, content, reason=""):
    page = shown(visitor, url, content)
    return visitor.post(page.url, reason=reason), page.url


def count(table):
    found = db.session.scalar(select(func.count()).select_from(table))
    db.session.rollback()
    return found


@pytest.mark.both
def test_units_are_shown_row_by_row_and_then_made_once(browser):
    keeper = browser.as_("sysadmin")
    before = count(Unit)
    page = shown(keeper, UNITS, filled.units())
    assert "新建3个单位" in page.text
    assert count(Unit) == before

    done = keeper.post(page.url)

    assert "已导入：新建3个单位" in done.text
    assert count(Unit) == before + 3
    assert "没有重复导入" in keeper.send(page.url, 409, **keeper.bare({"reason": ""})).text
    assert "没有新的内容" in shown(keeper, UNITS, filled.units()).text
    changed = shown(keeper, UNITS, filled.units(changes={"H2": "赵云"}))
    assert keeper.post(changed.url, 422).error("reason")
    assert "修改1个单位" in keeper.post(changed.url, reason="人员变动").text
    assert "人员变动" in keeper.get("/admin/units/511900-XFJ").text


def test_what_came_between_preview_and_confirming_is_looked_at_again(browser):
    keeper = browser.as_("sysadmin")
    first, second = (shown(keeper, UNITS, filled.units()) for _ in range(2))
    keeper.post(first.url)

    page = keeper.send(second.url, 422, **keeper.bare({"reason": ""}))

    assert "有变动，没有写入" in page.text
    assert "没有新的内容" in page.text


def test_wrong_cells_are_named_and_marked(browser):
    keeper = browser.as_("sysadmin")
    page = shown(keeper, UNITS, filled.units(changes={"D2": "公司", "E4": "天上"}))

    assert "D2 类别" in page.text.replace("\n", " ")
    assert "E4" in page.text
    assert not page.has_form(page.url)
    assert keeper.get(f"{page.url}/errors.xlsx").answer.data.startswith(b"PK")
    assert keeper.send(page.url, 422, **keeper.bare({"reason": "试"})).heading


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"no workbook", "不是.xlsx工作簿"),
        (filled.workbook(("甲", "乙"), [("1", "2")]), "没有找到表头"),
        (filled.units([]), "没有内容"),
        (filled.units(changes={"B2": "机密★10年"}), "密级"),
    ],
    ids=["bytes", "heads", "empty", "marked"],
)
def test_what_is_no_roster_is_told_at_the_field(browser, content, said):
    page = upload(browser.as_("sysadmin"), UNITS, content, expect=422)

    assert said in page.text
    assert count(Roster) == 0


@pytest.mark.parametrize("url", [UNITS, PEOPLE])
def test_the_sample_offers_what_may_be_chosen_and_holds_no_row(browser, url):
    keeper = browser.as_("sysadmin")
    sample = keeper.get(f"{url}/sample.xlsx").answer.data

    assert "没有内容" in upload(keeper, url, sample, expect=422).text
    book = filled.opened(sample)
    assert book.sheetnames[1:] == ["填写说明", "可选值"]
    assert book.worksheets[0].data_validations.dataValidation


def test_one_prepares_and_another_gives(browser, people):
    keeper, giver = browser.as_("sysadmin"), browser.as_("secadmin")
    bring(keeper, UNITS, filled.units())
    done, url = bring(keeper, PEOPLE, filled.people())
    assert "新建4个账号" in done.text
    assert people["wangmin"].roles == frozenset()
    assert count(RoleRequest) == 5
    assert "不变4个账号" in shown(keeper, PEOPLE, filled.people()).text
    for page in ("/", "/admin/grants"):
        assert "5 项角色申请待授权" in giver.get(page).text
        assert ASKED in giver.get(page).links
        assert ASKED not in keeper.get("/").links
    (told,) = giver.get("/messages?event=decision").rows()
    assert "申请授予角色" in told[2]
    keeper.get(ASKED, 403)

    rows = {(row.user.name, row.role.value): row.id for row in asked_roles.waiting()}
    db.session.rollback()
    assert giver.post(ASKED, 422, decision="grant", reason="").error("reason")
    refused = [rows["wangmin", "unit_leader"]]
    page = giver.post(ASKED, decision="refuse", chosen=refused, reason="不是负责人")
    assert "已退回1项" in page.text
    page = giver.post(ASKED, decision="grant", reason="见任职文件")

    assert "已授予3项" in page.text
    assert "1项管理员角色已提出双人复核申请" in page.text
    assert {role.value for role in people["wangmin"].roles} == {"reporter"}
    assert people["dengan"].roles == frozenset()
    assert "邓安" in browser.as_("auditor").get("/admin/reviews").text
    assert "没有待授权的角色" in giver.get(ASKED).text
    assert ASKED not in giver.get("/").links
    assert url.startswith(PEOPLE)


def test_slips_are_printed_for_all_and_the_first_open_nothing(browser):
    keeper = browser.as_("sysadmin")
    _, url = bring(keeper, PEOPLE, filled.people(filled.PEOPLE[1:]))
    links = []
    for _ in range(2):
        form = keeper.get(url).form(f"{url}/slips").drawn()
        answer = keeper.send(f"{url}/slips", **form).answer
        assert answer.headers["Cache-Control"] == "private, no-store"
        pages = [page.extract_text() for page in PdfReader(io.BytesIO(answer.data)).pages]
        assert len(pages) == 3
        links.append(re.search(r"key=[\w-]{43}", "".join(pages[0].split()))[0])

    visitor, new = browser.stranger, "Shan-Shui-Nr-yi-9"
    visitor.get(f"/opening?{links[0]}", 302)
    assert "已失效" in visitor.get("/opening", 404).text
    visitor.get(f"/opening?{links[1]}", 302)
    visitor.post("/opening", new=new, again=new)
    assert signin.user_of("caomei", new)
    assert "2 人还没有设定密码" in keeper.get(url).text


def test_nobody_decides_about_oneself_or_what_one_asked_for(browser, people, monkeypatch):
    """With the guard off the same request goes through: the test sees the fault."""
    keeper = browser.as_("sysadmin")
    bring(keeper, PEOPLE, filled.people([("liuer", "刘二", "市生态环境局", "单位经办", "", "")]))
    row = db.session.scalars(select(RoleRequest)).one()
    row.user_id = people.secadmin.id
    db.session.commit()

    page = browser.as_("secadmin").post(ASKED, decision="grant", chosen=[row.id], reason="试")

    assert "不能办理自己的申请" in page.text
    assert count(Grant) == 15
    monkeypatch.setattr(asked_roles, "_decide", lambda *_given, **_how: False)
    page = browser.as_("secadmin").post(ASKED, decision="grant", chosen=[row.id], reason="试")
    assert "已授予1项" in page.text


def test_a_person_with_a_role_stays_in_the_unit(browser):
    keeper = browser.as_("sysadmin")
    rows = [("chen", "陈经办", "市生态环境局", "", "", ""), ("sun", "孙小二", "", "", "1", "")]

    page = shown(keeper, PEOPLE, filled.people(rows))

    assert "请先由安全管理员收回" in page.text
    assert "姓名：孙经办 → 孙小二" in page.text
    assert db.session.scalars(select(User).where(User.name == "sun")).one().phone == ""


def test_nobody_else_brings_units_or_people(browser):
    for name in ("sun", "secadmin", "auditor", "chen"):
        for url in (UNITS, PEOPLE, f"{UNITS}/1", f"{PEOPLE}/1"):
            browser.as_(name).get(url, 403)


def test_a_page_past_the_end_of_each_list_is_the_last_one(browser, monkeypatch):
    for module, size in ((drawn, "A_PAGE"), (queries, "PER_PAGE"), (asked, "A_PAGE")):
        monkeypatch.setattr(module, size, 1)
    keeper = browser.as_("sysadmin")
    bring(keeper, UNITS, filled.units())
    shown(keeper, PEOPLE, filled.people())
    _, url = bring(keeper, PEOPLE, filled.people())
    for name, one in (("secadmin", ASKED), ("sysadmin", url), ("sysadmin", PEOPLE)):
        first = browser.as_(name).get(one)
        pages = int(re.search(r"第 1/(\d+) 页", first.text)[1])
        assert pages > 1
        last = browser.as_(name).get(one, page=pages)
        assert last.tree.one("main").text != first.tree.one("main").text
        beyond = browser.as_(name).get(one, page=9_999)
        assert f"第 {pages}/{pages} 页" in beyond.text
        assert [row.text for row in beyond.tree.all("tr")] == [
            row.text for row in last.tree.all("tr")
        ]


@pytest.mark.parametrize("module", [columns, kept, drawn], ids=lambda one: one.__name__)
def test_what_is_told_by_kind_is_told_of_every_kind(module):
    by_kind = {
        name: set(told)
        for name, told in vars(module).items()
        if isinstance(told, dict) and told and all(isinstance(one, RosterKind) for one in told)
    }
    assert by_kind
    assert {name for name, kinds in by_kind.items() if kinds != set(RosterKind)} == set()
