"""What units are called besides: one unit's alone, read in ledgers, found in searches, ended."""

import pytest
from people import BAZHOU, BUREAU
from sheets import changed, short
from sqlalchemy import select
from workbooks import upload

from auth.models import Unit, UnitAlias
from extensions import db
from issues.exchange import aliases
from issues.models import Event, Issue
from issues.vocabulary import Status

HOME, ENFORCING, WATER = "/admin/aliases", "511900-ZHZF", "511900-SLJ"
SQUAD = "市综合执法大队"
NEW = {"text": SQUAD, "unit": ENFORCING, "kind": "former", "reason": "见于一季度台账"}


def live():
    rows = select(UnitAlias.text, Unit.code).join(UnitAlias.unit)
    return db.session.execute(rows.where(UnitAlias.ended_at.is_(None))).all()


def test_a_name_nobody_knew_is_added_from_the_preview_and_read_from_then_on(browser):
    sun = browser.as_("sun")
    page = upload(sun, changed(short(), {"J5": f"{SQUAD}牵头"}))
    assert f"没有名为“{SQUAD}”的单位" in page.text
    to_add = next(link for link in page.links if link.startswith(HOME))

    form = sun.get(to_add).form(HOME)
    assert form.drawn()["text"] == SQUAD
    after = sun.post(HOME, via=to_add, unit=ENFORCING, kind="former", reason="机构改革")

    assert after.url == page.url
    assert "0 处" in after.text
    sun.post(f"{page.url}/confirm")
    issue = db.session.scalars(select(Issue).order_by(Issue.id)).first()
    assert issue.primary_unit.code == ENFORCING
    told = db.session.scalars(select(Event).where(Event.subject == "unit")).one()
    assert (told.action, told.reason, told.detail["别称"]) == ("add_alias", "机构改革", SQUAD)
    for words in (SQUAD, "zonghezhifadadui", "szhzfdd"):
        found = sun.get("/api/v1/issues", q=words).json["items"]
        assert issue.number in [one["number"] for one in found], words
    assert SQUAD in sun.get("/search", q=SQUAD).text
    assert "添加别称" in browser.as_("sysadmin").get(f"/admin/units/{ENFORCING}").text

    row = db.session.scalars(select(UnitAlias)).one()
    sun.post(f"{HOME}/{row.id}/end", via=HOME)

    assert live() == []
    assert sun.get("/api/v1/issues", q=SQUAD).json["items"] == []
    again = upload(sun, changed(short(), {"J9": f"{SQUAD}牵头"}))
    assert f"没有名为“{SQUAD}”的单位" in again.text
    acts = db.session.scalars(select(Event.action).where(Event.subject == "unit")).all()
    assert acts == ["add_alias", "end_alias"]


WRONG = {
    "another's name": ({"text": "市水利局"}, "text", "“市水利局”已经是市水利局的叫法"),
    "another's form": ({"text": "巴中市 生态 环境局"}, "text", "已经是市生态环境局的叫法"),
    "a full name": ({"text": "巴中市水利局", "unit": BUREAU}, "text", "市水利局的叫法"),
    "its own form": ({"text": "市综合行政执法局"}, "text", "已经认得是市综合执法局，不用添加"),
    "two names": ({"text": "市执法大队、市城管局"}, "text", "一次只写一个名称"),
    "some units": ({"text": "市级有关部门"}, "text", "没有写明是哪些单位"),
    "all counties": ({"text": "各县（区）"}, "text", "没有写明是哪"),
    "the city": ({"text": "市政府"}, "text", "请写具体承办的部门"),
    "a county's department": ({"text": "区综合执法局"}, "text", "县（区）的部门"),
    "a name and more": ({"text": "市水利局等部门"}, "text", "名称后面还有别的话"),
    "nothing": ({"text": " "}, "text", "请填写别称"),
    "too long": ({"text": "字" * 81}, "text", "最多80个字"),
    "no unit": ({"unit": ""}, "unit", "请选择单位"),
    "no kind": ({"kind": "x"}, "kind", "请选择类别"),
    "no reason": ({"reason": " "}, "reason", "请写明理由"),
}


@pytest.mark.parametrize(("said", "field", "why"), WRONG.values(), ids=WRONG)
def test_a_wrong_alias_is_told_at_its_field_and_nothing_is_written(browser, said, field, why):
    page = browser.as_("sun").send(HOME, 422, **browser.as_("sun").bare(NEW | said))

    assert why in page.error(field)
    assert live() == []
    assert db.session.scalars(select(Event).where(Event.subject == "unit")).all() == []


def test_an_alias_is_one_unit_s_alone_however_it_is_written(browser):
    sun = browser.as_("sun")
    sun.post(HOME, **NEW | {"text": "市路灯和市容管理处"})

    page = sun.post(HOME, 422, **NEW | {"text": "市路灯 与市容管理处", "unit": WATER})

    assert "已经是市综合执法局的叫法" in page.error("text")
    assert live() == [("市路灯和市容管理处", ENFORCING)]


def test_a_unit_takes_no_name_that_is_another_s_alias(browser):
    browser.as_("sun").post(HOME, **NEW)
    url = f"/admin/units/{BAZHOU}"

    page = browser.as_("sysadmin").post(url, 422, name=SQUAD, reason="改名")

    assert f"“{SQUAD}”是市综合执法局的别称" in page.error("name")


def test_the_control_without_its_guard_an_alias_takes_another_s_form(browser, monkeypatch):
    """And even then the ledger is not read as the wrong body: the form is nobody's."""
    monkeypatch.setattr(aliases, "_taken", lambda *_: {})

    browser.as_("sun").post(HOME, **NEW | {"text": "市自规局"})

    assert live() == [("市自规局", ENFORCING)]
    page = upload(browser.as_("sun"), changed(short(), {"J5": "市自规局牵头"}))
    assert "没有名为“市自规局”的单位" in page.text


def test_both_who_keep_ledgers_and_who_keep_units_may_and_nobody_else(browser):
    sysadmin = browser.as_("sysadmin")
    unit = sysadmin.get(f"/admin/units/{ENFORCING}")
    to_add = next(link for link in unit.links if link.startswith(HOME))
    assert sysadmin.get(to_add).form(HOME).drawn()["unit"] == ENFORCING
    sysadmin.post(HOME, **NEW)
    assert HOME in browser.as_("sun").get("/issues/import").links
    for name in ("chen", "lin", "zhou", "secadmin", "auditor"):
        browser.as_(name).get(HOME, 403)
        browser.as_(name).send(HOME, 403, **browser.as_(name).bare(NEW | {"text": "市某队"}))
    assert live() == [(SQUAD, ENFORCING)]


@pytest.mark.both
def test_a_new_alias_finds_the_tickets_that_are_here(browser, make_issue):
    issue = make_issue(Status.RECTIFYING)
    browser.as_("sysadmin").post(HOME, **NEW | {"text": "市环境保护局", "unit": BUREAU})

    for words in ("环境保护局", "huanjingbaohuju"):
        found = browser.as_("sun").get("/api/v1/issues", q=words).json["items"]
        assert [one["number"] for one in found] == [issue.number]
