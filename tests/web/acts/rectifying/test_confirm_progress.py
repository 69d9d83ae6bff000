"""A reviewer confirms what was reported (确认进展)."""

from act_cases import Case, StandardCases

from issues.colour.facts_of import measures_of
from issues.vocabulary import Action, Status


def reported(make, issue):
    """What waits for a reviewer."""
    done = {"id": measures_of(issue)[0].id, "done": True}
    make.act(Action.REPORT_PROGRESS, issue, "chen", text="排查完成。", measures=[done])
    return {}


class TestConfirmProgress(StandardCases):
    case = Case(
        action=Action.CONFIRM_PROGRESS,
        at=Status.RECTIFYING,
        by="liu",
        ends=Status.RECTIFYING,
        wrong_role="chenlead",
        wrong_status=Status.PLANNING,
        form={"opinion": "现场属实"},
        bad={"opinion": "字" * 2001},
        said="意见超过2000字",
        ready=reported,
    )

    def test_only_a_confirmed_measure_is_done(self, browser, make_issue):
        issue, form = self.made(make_issue)

        browser.as_("liu").post(self.case.url(issue), **form)

        assert measures_of(issue)[0].is_done

    def test_with_nothing_reported_there_is_nothing_to_confirm(self, browser, make_issue):
        issue = make_issue(Status.RECTIFYING)

        browser.as_("liu").post(self.case.url(issue), expect=409, opinion="现场属实")
