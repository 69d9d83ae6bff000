"""Reports that read nearly the same are shown to who reviews them, and to nobody else."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from extensions import db
from issues.evidence.flags import examine
from issues.evidence.flags.repeated import ALIKE, BANDS, share_alike
from issues.ground import clock
from issues.models import ReportKey, ReportTwin
from issues.vocabulary import Action, Role, Status

SAID = "本月完成破损管网修复0.8公里，清理淤泥120立方米，沿线无直排。"
AGAIN = "本月完成破损管网修复0.9公里，清理淤泥120立方米，沿线无直排。"
ACCEPTING = ("pass_first_acceptance", "return_acceptance")
REWORDED = "本月完成破损管网修复0.8公里，清理淤泥130立方米，沿线无新直排。"


def report(make_issue, issue, text, name="chen"):
    make_issue.act(Action.REPORT_PROGRESS, issue, name, text=text)


def test_the_reviewer_is_told_where_the_same_was_said(browser, make_issue):
    issue = make_issue(Status.RECTIFYING)
    report(make_issue, issue, SAID)
    make_issue.act(Action.CONFIRM_PROGRESS, issue, "liu", opinion="属实")
    report(make_issue, issue, AGAIN)

    page = browser.as_("liu").get(f"/issues/{issue.number}/acts/confirm_progress")

    assert (
        "进展描述雷同：2025年11月25日的进展描述与本事项于2025年11月25日的填报几乎相同" in page.text
    )
    assert "进展描述雷同" in browser.as_("liu").get(f"/issues/{issue.number}").text
    assert "进展描述雷同" not in browser.as_("chen").get(f"/issues/{issue.number}").text


def test_another_ticket_of_the_unit_is_looked_at_too(browser, make_issue):
    other, issue = make_issue(Status.RECTIFYING), make_issue(Status.RECTIFYING)
    report(make_issue, other, SAID)
    report(make_issue, issue, AGAIN)

    page = browser.as_("sun").get(f"/issues/{issue.number}/acts/confirm_progress")

    assert f"与{other.number}于2025年11月25日的填报几乎相同" in page.text


def test_a_reviewer_rules_on_it_with_a_reason(browser, make_issue):
    other, issue = make_issue(Status.RECTIFYING), make_issue(Status.RECTIFYING)
    report(make_issue, other, SAID)
    report(make_issue, issue, AGAIN)
    liu, url = browser.as_("liu"), f"/issues/{issue.number}/flags"
    assert url in liu.get(f"/issues/{issue.number}/acts/confirm_progress").links
    page = liu.get(url)
    assert SAID in page.text
    assert AGAIN in page.text
    assert other.number in page.text

    bare = liu.send(url, 422, **page.form(url).filled({"ruling": "dismissed", "reason": ""}))
    said = {"ruling": "dismissed", "reason": "两个场镇同一合同段，进度确实相近"}
    done = liu.send(url, **bare.form(url).filled(said))

    assert said["reason"] in done.text
    assert said["reason"] in browser.as_("lin").get(f"/issues/{issue.number}").text
    browser.as_("chen").get(url, 403)
    assert said["reason"] not in browser.as_("chen").get(f"/issues/{issue.number}").text


def test_a_returned_report_is_no_model(browser, make_issue):
    issue = make_issue(Status.RECTIFYING)
    report(make_issue, issue, SAID)
    make_issue.act(Action.RETURN_PROGRESS, issue, "liu", reason="请补充照片")
    report(make_issue, issue, SAID)

    assert "雷同" not in browser.as_("liu").get(f"/issues/{issue.number}").text
    assert examine.all_flags(issue, [], make_issue.people.liu) == []


def test_what_the_page_says_and_what_is_flagged_are_one(browser, make_issue):
    issue = make_issue(Status.RECTIFYING)
    report(make_issue, issue, SAID)
    report(make_issue, issue, REWORDED)
    assert ALIKE <= share_alike(SAID, REWORDED) < 90

    page = browser.as_("liu").get(f"/issues/{issue.number}/acts/confirm_progress")
    flags = browser.as_("liu").get(f"/issues/{issue.number}/flags")

    assert REWORDED in flags.text
    (flag,) = examine.all_flags(issue, [], make_issue.people.liu)
    assert flag.because.endswith(f"（相似度{share_alike(SAID, REWORDED)}%）")
    for shown in (page, flags, browser.as_("liu").get(f"/issues/{issue.number}")):
        assert flag.because in shown.text


@pytest.mark.parametrize("act", ["confirm_progress", "return_progress"])
def test_what_another_unit_said_in_the_same_words_is_told_at_the_decision(browser, make_issue, act):
    other = make_issue(Status.RECTIFYING, region="511903", primary_unit="511903")
    issue = make_issue(Status.RECTIFYING)
    report(make_issue, other, SAID, make_issue.of_the_unit(other, Role.REPORTER))
    report(make_issue, issue, SAID)
    url = f"/issues/{issue.number}"

    (flag,) = examine.all_flags(issue, [], make_issue.people.liu)

    assert "（相似度100%）" in flag.because
    assert flag.because in browser.as_("liu").get(f"{url}/acts/{act}").text
    assert flag.because in browser.as_("liu").get(f"{url}/flags").text


def test_what_is_not_ruled_yet_is_told_at_the_acceptance(browser, make_issue):
    other, issue = make_issue(Status.RECTIFYING), make_issue(Status.RECTIFYING)
    report(make_issue, other, SAID)
    report(make_issue, issue, AGAIN)
    make_issue.act(Action.CONFIRM_PROGRESS, issue, "liu", opinion="属实")
    make_issue.advance(issue, Status.FIRST_ACCEPTANCE, clock.today() - timedelta(days=22))
    liu, url = browser.as_("liu"), f"/issues/{issue.number}"
    told = [liu.get(f"{url}/acts/{act}").text for act in ACCEPTING]
    page = liu.get(f"{url}/flags")
    said = {"ruling": "dismissed", "reason": "同一合同段"}
    liu.send(f"{url}/flags", **page.form(f"{url}/flags").filled(said))

    assert all("进展描述雷同" in text for text in told)
    assert all("进展描述雷同" not in liu.get(f"{url}/acts/{act}").text for act in ACCEPTING)


def test_what_was_ruled_stands_at_the_decision(browser, make_issue):
    other, issue = make_issue(Status.RECTIFYING), make_issue(Status.RECTIFYING)
    report(make_issue, other, SAID)
    report(make_issue, issue, AGAIN)
    liu, url = browser.as_("liu"), f"/issues/{issue.number}/flags"
    said = {"ruling": "dismissed", "reason": "两个场镇同一合同段"}
    liu.send(url, **liu.get(url).form(url).filled(said))

    page = liu.get(f"/issues/{issue.number}/acts/confirm_progress")

    assert "已复核：排除，两个场镇同一合同段" in page.text


def test_the_unit_is_told_nowhere(browser, make_issue):
    issue = make_issue(Status.RECTIFYING)
    report(make_issue, issue, SAID)
    report(make_issue, issue, SAID)
    chen = browser.as_("chen")

    for path in ("", "/acts/report_progress", "/evidence"):
        assert "雷同" not in chen.get(f"/issues/{issue.number}{path}").text
    chen.get(f"/issues/{issue.number}/flags", 403)


def test_a_model_that_is_returned_leaves_the_next_one_to_be_named(make_issue):
    other, issue = make_issue(Status.RECTIFYING), make_issue(Status.RECTIFYING)
    report(make_issue, issue, SAID)
    make_issue.act(Action.CONFIRM_PROGRESS, issue, "liu", opinion="属实")
    report(make_issue, other, SAID)
    report(make_issue, issue, SAID)
    (flag,) = examine.all_flags(issue, [], make_issue.people.liu)
    assert flag.twin == other.number

    make_issue.act(Action.RETURN_PROGRESS, other, "liu", reason="请补充照片")

    (flag,) = examine.all_flags(issue, [], make_issue.people.liu)
    assert "与本事项" in flag.because


def test_however_many_pending_copies_are_kept_a_confirmed_one_is_among_them(
    make_issue, monkeypatch
):
    monkeypatch.setattr("issues.evidence.flags.repeated.MOST_TWINS", 2)
    other, issue = make_issue(Status.RECTIFYING), make_issue(Status.RECTIFYING)
    report(make_issue, other, SAID)
    make_issue.act(Action.CONFIRM_PROGRESS, other, "liu", opinion="属实")
    for _ in range(4):
        report(make_issue, other, SAID)
    report(make_issue, issue, SAID)
    make_issue.act(Action.RETURN_PROGRESS, other, "liu", reason="请补充照片")

    (flag,) = examine.all_flags(issue, [], make_issue.people.liu)

    assert flag.twin == other.number


def kept():
    """How many reports have a whole fingerprint, and how many pairs were found."""
    whole = select(ReportKey.report_id).group_by(ReportKey.report_id).having(func.count() == BANDS)
    pairs = select(func.count()).select_from(ReportTwin)
    return len(db.session.scalars(whole).all()), db.session.scalar(pairs)


def test_a_report_from_the_form_is_kept_with_its_fingerprint(browser, make_issue):
    issue = make_issue(Status.RECTIFYING)
    url = f"/issues/{issue.number}/acts/report_progress"

    browser.as_("chen").post(url, text=SAID)
    assert kept() == (1, 0)
    report(make_issue, issue, AGAIN)
    assert kept() == (2, 1)


def test_many_long_reports_ask_no_more_of_the_database_than_few(browser, make_issue):
    issue = make_issue(Status.RECTIFYING)
    pages = [f"/issues/{issue.number}{path}" for path in ("", "/acts/confirm_progress", "/flags")]

    def asked():
        return [len(browser.as_("liu").get(page).statements) for page in pages]

    report(make_issue, issue, SAID)
    report(make_issue, issue, SAID)
    few = asked()
    for _ in range(12):
        report(make_issue, issue, SAID)

    assert asked() == few


def test_the_ticket_says_when_the_next_report_is_due(browser, make_issue):
    issue = make_issue(Status.RECTIFYING)

    page = browser.as_("chen").get(f"/issues/{issue.number}")

    assert "月度进展填报，下次应于 2025-11-30 前填报" in page.text
