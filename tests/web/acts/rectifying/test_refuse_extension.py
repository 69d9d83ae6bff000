"""The head does not grant more time (不同意延期)."""

from datetime import date

from act_cases import Case, StandardCases

from issues.vocabulary import Action, Status


def asked(make, issue):
    """An extension the unit waits for."""
    wanted = {"cause": "汛期无法施工", "progress": "已完成60%", "deadline": "2026-08-15"}
    make.act(Action.REQUEST_EXTENSION, issue, "chenlead", **wanted)
    return {}


class TestRefuseExtension(StandardCases):
    case = Case(
        action=Action.REFUSE_EXTENSION,
        at=Status.RECTIFYING,
        by="zhou",
        ends=Status.RECTIFYING,
        wrong_role="sun",
        wrong_status=Status.PLANNING,
        form={"reason": "理由不充分"},
        bad={"reason": ""},
        said="请填写理由",
        ready=asked,
    )

    def test_the_deadline_stays(self, browser, make_issue):
        issue, form = self.made(make_issue)

        browser.as_("zhou").post(self.case.url(issue), **form)

        assert issue.deadline == date(2026, 6, 30)
