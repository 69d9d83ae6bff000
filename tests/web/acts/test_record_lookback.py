"""An inspector looks at a closed ticket again (登记回头看)."""

from act_cases import Case, StandardCases

from issues.vocabulary import Action, Status


class TestRecordLookback(StandardCases):
    case = Case(
        action=Action.RECORD_LOOKBACK,
        at=Status.CLOSED,
        by="lin",
        ends=Status.CLOSED,
        wrong_role="sun",
        wrong_status=Status.RECTIFYING,
        form={"result": "pass", "text": "沿线无直排。", "inspectors": "林督察、林二"},
        bad={"text": ""},
        said="请填写情况说明",
    )

    def test_the_unit_never_sees_it(self, browser, make_issue):
        issue, form = self.made(make_issue)

        browser.as_("lin").post(self.case.url(issue), **form)

        assert "回头看" in browser.as_("lin").get(f"/issues/{issue.number}").text
        for name in ("chen", "liu"):
            assert "回头看" not in browser.as_(name).get(f"/issues/{issue.number}").text

    def test_a_relapse_is_a_finding_and_a_red_card(self, browser, make_issue):
        issue, form = self.made(make_issue)

        browser.as_("lin").post(self.case.url(issue), **form | {"result": "relapse"})

        assert (issue.status, issue.card) == (Status.CLOSED, "red")
