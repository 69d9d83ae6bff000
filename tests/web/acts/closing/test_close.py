"""The office strikes a ticket off (销号)."""

from datetime import date

from act_cases import Case, StandardCases, record

from issues.vocabulary import Action, Status


class TestClose(StandardCases):
    case = Case(
        action=Action.CLOSE,
        at=Status.PUBLICITY,
        by="sun",
        ends=Status.CLOSED,
        wrong_role="zhou",
        wrong_status=Status.APPROVAL,
        form={"confirmed": "true"},
    )

    def test_not_before_publicity_has_ended(self, browser, make_issue):
        issue = make_issue(Status.PUBLICITY, found_on=date(2025, 10, 20))

        page = browser.as_("sun").post(self.case.url(issue), expect=409, confirmed="true")

        assert "个工作日" in page.text
        assert issue.status is Status.PUBLICITY

    def test_not_while_an_objection_is_open(self, browser, make_issue):
        issue = make_issue(Status.PUBLICITY)
        said = {"who": "居民", "text": "仍有异味", "on": "2025-11-20"}
        record(make_issue, Action.RECORD_OBJECTION, issue, "sun", **said)

        page = browser.as_("sun").post(self.case.url(issue), expect=409, confirmed="true")

        assert "未处理的异议" in page.text
