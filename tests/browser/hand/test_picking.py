"""Units are found by a word among many, and what was chosen is sent."""

import pytest
from make import DETAIL
from sqlalchemy import select
from windows import DESK, PHONE

from extensions import db
from issues.models import Issue
from issues.vocabulary import Action, Relation

pytestmark = pytest.mark.browser
FIELD = "#f-supporting_units"


@pytest.mark.parametrize("viewport", [DESK, PHONE], ids=["desk", "phone"])
def test_a_unit_is_found_by_a_word_chosen_and_taken_off_again(window, viewport):
    sun = window(viewport).sign_in("sun")
    page = sun.open("/issues/new")
    sun.fill(DETAIL)
    field = page.locator(FIELD)
    sun.reveal(field)
    assert field.locator(".check").first.is_hidden(), "no wall of boxes"

    for word in ("水利", "林业"):
        field.get_by_role("searchbox").fill(word)
        field.locator(".check", has_text=word).click()
    field.get_by_role("button", name="去掉市林业局").click()
    field.get_by_role("searchbox").fill("交通")
    page.keyboard.press("Enter")
    assert sun.sideways() <= 0
    sun.press(Action.REGISTER.label)

    issue = db.session.scalars(select(Issue)).one()
    chosen = {unit.short_name for unit in issue.units(Relation.SUPPORTING)}
    assert chosen == {"市水利局", "市交通运输局"}
    assert sun.complaints == []


def test_parts_few_fill_are_folded_until_something_stands_in_them(desk):
    sun = desk("sun")
    page = sun.open("/issues/new")
    note = page.locator("[name=note]")
    sun.reveal(note)
    assert note.is_hidden()
    page.locator(".act-fold summary", has_text="其他").click()
    note.fill("现场有两处。")
    sun.press(Action.REGISTER.label)
    sun.reveal(note)
    assert page.locator("[name=note]").is_visible(), "what was typed is not folded away"
    assert page.locator("[name=note]").input_value() == "现场有两处。"
