"""Several responsible units: one 主责, and a part for each that only it reports on."""

import pytest
from people import BAZHOU, BUREAU, ENYANG

from issues.colour.facts_of import measures_of
from issues.ground.refusals import NotAllowed
from issues.vocabulary import Action, Relation, Status

OF_BAZHOU = {"text": "巴州段清淤", "deadline": "2025-12-05"}
OF_ENYANG = {
    "text": "恩阳段清淤", "unit": ENYANG, "deadline": "2025-12-05", "target": "6",
    "unit_of_target": "公里",
}  # fmt: skip


@pytest.fixture
def shared(make_issue):
    return make_issue(
        Status.RECTIFYING,
        deadline="2025-12-31",
        responsible_units=[ENYANG],
        measures=(OF_BAZHOU, OF_ENYANG),
    )


def parts_of(page):
    """Relation, measures and what is done, by unit."""
    table = next(
        one for one in page.tree.all("table") if "各单位任务" in one.all("caption")[0].text
    )
    rows = [[cell.text for cell in row.all("td")] for row in table.all("tbody")[0].all("tr")]
    return {row[0]: row[1:4] for row in rows}


def report(browser, name, issue, expect=200, **form):
    url = f"/issues/{issue.number}/acts/report_progress"
    return browser.as_(name).post(url, expect, text="已清淤。", **form)


@pytest.mark.both
def test_there_is_one_primary_and_each_has_its_part(browser, shared):
    assert [unit.code for unit in shared.units(Relation.PRIMARY)] == [BAZHOU]
    assert [unit.code for unit in shared.units(Relation.RESPONSIBLE)] == [BAZHOU, ENYANG]

    page = browser.as_("wu").get(f"/issues/{shared.number}")

    assert parts_of(page)["巴州区"] == ["主责单位", "措施1", "0/1"]
    assert parts_of(page)["恩阳区"] == ["责任单位", "措施2", "0/1"]
    mine = browser.as_("wu").get("/issues?unit=511903&role=responsible")
    assert shared.number in mine.text


def test_its_form_holds_its_own_measure_and_no_other(browser, shared):
    url = f"/issues/{shared.number}/acts/report_progress"

    own = browser.as_("wu").get(url).text
    whole = browser.as_("chen").get(url).text

    assert "恩阳段清淤" in own
    assert "巴州段清淤" not in own
    assert "恩阳段清淤" in whole
    assert "巴州段清淤" in whole


def test_nobody_reports_on_anothers_part(make_issue, shared):
    said = [{"id": measures_of(shared)[0].id, "done": True}]

    with pytest.raises(NotAllowed, match="措施1由其他单位负责，不能代为填报"):
        make_issue.act(Action.REPORT_PROGRESS, shared, "wu", text="代填", measures=said)


@pytest.mark.parametrize(
    "action", [Action.REQUEST_ACCEPTANCE, Action.REQUEST_EXTENSION, Action.ACKNOWLEDGE]
)
def test_what_the_primary_unit_does_no_other_does(browser, shared, action):
    browser.as_("wulead").get(f"/issues/{shared.number}/acts/{action.value}", 403)


def test_acceptance_waits_for_the_part_of_every_unit(browser, make_issue, shared):
    report(browser, "chen", shared, **{"measures-0-done": "true"})
    make_issue.act(Action.CONFIRM_PROGRESS, shared, "liu", opinion="属实")
    url = f"/issues/{shared.number}/acts/request_acceptance"

    page = browser.as_("chenlead").post(url, 422, text="申请验收")

    assert "措施2" in page.text
    assert "恩阳段清淤" in page.text
    report(browser, "wu", shared, **{"measures-0-reported": "6", "measures-0-done": "true"})
    make_issue.act(Action.CONFIRM_PROGRESS, shared, "liulead", opinion="属实")
    assert all(measure.is_done for measure in measures_of(shared))
    assert browser.as_("chenlead").get("/").text.count("待申请验收") >= 1


@pytest.mark.postgresql
def test_a_part_that_ends_soon_stands_in_the_work_of_its_unit(browser, shared):
    page = browser.as_("wu").get("/")

    assert "承担的措施临期，待填报" in page.text
    assert f"/issues/{shared.number}/acts/report_progress" in page.links
    assert "承担的措施临期" not in browser.as_("chen").get("/").text
    assert "承担的措施临期" not in browser.as_("liu").get("/").text
    report(browser, "wu", shared, **{"measures-0-reported": "2"})
    assert "承担的措施临期" not in browser.as_("wu").get("/").text


def test_a_supporting_unit_reports_without_a_measure_of_its_own(browser, make_issue):
    issue = make_issue(Status.RECTIFYING, supporting_units=[ENYANG], lead_unit=BUREAU)

    page = report(browser, "wu", issue)

    assert "已办理" in page.text
    assert parts_of(page)["恩阳区"] == ["配合单位", "未分派措施", "0/0"]
