"""Pollution sources: kept by few, seen by place, tied to tickets, told where problems repeat."""

import io
from datetime import timedelta

import pytest
import rosters_filled as filled
from hypothesis import example, given, settings, strategies as st
from openpyxl import load_workbook
from sqlalchemy import select

from auth.models import User
from auth.signin import actor_for
from extensions import db
from issues.models import Event, IssueLink, Polluter, PolluterTie
from issues.polluters.codes import SIGNS, check_sign, fault
from issues.queries.polluters import page as queries
from issues.rights import places
from issues.rights.table import TABLE, Right
from issues.vocabulary import LinkKind, Status

HOME, IMPORT = "/polluters", "/polluters/import"
HEADS = ("名称", "统一社会信用代码", "类别", "所在县（区）", "地址", "经度", "纬度", "许可证编号")
FIRM = "91350100M000100Y43"
"""The example that the standard itself gives."""
SAID = {
    "name": "示例水泥有限公司", "code": FIRM, "kind": "factory", "region": "511902",
    "place": "某镇", "lon": "106.7", "lat": "31.8", "permits": "许可甲，许可乙",
}  # fmt: skip
ROWS = (
    ("示例水泥有限公司", FIRM, "工业企业", "巴州区", "某镇", "106.7", "31.8", "许可甲、许可乙"),
    ("示例养殖场", "", "畜禽养殖", "511903", "", "", "", ""),
)


def code_of(first):
    return first + check_sign(first)


def made(browser, person="sun", **said):
    page = browser.as_(person).post(f"{HOME}/new", **(SAID | said))
    db.session.rollback()
    return db.session.get(Polluter, int(page.url.rsplit("/", 1)[1]))


def upload(visitor, rows, changes=None):
    content = filled.workbook(HEADS, rows, changes)
    form = visitor.bare({"workbook": (io.BytesIO(content), "污染源.xlsx")})
    return visitor.get(visitor.send(IMPORT, 303, follow=False, **form).location)


@settings(max_examples=60, deadline=None)
@given(
    st.text(SIGNS, min_size=2, max_size=2), st.text("0123456789", min_size=6, max_size=6),
    st.text(SIGNS, min_size=9, max_size=9), st.integers(0, 17), st.sampled_from(SIGNS),
)  # fmt: skip
@example("91", "350100", "M000100Y4", 3, "6")
def test_one_miswritten_character_is_always_found(head, region, body, place, sign):
    code = code_of(head + region + body)
    assert fault(code) == ""
    wrong = code[:place] + sign + code[place + 1 :]
    assert (fault(wrong) == "") == (wrong == code)


def test_the_code_of_the_standard_holds():
    assert fault(FIRM) == ""
    assert "18位" in fault(FIRM[:-1])
    assert "校验位" in fault(FIRM[:-1] + "4")
    assert "不用I" in fault("I" + FIRM[1:])


@pytest.mark.both
def test_a_source_is_kept_with_its_history_and_ended_not_removed(browser):
    keeper = browser.as_("sun")
    bad = keeper.post(
        f"{HOME}/new", 422, **(SAID | {"code": FIRM[:-1] + "9", "lat": "", "name": ""})
    )
    assert bad.error("code")
    assert bad.error("lat")
    assert bad.error("name")
    row = made(browser)
    assert row.permits == "许可甲、许可乙"
    url = f"{HOME}/{row.id}"
    assert "已使用这个代码" in keeper.post(f"{HOME}/new", 422, **SAID).text
    assert keeper.post(f"{url}/amend", 422, place="另一镇", reason="").error("reason")
    page = keeper.post(f"{url}/amend", place="另一镇", reason="搬迁")
    assert "某镇 → 另一镇" in page.text
    assert "已停用" in keeper.post(f"{url}/end", reason="关停").text
    assert keeper.get(HOME, q="示例水泥").links >= {url}
    db.session.rollback()
    acts = [
        row.action for row in db.session.scalars(select(Event).where(Event.subject == "polluter"))
    ]
    assert acts == ["add", "amend", "end"]


