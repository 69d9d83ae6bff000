"""What a form waits for is told before it is filled; a proposal that is another's is no lack."""

import io

import pytest
import rosters_filled as filled
from people import WORDS
from sqlalchemy import update

from extensions import db, transaction
from issues.ground import clock
from issues.models import Region, Setting

ENTERING = (("sun", "/issues/new"), ("sun", "/issues/import"))
OFFERED = "/setup/proposals"
UNITS = "/admin/units/import"


def say(*keys):
    with transaction():
        for key in keys:
            db.session.merge(Setting(key=key, value=WORDS[key]))


def told(page):
    return [node for node in page.tree.all("div") if node["class"] == "empty-state"]


@pytest.fixture
def placeless(unset):
    """A city that has chosen no place."""
    with transaction():
        db.session.execute(update(Region).values(ended_at=clock.now()))
    return unset


@pytest.mark.parametrize(("name", "url"), ENTERING)
def test_a_form_that_would_be_refused_says_so_before_it_is_filled(unset, browser, name, url):
    visitor = browser.as_(name)
    assert told(visitor.get(url))[0].all("a", href="/setup")

    say(*WORDS)
    assert "本市设置没有完成" not in visitor.get(url).text


def test_who_cannot_mend_it_reads_who_does(unset, browser):
    (state,) = told(browser.as_("lin").get("/issues/new"))
    assert state.all("a") == []
    assert "下一步：填写本市设置，由市环委办经办、系统管理员办理。" in state.text


def test_units_without_a_place_lead_to_the_places(placeless, browser):
    keeper = browser.as_("sysadmin")
    assert told(keeper.get(UNITS))[0].all("a", href="/admin/regions")
    form = keeper.bare({"workbook": (io.BytesIO(filled.units()), "单位.xlsx")})
    page = keeper.get(keeper.send(UNITS, 303, follow=False, **form).location)
    assert "还没有选定城市" in page.text
    assert "没有“市级”这个区域" not in page.text
    form = browser.as_("sun").get("/issues/new")
    assert form.tree.one(id="f-region").text.strip() == "目前没有可选的内容"


def test_proposals_of_another_are_not_said_to_be_missing(unset, browser):
    say("city", "number_prefix")
    text = browser.as_("sysadmin").get(OFFERED).text
    assert "下一步：核对并采用建议，由市环委办经办办理。" in text
    assert "城市名称保存后" not in text

    say(*WORDS)
    text = browser.as_("sun").get(OFFERED).text
    assert "城市名称保存后" not in text
