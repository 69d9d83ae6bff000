"""The page of readings: a target chosen, a report typed off, another unit's word on each."""

from decimal import Decimal

import pytest
from samples import pdf
from sqlalchemy import select

from extensions import db, transaction
from issues.evidence.item_names import is_same_item, is_same_unit
from issues.ground import clock
from issues.models import Reading, Target
from issues.vocabulary import EvidenceKind, Nature, Sense

TARGET = {
    "name": "氨氮", "sense": Sense.LE, "value": Decimal("1.0"), "unit_of_value": "mg/L",
    "nature": Nature.LEVEL, "is_required": True,
}  # fmt: skip
ROWS = {
    "laboratory": "市监测站", "rows-0-sampled_on": "2025-11-10", "rows-0-value": "9.9",
    "rows-1-sampled_on": "2025-11-18", "rows-1-value": "0.9", "rows-1-point": "下游断面",
}  # fmt: skip


@pytest.fixture
def issue(make_issue):
    issue = make_issue(types=["水"])
    with transaction():
        db.session.add(Target(issue_id=issue.id, entered_at=clock.now(), **TARGET))
    return issue


def readings():
    return db.session.scalars(select(Reading).order_by(Reading.id)).all()


def test_a_report_is_typed_off_as_a_whole(browser, make_issue, issue):
    file = ("报告.pdf", pdf())
    report = make_issue.evidence(issue, EvidenceKind.MONITORING, file=file).id
    other = make_issue.evidence(issue, EvidenceKind.COMPLETION).id
    url = f"/issues/{issue.number}/readings/report/{report}"
    chen, target = browser.as_("chen"), str(db.session.scalar(select(Target.id)))

    chen.get(f"/issues/{issue.number}/readings/report/{other}", expect=404)
    browser.as_("zhou").get(url, expect=403)
    page = chen.post(url, expect=422, target=target, **ROWS | {"rows-1-value": "约1"})
    assert "第2行 数值" in page.text
    assert readings() == [], "one row was wrong, so none is kept"
    page = chen.post(url, target=target, **ROWS)
    assert "已登记2条监测数据" in page.text
    assert [(str(row.value), row.pollutant, row.evidence_id) for row in readings()] == [
        ("9.9", "氨氮", report), ("0.9", "氨氮", report),
    ]  # fmt: skip


def test_each_row_waits_for_another_unit(browser, issue):
    url = f"/issues/{issue.number}/readings"
    target = str(db.session.scalar(select(Target.id)))
    said = {"value": "9.9", "sampled_on": "2025-11-10", "laboratory": "市监测站"}
    page = browser.as_("chen").post(url, target=target, **said)
    first = readings()[0]
    assert "2025-11-10读数9.9mg/L，未达标，待审核" in page.text
    assert not page.has_form(f"{url}/{first.id}/confirm")
    work = browser.as_("liu").get("/")
    assert "待审核监测数据" in work.text
    page = browser.as_("liu").get(url)
    assert page.has_form(f"{url}/{first.id}/confirm")
    browser.as_("chen").send(f"{url}/{first.id}/confirm", 403, **browser.as_("chen").bare({}))

    page = browser.as_("liu").post(f"{url}/{first.id}/confirm", via=url)
    assert "已确认氨氮 9.9mg/L" in page.text
    assert "待审核监测数据" not in browser.as_("liu").get("/").text
    page = browser.as_("chen").get(url)
    assert not page.has_form(f"{url}/{first.id}/withdraw"), "it is out of its unit's hands"
    mend = {"value": "0.9", "sampled_on": "2025-11-10", "reason": ""}
    page = browser.as_("sun").post(f"{url}/{first.id}/correct", 422, via=url, **mend)
    assert "请写明更正的理由" in page.text
    mended = mend | {"reason": "抄错一位"}
    page = browser.as_("sun").post(f"{url}/{first.id}/correct", via=url, **mended)
    assert "已更正为0.9mg/L" in page.text
    (struck,) = [node.text for node in page.tree.all("s")]
    assert "9.9" in struck
    assert "更正：抄错一位" in page.text
    page = browser.as_("chenlead").get(f"/issues/{issue.number}/acts/request_acceptance")
    assert "更正待审核" in page.text


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [("NH3-N", "氨氮", True), ("ｐＨ值", "pH", True), ("COD", "化学需氧量", True),
     ("氨氮", "总氮", False), ("溶解氧", "氧", False)],
)  # fmt: skip
def test_items_are_known_by_their_usual_names(one, other, same):
    assert is_same_item(one, other) is same


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [("µg/m3", "μg/m³", True), ("", "无量纲", True), ("mg/L", "μg/L", False),
     ("mg/L", "", False)],
)  # fmt: skip
def test_units_are_the_same_however_they_are_spelt(one, other, same):
    assert is_same_unit(one, other) is same


def test_the_form_comes_with_the_laboratory_of_the_units_last_reading(browser, issue):
    url = f"/issues/{issue.number}/readings"
    target = str(db.session.scalar(select(Target.id)))
    said = {"value": "9.9", "sampled_on": "2025-11-10", "laboratory": "市监测站", "point": "上游"}
    assert browser.as_("chen").get(url).form(url).drawn()["laboratory"] == ""
    page = browser.as_("chen").post(url, target=target, **said)

    drawn = page.form(url).drawn()
    assert (drawn["laboratory"], drawn["point"], drawn["value"]) == ("市监测站", "", "")
    assert "登记的数据填好，请核对、补充。" in page.text
    assert browser.as_("lin").get(url).form(url).drawn()["laboratory"] == ""
