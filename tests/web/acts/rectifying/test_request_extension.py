"""The unit's leader asks for more time (申请延期)."""

from act_cases import Case, StandardCases

from issues.vocabulary import Action, Status


class TestRequestExtension(StandardCases):
    case = Case(
        action=Action.REQUEST_EXTENSION,
        at=Status.RECTIFYING,
        by="chenlead",
        ends=Status.RECTIFYING,
        wrong_role="chen",
        wrong_status=Status.PLANNING,
        form={"cause": "汛期无法施工", "progress": "已完成60%", "deadline": "2026-08-15"},
        bad={"deadline": "2026-06-01"},
        said="新时限应晚于现时限2026年6月30日",
    )

    def test_the_limit_of_a_city_source_is_told_at_the_request(self, browser, make_issue):
        issue = make_issue(Status.RECTIFYING)

        page = browser.as_("chenlead").post(
            self.case.url(issue), expect=422, **self.case.form | {"deadline": "2026-12-31"}
        )

        assert page.error("deadline")

    def test_a_complaint_is_not_extended(self, browser, make_issue):
        issue = make_issue(Status.RECTIFYING, source="YX")

        page = browser.as_("chenlead").post(self.case.url(issue), expect=409, **self.case.form)

        assert "阶段性办结" in page.text
