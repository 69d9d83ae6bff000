"""A site check filled in without a network, while the ticket goes on elsewhere: told, not lost."""

import pytest
import samples
from sqlalchemy import select
from windows import PHONE

from extensions import db
from issues.ground import clock
from issues.models import SiteCheck
from issues.vocabulary import Status

pytestmark = pytest.mark.browser
REACHED = """() => navigator.onLine
    && fetch('/healthz', {cache: 'no-store'}).then(answer => answer.ok, () => false)"""


def back(lin):
    """There is a network again, and the page has noticed."""
    lin.context.set_offline(False)
    lin.page.wait_for_function(REACHED)


def filled(lin, issue, path):
    """The check of a ticket on today's route, filled in offline; the queue is on the screen."""
    page = lin.open("/route")
    page.locator(f"[data-number='{issue.number}'] .route-pick input").check()
    page.get_by_role("button", name="勾选的存为今日路线").click()
    page.wait_for_selector("[data-offline][data-kept='4']")
    page.wait_for_function("() => navigator.serviceWorker.controller !== null")
    page.clock.set_fixed_time(clock.now())
    lin.context.set_offline(True)
    page.goto(f"{lin.server}/route/check/{issue.number}")
    page.get_by_role("button", name="存到待发送").click()
    page.get_by_text("请填写照片、核查结论").wait_for()
    page.set_input_files("#f-camera", path)
    page.select_option("[name=conclusion]", "pass")
    for select_ in page.locator("select[name$='-conclusion']").all():
        select_.select_option("pass")
    page.fill("[name=inspectors]", "林督察、何督察")
    page.get_by_role("button", name="存到待发送").click()
    page.get_by_text("待发送 1 条").wait_for()
    return page


@pytest.fixture
def shot(tmp_path):
    path = tmp_path / "IMG_1.jpg"
    path.write_bytes(samples.jpeg())
    return path


def checks():
    db.session.rollback()
    return db.session.scalars(select(SiteCheck)).all()


def test_it_is_recorded_when_it_is_sent(window, make_issue, shot):
    issue = make_issue(Status.SITE_CHECK, lon="106.75", lat="31.86")
    lin = window(PHONE).sign_in("lin")
    page = filled(lin, issue, shot)
    assert checks() == []
    back(lin)
    page.get_by_role("button", name="发送").click()
    page.get_by_text("已发送").wait_for()
    (check,) = checks()
    assert (check.inspectors, len(check.photos)) == (["林督察", "何督察"], 1)


def test_a_ticket_that_went_on_meanwhile_is_told_and_what_was_written_stays(
    window, make_issue, shot
):
    issue = make_issue(Status.SITE_CHECK, lon="106.75", lat="31.86")
    lin = window(PHONE).sign_in("lin")
    page = filled(lin, issue, shot)
    make_issue.check(issue, clock.now())
    back(lin)
    page.get_by_role("button", name="发送").click()
    page.get_by_text("没有收下").wait_for()
    page.reload()
    page.get_by_text("查看填写的内容").click()
    assert "林督察、何督察" in page.locator(".queue").inner_text()
    assert len(checks()) == 1
