"""What a ticket is like and what it was tied to, on its own page and on the ticket's."""

import pytest
from act_cases import record
from sqlalchemy import func, select

from extensions import db
from issues.models import Issue
from issues.vocabulary import Action, Status

WORDS = "清江镇河段北岸有一处生活污水直排口，沿岸垃圾没有清理，群众多次反映。"


@pytest.mark.postgresql
def test_from_likely_to_tied_and_untied(browser, make_issue):
    one, other = (make_issue(Status.DRAFT, problem=WORDS) for _ in range(2))
    url, sun = f"/issues/{one.number}", browser.as_("sun")

    assert f"{url}/similar" in sun.get(url).html
    page = sun.get(f"{url}/similar")
    assert "字词相同100%" in page.text
    assert "很可能重复" in page.text
    form = sun.get(f"{url}/acts/link?to={other.number}&kind=related")
    drawn = form.form(f"{url}/acts/link").drawn()
    assert (drawn["to"], drawn["kind"], drawn["reason"]) == (other.number, "related", "")
    sun.post(f"{url}/acts/link", **drawn | {"reason": "上下游。"})

    tied = sun.get(f"{url}/similar")
    assert "?same=" not in tied.html, "related tickets are no group"
    assert f"acts/unlink?to={other.number}" in tied.html
    assert "acts/link" not in tied.html, "what is tied is not offered again"
    for place in (url, f"/issues/{other.number}"):
        assert "上下游。" in sun.get(place).text
    assert "acts/unlink" not in browser.as_("zhou").get(f"{url}/similar").html
    drawn = sun.get(f"{url}/acts/unlink?to={other.number}").form(f"{url}/acts/unlink").drawn()
    sun.post(f"{url}/acts/unlink", **drawn | {"reason": "是两处。"})
    assert "尚未关联其他事项" in sun.get(url).text


def test_it_tells_who_leads_and_its_colour(browser, make_issue):
    one, other = make_issue(Status.RECTIFYING), make_issue(Status.RECTIFYING)
    said = {"kind": "same_problem", "reason": "同一排口。"}
    record(make_issue, Action.LINK, one, "sun", to=other.number, **said)

    sun = browser.as_("sun")
    mine, theirs = sun.get(f"/issues/{one.number}").html, sun.get(f"/issues/{other.number}").html
    assert "同一问题，该事项为主事项" in mine
    assert "同一问题，本事项为主事项" in theirs
    tied = mine.split('id="tied"')[1].split("</section>")[0]
    assert "badge-" in tied
    assert f"?same={one.number}" in sun.get(f"/issues/{one.number}/similar").html
    unit = browser.as_("chen").get(f"/issues/{one.number}/similar").text
    assert "解除关联" not in unit


def entered(issue, **more):
    return {
        "source": "ZC", "title": "直排口", "problem": issue.problem, "region": issue.region,
    } | more  # fmt: skip


def test_what_is_likely_here_already_is_told_and_does_not_hinder(browser, make_issue):
    one = make_issue(Status.RECTIFYING, problem=WORDS)
    sun, count = browser.as_("sun"), select(func.count(Issue.id))

    told = sun.post("/issues/new", **entered(one))
    assert db.session.scalar(count) == 2
    assert f"很可能重复：{one.number}（字词相同100%" in told.text
    other = sun.post("/issues/new", **entered(one, problem="另一件：砂石料场没有覆盖，扬尘大。"))
    assert db.session.scalar(count) == 3
    assert "很可能重复" not in other.text


@pytest.mark.both
def test_looking_while_it_is_filled_enters_nothing_and_minds_no_half_filled_field(
    browser, make_issue
):
    one = make_issue(Status.RECTIFYING, problem=WORDS)
    sun, count = browser.as_("sun"), select(func.count(Issue.id))

    form = sun.get("/issues/new").form("/issues/new").drawn() | {"look": "1"}
    for more in ({}, {"lon": "1e", "lat": "nan"}, {"subject_firm": "甲'%", "region": "x"}):
        told = sun.send("/issues/new", 200, **form | entered(one) | more)
        assert one.number in told.html, more
        assert "字词相同100%" in told.text
    told = sun.send("/issues/new", 200, **form | entered(one))
    assert f"建议主责单位：{one.primary_unit.short_name} 据相近事项{one.number}" in told.text
    assert one.number not in sun.send("/issues/new", 200, **form | {"problem": "尘"}).html
    assert db.session.scalar(count) == 1
    assert sun.send("/issues/new", 200, **form).html.strip() == ""


def test_the_boards_map_counts_as_the_board(browser, make_issue):
    one, other = make_issue(Status.RECTIFYING), make_issue(Status.RECTIFYING)
    sun = browser.as_("sun")
    assert "/board/map?counted=1" not in sun.get("/board").html
    said = {"kind": "same_problem", "reason": "同一排口。"}
    record(make_issue, Action.LINK, one, "sun", to=other.number, **said)

    assert "/board/map?counted=1" in sun.get("/board").html
    assert 'name="counted" value="1"' in sun.get("/board/map?counted=1").html


def test_elsewhere_names_the_counties_without_such_a_ticket_to_who_sees_all(browser, make_issue):
    one = make_issue(Status.RECTIFYING, types=["噪声"], subject_firm="甲厂")
    url = f"/issues/{one.number}/similar"
    before = browser.as_("sun").get(url).text.split("举一反三")[1]
    other = next(name for name in ("恩阳区", "通江县") if name in before)
    code = {"恩阳区": "511903", "通江县": "511921"}[other]
    assert f"{other} 没有暗访记录" in before
    make_issue(Status.DRAFT, types=["噪声", "水"], region=code, subject_firm="甲厂")

    after = browser.as_("sun").get(url).text.split("举一反三")[1]
    assert f"{other} 没有暗访记录" not in after
    assert "责任主体“甲厂”另有 1 件事项" in after
    assert "县（区）：" not in browser.as_("chen").get(url).text