def test_a_ticket_is_tied_by_a_suggestion_with_its_reason_and_untied_with_another(
    browser, make_issue
):
    row = made(browser)
    other = made(browser, name="邻近加油站", code="", kind="fuel", lon="106.7021", lat="31.8")
    made(browser, name="远处矿山", code="", kind="mine", lon="106.9")
    issue = make_issue(title="示例水泥有限公司粉尘扰民", lon=106.7, lat=31.8)
    url, keeper = f"/issues/{issue.number}/polluters", browser.as_("sun")
    page = keeper.get(url)
    assert "名称见于问题的内容，相距约0米" in page.text
    assert "相距约199米" in page.text or "相距约198米" in page.text
    assert "远处矿山" not in page.text
    assert "远处矿山" in keeper.get(url, q="矿山").text

    keeper.send(f"{url}/tie", **keeper.bare({"polluter": row.id}))
    assert "示例水泥有限公司" in keeper.get(f"/issues/{issue.number}").text
    assert issue.number in keeper.get(f"{HOME}/{row.id}").text
    again = keeper.send(f"{url}/tie", 409, **keeper.bare({"polluter": row.id}))
    assert "已经关联" in again.text
    keeper.send(f"{url}/untie", 422, **keeper.bare({"polluter": row.id, "reason": ""}))
    keeper.send(f"{url}/untie", **keeper.bare({"polluter": row.id, "reason": "不是同一家"}))
    keeper.send(f"{url}/untie", 404, **keeper.bare({"polluter": other.id, "reason": "没有关联"}))

    db.session.rollback()
    tie = db.session.scalars(select(PolluterTie)).one()
    assert tie.ended_at is not None
    assert "不是同一家" in keeper.get(f"{HOME}/{row.id}").text


def test_three_problems_within_a_year_are_told_on_the_board(browser, make_issue):
    row = made(browser)
    keeper = browser.as_("sun")
    issues = [make_issue(Status.ASSIGNED, title=f"示例问题{n}") for n in range(3)]
    for n, issue in enumerate(issues):
        assert "一年内问题较多" not in keeper.get("/board").text, n
        send = keeper.bare({"polluter": row.id})
        keeper.send(f"/issues/{issue.number}/polluters/tie", **send)
    assert "一年内问题较多" in keeper.get("/board").text
    assert "示例水泥有限公司" in browser.as_("he").get("/board").text
    assert "示例水泥有限公司" not in browser.as_("chen").get("/board").text
    day = issues[0].first_assigned_on
    sun = actor_for(db.session.scalar(select(User).where(User.name == "sun")))
    assert [one.problems for one in queries.repeated(sun, day)] == [3]
    told = {"issue_id": issues[2].id, "to_id": issues[0].id, "kind": LinkKind.SAME_PROBLEM}
    db.session.add(IssueLink(reason="同一处", linked_on=day, **told))
    db.session.flush()
    assert queries.repeated(sun, day) == [], "two tickets of one problem were counted as two"
    db.session.rollback()
    last = day + queries.YEAR
    assert queries.repeated(sun, last) == []
    assert len(queries.repeated(sun, last - timedelta(days=1))) == 1


def test_a_county_sees_its_own_sources_only(people, browser, monkeypatch):
    """The control: without the condition the other county's source would be in sight."""
    row = made(browser, region="511903")
    own = made(browser, name="本县企业", code="")

    class Centre:
        roles = frozenset(
            {role for role, scope in TABLE[Right.POLLUTERS].items() if scope.territory}
        )
        territory = frozenset({"511902"})

    seen = select(Polluter.id).where(places.polluters_of(Centre))
    assert set(db.session.scalars(seen)) == {own.id}
    assert row.id not in set(db.session.scalars(seen))
    monkeypatch.setitem(TABLE, Right.POLLUTERS, TABLE[Right.CALENDAR] | dict.fromkeys(
        Centre.roles, next(iter(TABLE[Right.POLLUTERS].values()))
    ))  # fmt: skip
    assert set(db.session.scalars(select(Polluter.id).where(places.polluters_of(Centre)))) == {
        own.id, row.id
    }  # fmt: skip
    browser.as_("chen").get(f"{HOME}/{own.id}", expect=403)
    browser.as_("he").get(f"{HOME}/new", expect=403)


@pytest.mark.postgresql
def test_a_workbook_makes_changes_and_names_bad_cells_and_again_only_what_differs(browser):
    keeper = browser.as_("lin")
    sample = load_workbook(io.BytesIO(keeper.get(f"{IMPORT}/sample.xlsx").answer.data))
    assert tuple(cell.value for cell in sample["污染源"][1]) == HEADS
    bad = upload(keeper, ROWS, {"B2": FIRM[:-1] + "9", "C3": "工厂", "F2": "经度"})
    for told in ("B2", "校验位不符", "C3", "没有“工厂”这个类别", "F2"):
        assert told in bad.text
    page = upload(keeper, ROWS)
    assert "新建2个污染源" in keeper.post(page.url).text
    assert "没有新的内容" in upload(keeper, ROWS).text

    changed = upload(keeper, ROWS, {"A2": "示例新材料有限公司", "E3": "某村"})
    assert "名称：示例水泥有限公司 → 示例新材料有限公司" in changed.text
    assert keeper.post(changed.url, 422, reason="").error("reason")
    assert "修改2个污染源" in keeper.post(changed.url, reason="更名").text
    twice = upload(keeper, (ROWS[1], ROWS[1]))
    assert "与第2行是同一个污染源" in twice.text
    db.session.rollback()
    assert sorted(db.session.scalars(select(Polluter.name))) == ["示例养殖场", "示例新材料有限公司"]
