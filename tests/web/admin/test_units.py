"""Units: kept by the system administrator, never removed, each change with its reason."""

import pytest
from people import BAZHOU, BUREAU
from sqlalchemy import select

from auth.models import Unit
from extensions import db
from issues.models import Event
from issues.vocabulary import Status

NEW = {
    "code": "511900-XFJ", "name": "巴中市信访局", "short_name": "市信访局", "kind": "市级部门",
    "region": "511900", "reason": "机构改革",
}  # fmt: skip
HOME, LONG = "/admin/units", "字" * 81


def unit(code):
    return db.session.scalars(select(Unit).where(Unit.code == code)).first()


@pytest.mark.both
def test_a_new_unit_can_be_chosen_at_once(browser):
    page = browser.as_("sysadmin").post(f"{HOME}/new", **NEW)

    assert "已新建单位“市信访局”" in page.text
    assert "机构改革" in page.text
    form = browser.as_("sun").get("/issues/new").form("/issues/new")
    options = [node["value"] for node in form.node.all("option")]
    assert NEW["code"] in options


@pytest.mark.both
def test_a_new_name_stands_on_its_tickets_and_is_found(browser, make_issue):
    issue = make_issue(Status.RECTIFYING)
    url = f"{HOME}/{BUREAU}"

    page = browser.as_("sysadmin").post(
        url, short_name="市生态环境保护局", reason="依据巴委办〔2025〕1号"
    )

    assert "市生态环境局 → 市生态环境保护局" in page.text
    assert "市生态环境保护局" in browser.as_("sun").get(f"/issues/{issue.number}").text
    found = browser.as_("sun").get("/api/v1/issues?q=生态环境保护局").json
    assert [one["number"] for one in found["items"]] == [issue.number]
    rows = select(Event).where(Event.subject == "unit").order_by(Event.id)
    told, former = db.session.scalars(rows).all()
    assert (told.action, told.reason) == ("amend_unit", "依据巴委办〔2025〕1号")
    assert told.detail["before"] == {"简称": "市生态环境局"}
    assert (former.action, former.detail["别称"]) == ("add_alias", "市生态环境局")
    assert "修改单位" in browser.as_("auditor").get("/history").text


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("code", BAZHOU), ("code", "巴中"), ("code", ""), ("name", ""), ("name", LONG),
        ("short_name", "巴州区"), ("kind", "公司"), ("region", "999999"), ("reason", " "),
    ],
    ids=lambda value: value[:12],
)  # fmt: skip
def test_a_wrong_unit_is_told_at_its_field_and_nothing_is_written(browser, field, value):
    page = browser.as_("sysadmin").post(f"{HOME}/new", 422, **NEW | {field: value})

    assert page.error(field)
    assert unit(NEW["code"]) is None
    assert db.session.scalars(select(Event).where(Event.subject == "unit")).all() == []


def test_a_change_needs_a_change_and_a_reason(browser):
    url = f"{HOME}/{BAZHOU}"

    same = browser.as_("sysadmin").post(url, 422, reason="核对")
    bare = browser.as_("sysadmin").post(url, 422, name="巴州区人民政府")

    assert "没有要修改的内容" in same.text
    assert bare.error("reason")
    assert unit(BAZHOU).name == "巴州区"


@pytest.mark.parametrize("name", ["sun", "zhou", "chenlead", "secadmin", "auditor"])
def test_nobody_else_keeps_units(browser, name):
    for url in (HOME, f"{HOME}/new", f"{HOME}/{BAZHOU}"):
        browser.as_(name).get(url, 403)
    browser.as_(name).send(f"{HOME}/new", 403, **browser.as_(name).bare(NEW))


def test_an_unknown_code_is_not_found(browser):
    browser.as_("sysadmin").get(f"{HOME}/000000", 404)
