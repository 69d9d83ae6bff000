"""The unit's leader reports the plan (报送整改方案)."""

from act_cases import Case, StandardCases

from issues.colour.facts_of import measures_of
from issues.vocabulary import Action, Status


class TestSubmitPlan(StandardCases):
    case = Case(
        action=Action.SUBMIT_PLAN,
        at=Status.PLANNING,
        by="chenlead",
        ends=Status.PLAN_REVIEW,
        wrong_role="chen",
        wrong_status=Status.RECTIFYING,
        form={"measures-0-text": "完成管网排查", "measures-0-deadline": "2026-03-31"},
        bad={"measures-0-deadline": "2026-07-01"},
        said="措施时限2026年7月1日晚于本事项的整改时限2026年6月30日",
    )

    def test_an_empty_line_is_no_measure(self, browser, make_issue):
        issue = make_issue(Status.PLANNING)
        two = {"measures-0-text": "完成排查", "measures-2-text": "修复管网"}

        browser.as_("chenlead").post(self.case.url(issue), **two)

        assert [m.text for m in measures_of(issue)] == ["完成排查", "修复管网"]

    def test_the_fault_is_told_with_its_line_and_the_typed_text_stays(self, browser, make_issue):
        issue = make_issue(Status.PLANNING)
        typed = {"measures-1-text": "修复管网", "measures-1-target": "许多"}

        page = browser.as_("chenlead").post(
            self.case.url(issue), expect=422, **self.case.form | typed
        )

        assert "第2行 目标值" in page.text
        assert page.form(self.case.url(issue)).drawn()["measures-1-text"] == "修复管网"

    def test_a_returned_plan_is_drawn_again_to_be_changed(self, browser, make_issue):
        issue = make_issue(Status.PLAN_REVIEW)
        make_issue.act(Action.RETURN_PLAN, issue, "liu", reason="缺少长效管护")

        page = browser.as_("chenlead").get(self.case.url(issue))

        drawn = page.form(self.case.url(issue)).drawn()
        assert drawn["measures-0-text"] == "完成场镇管网排查"
