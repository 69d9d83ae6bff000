"""The sheets of a quarter signed together: each by itself, each told, once however often sent."""

from datetime import timedelta
from decimal import Decimal

import pytest
from people import BAZHOU, ENYANG, PASSWORD, with_settings
from sqlalchemy import select, update

from auth.models import SignIn
from extensions import db, transaction
from issues.models import ScoreEntry, ScoreSheet

URL = "/scores/signing?year=2025&quarter=3"


def units(page):
    return [box["value"] for box in page.tree.all("input", type="checkbox")]


def sheets():
    db.session.rollback()
    return list(db.session.scalars(select(ScoreSheet).order_by(ScoreSheet.id)))


@pytest.fixture
def he(browser, published):
    return browser.as_("he")


def drawn(he, *codes):
    """The form with these units ticked: its boxes stand in the table above it."""
    return he.get(URL).form(URL).drawn() | {"unit": list(codes)}


def test_all_that_wait_are_signed_with_numbers_of_their_own(he):
    codes = units(he.get(URL))
    assert {BAZHOU, ENYANG} <= set(codes)
    page = he.send(URL, **drawn(he, *codes[:3]))

    rows = sheets()
    assert "已签发 3 个，未签发 0 个" in " ".join(page.tree.one("main").text.split())
    numbers = [row.number for row in rows]
    assert len(set(numbers)) == len(numbers) == 3
    assert all(number in page.text for number in numbers)
    assert units(he.get(URL)) == codes[3:]


def test_what_the_record_does_not_bear_out_is_told_and_not_signed(he):
    with transaction():
        db.session.execute(update(ScoreEntry).values(value=Decimal(-2)))
    page = he.send(URL, **drawn(he, ENYANG))

    assert sheets() == []
    assert "得分单与记录不符，尚未签发；" in page.text
    assert "总分与每一分之和不符" in page.text


def test_one_signed_in_between_is_told_and_harms_no_other(he):
    form, single = drawn(he, ENYANG, BAZHOU), f"/scores/{ENYANG}/sheet?year=2025&quarter=3"
    he.post(single, via=single)
    page = he.send(URL, **form)

    assert [row.unit.code for row in sheets()] == [ENYANG, BAZHOU]
    assert "未签发：恩阳区2025年第3季度的得分单已经签发" in page.text


def test_the_same_form_twice_signs_each_once(he):
    form = drawn(he, BAZHOU, ENYANG)
    first, again = he.send(URL, **form), he.send(URL, **form)

    assert len(sheets()) == 2
    assert first.tree.one("table").text == again.tree.one("table").text
    other = he.send(URL, **drawn(he, BAZHOU))
    assert "已经签发" in other.text
    assert len(sheets()) == 2


def test_one_proof_is_asked_and_the_choice_waits_for_it(app, he, monkeypatch):
    with_settings(app, monkeypatch, proof_minutes=10)
    form = drawn(he, BAZHOU, ENYANG)
    with transaction():
        for row in db.session.scalars(select(SignIn)):
            row.started_at -= timedelta(minutes=11)
    asked = he.send(URL, 403, **form)
    assert sheets() == []
    assert asked.form(URL).drawn()["unit"] == [BAZHOU, ENYANG]
    he.send(URL, **form, proof=PASSWORD)
    assert len(sheets()) == 2


def test_nothing_chosen_or_not_published_signs_nothing(he, browser):
    assert he.send(URL, 422, **drawn(he)).error("unit")
    he.get("/scores/signing?year=2025&quarter=4", 404)
    he.send("/scores/signing?year=2025&quarter=4", 404, **he.bare({"unit": [BAZHOU]}))
    page = he.send(URL, **drawn(he, "nowhere"))
    assert "没有找到" in page.text
    for name in ("sun", "zhou", "chenlead", "zhao"):
        browser.as_(name).get(URL, 403)
    assert sheets() == []
