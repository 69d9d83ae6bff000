"""What was typed is there again: session lost, page closed, another device (case 22)."""

import pytest
from people import PASSWORD
from sqlalchemy import select, update
from windows import DESK, PHONE, Window

from auth.models import SignIn
from extensions import db, transaction
from issues.ground import clock
from issues.models import Evidence, Issue, KeptForm
from issues.vocabulary import Action, Status

pytestmark = pytest.mark.browser
TYPED = "不属于本单位职责，请另行交办。\n排口在恩阳区界内。"
PROBLEM = "巴河右岸排口水色发黑，附近居民多次反映。"
OFFERED = "没有提交的内容还在"


@pytest.fixture
def url(make_issue):
    return f"/issues/{make_issue(Status.ASSIGNED).number}/acts/decline"


def lapse():
    """All sessions end, as after an hour without use."""
    with transaction():
        db.session.execute(update(SignIn).values(ended_at=clock.real_now()))


def kept():
    db.session.rollback()
    return db.session.scalars(select(KeptForm)).all()


def sign_in(window, name):
    window.page.fill("[name=username]", name)
    window.page.fill("[name=password]", PASSWORD)
    with window.page.expect_navigation():
        window.page.click("main button[type=submit]")


def wait_until_kept(window):
    window.page.locator(".kept-note", has_text="已留存").wait_for()


@pytest.mark.parametrize(
    ("viewport", "javascript", "is_deleted"),
    [(DESK, True, False), (PHONE, True, True), (DESK, False, False)],
)
def test_sent_after_the_session_ended_it_comes_back_and_goes_on(
    window, url, viewport, javascript, is_deleted
):
    chen = window(viewport, javascript=javascript).sign_in("chen")
    chen.open(url)
    chen.page.fill("[name=reason]", TYPED)
    lapse()
    if is_deleted:
        chen.context.clear_cookies()

    chen.press(Action.DECLINE.label)
    assert "/login" in chen.page.url
    assert "已替您留存" in chen.text
    sign_in(chen, "chen")
    assert url in chen.page.url
    assert chen.page.input_value("[name=reason]") == TYPED
    assert "已恢复" in chen.text
    assert chen.sideways() <= 0
    chen.press(Action.DECLINE.label)
    assert "已办理" in chen.text
    assert kept() == []


def test_files_that_were_chosen_stay_chosen(window, make_issue, photo):
    url = f"/issues/{make_issue(Status.RECTIFYING).number}/acts/report_progress"
    chen = window().sign_in("chen")
    chen.open(url)
    chen.page.fill("[name=text]", TYPED)
    chen.page.set_input_files("#f-file", photo("管网清淤"))
    chen.page.locator("[data-files] .upload-saved").wait_for()
    lapse()
    chen.press(Action.REPORT_PROGRESS.label)

    sign_in(chen, "chen")
    assert chen.page.input_value("[name=text]") == TYPED
    assert chen.page.locator("[data-files] .upload-saved").count() == 1
    assert "有 1 处填写" not in chen.text
    chen.press(Action.REPORT_PROGRESS.label)
    assert [row.name for row in db.session.scalars(select(Evidence))] == ["管网清淤.jpg"]
    assert kept() == []


def test_who_signs_in_instead_is_offered_nothing(window, url):
    chen = window().sign_in("chen")
    chen.open(url)
    chen.page.fill("[name=reason]", TYPED)
    lapse()
    chen.press(Action.DECLINE.label)

    sign_in(chen, "sun")
    assert TYPED not in chen.page.content()
    assert OFFERED not in chen.page.locator("body").inner_text()
    assert len(kept()) == 1


def test_a_page_that_was_closed_offers_it_here_and_on_the_phone_to_its_person_alone(window, desk):
    lin = desk("lin")
    lin.open("/issues/new")
    lin.page.fill("[name=problem]", PROBLEM)
    wait_until_kept(lin)
    lin.page.close()

    lin = Window(lin.context, lin.server)
    lin.open("/issues/new")
    assert OFFERED in lin.text
    assert lin.page.input_value("[name=problem]") == ""
    phone = window(PHONE).sign_in("lin")
    phone.open("/issues/new")
    assert phone.sideways() <= 0
    with phone.page.expect_navigation():
        phone.page.get_by_role("link", name="恢复", exact=True).click()
    assert phone.page.input_value("[name=problem]") == PROBLEM
    other = desk("sun")
    other.open("/issues/new")
    assert OFFERED not in other.text

    phone.press("放弃")
    assert phone.page.input_value("[name=problem]") == ""
    assert kept() == []
    assert lin.complaints + phone.complaints + other.complaints == []


def test_left_in_the_middle_of_a_word_it_is_kept_all_the_same(desk):
    lin = desk("lin")
    lin.open("/issues/new")
    lin.page.locator("[name=problem]").click()
    lin.page.keyboard.type(PROBLEM)
    lin.open("/account")

    lin.open("/issues/new")
    assert OFFERED in lin.text


def test_a_page_loaded_anew_offers_what_was_typed(desk):
    lin = desk("lin")
    lin.open("/issues/new")
    lin.page.locator("[name=problem]").click()
    lin.page.keyboard.type(PROBLEM)
    lin.page.reload()

    lin.page.locator(".kept-line", has_text=OFFERED).wait_for()


def test_the_same_words_typed_again_are_offered_once(desk):
    lin = desk("lin")
    for _ in range(2):
        lin.open("/issues/new")
        lin.page.fill("[name=problem]", TYPED)
        wait_until_kept(lin)

    assert len(kept()) == 1
    lin.press(Action.REGISTER.label)
    lin.page.locator("[name=problem]").wait_for()
    assert len(kept()) == 1
    lin.open("/issues/new")
    assert lin.page.locator(".kept-line").count() == 1


def test_what_is_being_typed_is_not_written_over_by_what_was_kept_elsewhere(window, desk):
    lin = desk("lin")
    lin.open("/issues/new")
    phone = window(PHONE).sign_in("lin")
    phone.open("/issues/new")
    lin.page.fill("[name=problem]", PROBLEM)
    phone.page.fill("[name=problem]", "手机上写的另一段。")
    wait_until_kept(lin)
    wait_until_kept(phone)

    assert len(kept()) == 2
    lin.page.reload()
    assert lin.page.locator(".kept-line").count() == 2
    assert db.session.scalars(select(Issue)).all() == []
