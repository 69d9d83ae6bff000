"""Who was instructed tells what was done (答复批示)."""

from act_cases import Case, StandardCases, record
from people import BAZHOU

from issues.vocabulary import Action, Status


def instructed(make, issue):
    """A written word of the leader to the primary unit."""
    said = {"text": "请区政府挂图作战。", "unit": BAZHOU, "due_on": "2025-12-05"}
    record(make, Action.INSTRUCT, issue, "zhao", **said)
    return {}


class TestReplyInstruction(StandardCases):
    case = Case(
        action=Action.REPLY_INSTRUCTION,
        at=Status.RECTIFYING,
        by="chen",
        ends=Status.RECTIFYING,
        wrong_role="lin",
        wrong_status=Status.DRAFT,
        form={"text": "已成立专班，11月底完成管网修复。"},
        bad={"text": ""},
        said="请填写办理情况",
        ready=instructed,
    )

    def test_the_wrong_status_is_refused(self, browser, make_issue):
        """A draft is out of a unit's sight; on a withdrawn ticket nothing is answered."""
        issue = make_issue(Status.MERGED)

        browser.as_("chen").post(self.case.url(issue), expect=409, **self.case.form)

    def test_the_leader_reads_the_answer_and_the_task_is_gone(self, browser, make_issue):
        issue, form = self.made(make_issue)

        browser.as_("chen").post(self.case.url(issue), **form)

        assert "领导批示，待答复" not in browser.as_("chen").get("/").text
        assert "已成立专班" in browser.as_("zhao").get("/instructions").text
        page = browser.as_("chen").get(f"/issues/{issue.number}")
        assert "请区政府挂图作战。" in page.text

    def test_who_was_not_asked_does_not_answer(self, browser, make_issue):
        issue, form = self.made(make_issue)

        page = browser.as_("liu").post(self.case.url(issue), expect=409, **form)

        assert "没有待您答复的批示" in page.text
