"""The acceptance unit sends the work back (初验退回)."""

from act_cases import Case, StandardCases

from issues.vocabulary import Action, Status


class TestReturnAcceptance(StandardCases):
    case = Case(
        action=Action.RETURN_ACCEPTANCE,
        at=Status.FIRST_ACCEPTANCE,
        by="liulead",
        ends=Status.RECTIFYING,
        wrong_role="chenlead",
        wrong_status=Status.RECTIFYING,
        form={"code": "3", "reason": "出水仍有异味"},
        bad={"code": ""},
        said="请填写退回原因",
    )

    def test_the_first_return_turns_it_yellow(self, browser, make_issue):
        issue, form = self.made(make_issue)

        page = browser.as_("liulead").post(self.case.url(issue), **form)

        assert "Y5 验收退回" in page.text
