"""One ticket from its registration to its closure, by everybody who has a part in it."""

from datetime import date
from io import BytesIO

import pytest
from make import PDF
from opening import registered
from pypdf import PdfReader
from windows import PHONE

from issues.ground import clock
from issues.vocabulary import Action

THE_DAY_AFTER_PUBLICITY = date(2025, 12, 10)
pytestmark = pytest.mark.browser


def test_from_registration_to_closure(desk, window, photo, tmp_path):
    number = registered(desk)
    plan(desk, number)
    evidence(desk, window, number, photo, tmp_path)
    progress(desk, number)
    red_card(desk, number)
    acceptance(desk, number, photo)
    closure(desk, number)
    for name in ("sun", "chen", "chenlead", "liu", "liulead", "lin", "zhou", "zhao"):
        assert desk(name).complaints == [], name


def plan(desk, number):
    chen = desk("chen")
    chen.open("/")
    assert number in chen.text
    chen.open(f"/issues/{number}")
    chen.press(Action.ACKNOWLEDGE.label)
    assert "待报方案" in chen.text

    desk("chenlead").act(
        number, Action.SUBMIT_PLAN,
        measures__0__text="完成场镇管网排查", measures__0__deadline="2026-03-31",
        measures__1__text="修复破损管网", measures__1__deadline="2026-06-30",
        measures__1__target="2.4", measures__1__unit_of_target="公里",
    )  # fmt: skip
    liu = desk("liu")
    liu.act(number, Action.APPROVE_PLAN, opinion="措施可行，同意实施。")
    assert "整改中" in liu.text


def evidence(desk, window, number, photo, tmp_path):
    on_the_spot(window, number, photo("整改前"))
    chen = desk("chen")
    chen.upload(number, "after", photo("整改后现场"))
    report = tmp_path / "完工报告.pdf"
    report.write_bytes(PDF % b"completion")
    chen.upload(number, "completion", report)
    assert "完工报告.pdf" in chen.text


def on_the_spot(window, number, path):
    """The picture taken on the spot is sent over a slow line, and its way is shown."""
    chen = window(PHONE).sign_in("chen")
    page = chen.open(f"/issues/{number}")
    page.locator(".upload-more summary").click()
    page.select_option(".upload [name=kind]", "before")
    page.set_input_files("#f-camera", path)
    page.locator("[data-skip]").click()
    line = chen.context.new_cdp_session(page)
    line.send("Network.enable")
    slow = {"offline": False, "latency": 20, "downloadThroughput": -1, "uploadThroughput": 500_000}
    line.send("Network.emulateNetworkConditions", slow)
    page.get_by_role("button", name="上传 1 个文件").click()
    page.get_by_role("progressbar", name=f"{path.name} 上传进度").wait_for()
    page.get_by_text("已上传 ").wait_for()
    with page.expect_navigation():
        pass
    assert path.name in chen.text
    assert chen.sideways() <= 0
    assert chen.complaints == []


def progress(desk, number):
    desk("chen").act(
        number, Action.REPORT_PROGRESS,
        text="管网排查和修复均已完成。", measures__0__done=True,
        measures__1__reported="2.4", measures__1__done=True,
    )  # fmt: skip
    desk("liu").act(number, Action.CONFIRM_PROGRESS, opinion="现场看过，属实。")


def red_card(desk, number):
    """A red card drafts its notice; the head signs it and the unit signs for it."""
    sun, zhou, chen = desk("sun"), desk("zhou"), desk("chen")
    sun.act(number, Action.RAISE_CARD, colour="red", reason="群众反映强烈，须限期办结。")
    assert "红" in sun.page.locator(".ticket-state").inner_text()
    sun.page.get_by_role("link", name="督办通知书（红牌）").click()
    sun.fill({"contact_phone": "0827-1234567"})
    sun.press("保存草稿")
    url = sun.page.url.removeprefix(sun.server)

    zhou.open(url)
    zhou.press("核对并签发")
    zhou.press("确认签发")
    assert "〔2025〕1号" in zhou.text
    answer = chen.context.request.get(f"{chen.server}{url}.pdf")
    told = "".join(page.extract_text() for page in PdfReader(BytesIO(answer.body())).pages)
    assert number in told
    assert "0827-1234567" in told

    chen.open(url)
    chen.fill({"name": "陈某", "phone": "13900000000"})
    chen.press("签收")
    assert "已签收" in chen.text


def acceptance(desk, number, photo):
    leader = desk("chenlead")
    leader.act(number, Action.REQUEST_ACCEPTANCE, text="已全面完成，申请验收。")
    desk("liulead").act(number, Action.PASS_FIRST_ACCEPTANCE, opinion="符合验收标准。")
    lin = desk("lin")
    lin.upload(number, "site_check", photo("现场核查照片"))
    page = lin.open(f"/issues/{number}/acts/record_site_check")
    shown = page.locator("[name=photos]").last.get_attribute("value")
    lin.act(
        number, Action.RECORD_SITE_CHECK, ticked=[("photos", shown)],
        at="2025-11-25T10:30", place="大茅坪镇场镇", inspectors="林督察、林二", conclusion="pass",
        measures__0__conclusion="pass", measures__1__conclusion="pass",
    )  # fmt: skip


def closure(desk, number):
    standards = [("standards", value) for value in "12345"]
    zhou, sun, zhao = desk("zhou"), desk("sun"), desk("zhao")
    zhou.act(number, Action.APPROVE_CLOSURE, ticked=standards, opinion="同意公示。")
    assert "公示中" in zhou.text
    clock.stand_still(THE_DAY_AFTER_PUBLICITY)
    sun.act(number, Action.CLOSE)
    assert "已销号" in sun.text

    page = zhao.open("/board")
    assert page.locator(".total-closed .total-count").inner_text() == "1"
    page.locator(".total-closed").click()
    assert number in zhao.text
