"""The office closes a complaint for now (阶段性办结)."""

from datetime import date

from act_cases import Case, StandardCases

from issues.colour.facts_of import measures_of
from issues.vocabulary import Action, Status


class TestInterimClose(StandardCases):
    case = Case(
        action=Action.INTERIM_CLOSE,
        at=Status.RECTIFYING,
        by="sun",
        ends=Status.RECTIFYING,
        wrong_role="zhou",
        wrong_status=Status.PLANNING,
        form={
            "reason": "主体工程已完成",
            "measures-0-deadline": "2026-05-31",
            "measures-1-deadline": "2026-09-30",
        },
        bad={"measures-1-deadline": "2025-10-01"},
        said="请填写今天或以后的完成时限",
        ticket={"source": "YX"},
    )

    def test_the_deadline_is_that_of_its_last_measure(self, browser, make_issue):
        issue, form = self.made(make_issue)

        browser.as_("sun").post(self.case.url(issue), **form)

        assert issue.deadline == date(2026, 9, 30)
        assert issue.interim_on == date(2025, 11, 25)

    def test_only_complaints(self, browser, make_issue):
        issue = make_issue(Status.RECTIFYING)

        ids = {f"measures-{at}-id": str(one.id) for at, one in enumerate(measures_of(issue))}
        browser.as_("sun").post(self.case.url(issue), expect=409, **self.case.form | ids)
