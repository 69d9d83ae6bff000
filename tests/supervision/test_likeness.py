"""Reports that read nearly the same are shown to who reviews them, and to nobody else."""

from issues.evidence.flags import examine
from issues.evidence.flags.likeness import ALIKE, share_alike
from issues.vocabulary import Action, Status

SAID = "本月完成破损管网修复0.8公里,清理淤泥120立方米,沿线无直排。"
AGAIN = "本月完成破损管网修复0.9公里,清理淤泥120立方米,沿线无直排。"
REWORDED = "本月完成破损管网修复0.8公里,清理淤泥130立方米,沿线无新直排。"


def report(make_issue, issue, text, name="chen"):
    make_issue.act(Action.REPORT_PROGRESS, issue, name, text=text)


def test_the_reviewer_is_told_where_the_same_was_said(browser, make_issue):
    issue = make_issue(Status.RECTIFYING)
    report(make_issue, issue, SAID)
    make_issue.act(Action.CONFIRM_PROGRESS, issue, "liu", opinion="属实")
    report(make_issue, issue, AGAIN)

    page = browser.as_("liu").get(f"/issues/{issue.number}/acts/confirm_progress")

    assert "进展描述雷同:与本事项2025-11-25的填报几乎相同" in page.text
    assert "进展描述雷同" in browser.as_("liu").get(f"/issues/{issue.number}").text
    assert "进展描述雷同" not in browser.as_("chen").get(f"/issues/{issue.number}").text


def test_another_ticket_of_the_unit_is_looked_at_too(browser, make_issue):
    other, issue = make_issue(Status.RECTIFYING), make_issue(Status.RECTIFYING)
    report(make_issue, other, SAID)
    report(make_issue, issue, AGAIN)

    page = browser.as_("sun").get(f"/issues/{issue.number}/acts/confirm_progress")

    assert f"与{other.number}2025-11-25的填报几乎相同" in page.text


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
    said = {"ruling": "dismissed", "reason": "两个场镇同一合同段,进度确实相近"}
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

    assert f"(相似度{share_alike(SAID, REWORDED)}%)" in page.text
    assert REWORDED in flags.text


def test_the_ticket_says_when_the_next_report_is_due(browser, make_issue):
    issue = make_issue(Status.RECTIFYING)

    page = browser.as_("chen").get(f"/issues/{issue.number}")

    assert "月度进展填报,下次应于 2025-11-30 前填报" in page.text
