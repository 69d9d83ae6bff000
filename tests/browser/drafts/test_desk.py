"""The desk in a real browser: edited where it stands, kept as it is typed, undone, signed."""

import pytest
from judge import axe_script, faults
from pressed import planned
from sqlalchemy import select
from windows import DESK, PHONE

from extensions import db
from issues.ground import clock
from issues.models import Notice
from issues.notices.desk import acts

pytestmark = pytest.mark.browser
MORE = "周边群众多次反映，社会关注度高。"
SIZE = """field => parseFloat(getComputedStyle(field).fontSize)
    / field.closest('.desk-sheet').clientWidth"""


@pytest.fixture
def draft(people, browser):
    issue = planned(people)
    browser.as_("sun").post("/notices", via="/notices/new", kind="N3", issues=issue.number)
    return f"/notices/{row().id}"


def row():
    db.session.rollback()
    return db.session.scalars(select(Notice).order_by(Notice.id.desc())).first()


def paragraph(text):
    found = next(one for one in acts.stands_now(row(), clock.now()) if text in one.text)
    db.session.rollback()
    return found


def area(seen, one):
    return seen.page.locator(f".desk-area[data-goes='p-{one.id}']").first


def over(seen):
    return seen.page.locator(".desk-over textarea").first


def sent(seen, keys):
    with seen.page.expect_navigation():
        seen.page.keyboard.press(keys)


def test_a_paragraph_is_edited_in_place_by_keys_alone_undone_and_done_again(window, draft):
    sun = window(DESK).sign_in("sun")
    sun.open(draft)
    one = paragraph("问题来源")
    area(sun, one).focus()
    sun.page.keyboard.press("Enter")
    assert over(sun).evaluate("field => document.activeElement === field")
    assert over(sun).input_value() == one.text
    size = over(sun).evaluate(
        "f => parseFloat(getComputedStyle(f).fontSize) / f.closest('.desk-sheet').clientWidth"
    )
    assert size == pytest.approx(15.8 / 595.28, rel=0.02), "letters as large as the page's"

    sun.page.keyboard.type(MORE)
    sun.page.locator(".desk-over [data-kept]", has_text="已保存").wait_for()
    sun.page.keyboard.press("Escape")
    assert over(sun).count() == 0
    sun.page.reload()
    assert over(sun).input_value() == f"{one.text}{MORE}", "what was typed is there again"
    sent(sun, "Control+Enter")

    assert paragraph(MORE).text == f"{one.text}{MORE}"
    departing = sun.page.locator(".desk-departs")
    assert "与记录不同" in departing.first.get_attribute("aria-label")
    sun.page.keyboard.press("Tab")
    sent(sun, "Control+z")
    assert row().facts.get("desk") is None
    sun.press("重做")
    area(sun, paragraph(MORE)).focus()
    sent(sun, "Alt+ArrowDown")
    places = [each.key for each in acts.stands_now(row(), clock.now())]
    assert places.index(paragraph(MORE).key) == places.index(paragraph("存在问题").key) + 1
    db.session.rollback()
    assert sun.complaints == []
    assert faults(sun, axe_script()) == []


def test_two_at_one_paragraph_see_both_texts_and_nothing_is_lost(window, draft):
    sun, zhou = window(DESK).sign_in("sun"), window(DESK).sign_in("zhou")
    one = paragraph("问题来源")
    for seen, text in ((sun, "问题来源。甲所写。"), (zhou, "问题来源。乙所写。")):
        seen.open(draft)
        area(seen, one).press("Enter")
        over(seen).fill(text)
    sent(sun, "Control+Enter")
    sent(zhou, "Control+Enter")
    zhou.complaints = [line for line in zhou.complaints if "409" not in line]

    layer = zhou.page.locator(".desk-over")
    assert "两份文字" in layer.inner_text()
    assert "甲所写" in layer.inner_text()
    assert over(zhou).input_value() == "问题来源。乙所写。"
    assert paragraph("问题来源").text == "问题来源。甲所写。"
    over(zhou).fill("问题来源。甲、乙所写。")
    sent(zhou, "Control+Enter")
    assert paragraph("甲、乙所写")
    assert zhou.complaints == []


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_a_departing_draft_is_signed_once_each_departure_is_confirmed(window, draft, size):
    one = paragraph("问题来源")
    zhou = window(size).sign_in("zhou")
    zhou.open(draft)
    assert zhou.sideways() <= 0
    if size is PHONE:
        area(zhou, one).click()
        field = zhou.page.locator(f"#p-{one.id} > .desk-form textarea")
        field.fill(f"{one.text}{MORE}")
        with zhou.page.expect_navigation():
            zhou.page.locator(f"#p-{one.id} > .desk-form").get_by_role(
                "button", name="保存本段"
            ).click()
    else:
        area(zhou, one).click()
        over(zhou).fill(f"{one.text}{MORE}")
        sent(zhou, "Control+Enter")
    assert faults(zhou, axe_script()) == []
    zhou.press("核对并签发")
    assert MORE in zhou.page.locator(".desk-compare ins").inner_text()
    assert faults(zhou, axe_script()) == []
    zhou.press("确认签发")
    assert "请确认这一处" in zhou.text
    zhou.complaints = [line for line in zhou.complaints if "422" not in line]
    zhou.page.locator("[name=confirmed]").check()
    zhou.press("确认签发")
    assert "文书已签发" in zhou.text
    assert row().number
    assert zhou.complaints == []


def test_without_a_script_each_paragraph_has_its_form(window, draft):
    sun = window(DESK, javascript=False).sign_in("sun")
    one = paragraph("问题来源")
    sun.open(draft)
    sun.page.locator(f"#p-{one.id} > summary").click()
    form = sun.page.locator(f"#p-{one.id} > .desk-form")
    form.locator("textarea").fill("问题来源。群众反映。")
    with sun.page.expect_navigation():
        form.get_by_role("button", name="保存本段").click()
    assert paragraph("群众反映")
