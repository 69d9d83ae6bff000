"""The unit's leader says it is done (申请验收)."""

from act_cases import Case, StandardCases

from issues.ground import clock
from issues.vocabulary import Action, EvidenceKind, Status


def finished(make, issue):
    """Every measure confirmed done and every required file on the ticket."""
    make.finish(issue, clock.now())
    return {}


class TestRequestAcceptance(StandardCases):
    case = Case(
        action=Action.REQUEST_ACCEPTANCE,
        at=Status.RECTIFYING,
        by="chenlead",
        ends=Status.FIRST_ACCEPTANCE,
        wrong_role="chen",
        wrong_status=Status.PLANNING,
        form={"text": "已全部完成，申请验收。"},
        bad={"text": ""},
        said="请填写完成情况说明",
        ready=finished,
    )

    def test_open_measures_and_missing_files_are_named(self, browser, make_issue):
        issue = make_issue(Status.RECTIFYING)

        page = browser.as_("chenlead").post(self.case.url(issue), expect=422, text="已完成。")

        assert "措施1尚未确认完成" in page.text
        assert "整改前照片（还差1份）" in page.text
        assert f"/issues/{issue.number}/evidence" in page.links


def test_the_page_says_beforehand_what_is_missing(browser, make_issue):
    issue = make_issue(Status.RECTIFYING)
    make_issue.evidence(issue, EvidenceKind.BEFORE)

    page = browser.as_("chenlead").get(f"/issues/{issue.number}/acts/request_acceptance")

    assert "○ 1. 完成场镇管网排查：尚未确认完成" in page.text
    assert "✓ 整改前照片：已有1份" in page.text
    assert "○ 整改后照片：还差1份" in page.text
