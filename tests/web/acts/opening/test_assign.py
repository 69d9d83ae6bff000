"""The office hands a complete draft to its unit (交办)."""

from act_cases import Case, StandardCases

from issues.vocabulary import Action, Status


class TestAssign(StandardCases):
    case = Case(
        action=Action.ASSIGN,
        at=Status.DRAFT,
        by="sun",
        ends=Status.ASSIGNED,
        wrong_role="zhou",
        wrong_status=Status.PLANNING,
    )

    def test_what_a_draft_still_lacks_is_named(self, browser, make_issue):
        issue = make_issue(Status.DRAFT, goal=None, criteria=None)

        page = browser.as_("sun").post(self.case.url(issue), expect=422)

        assert "交办前请填写整改目标" in page.text
        assert "交办前请填写验收标准" in page.text
        assert f"/issues/{issue.number}/edit" in page.links
        assert issue.status is Status.DRAFT

    def test_one_press_on_the_ticket_is_enough(self, browser, make_issue):
        issue = make_issue(Status.DRAFT)

        browser.as_("sun").post(self.case.url(issue), via=f"/issues/{issue.number}")

        assert issue.status is Status.ASSIGNED
