"""A reviewer sends a report back (退回填报)."""

from act_cases import Case, StandardCases

from issues.colour.facts_of import measures_of
from issues.vocabulary import Action, Status


def reported(make, issue):
    """What waits for a reviewer."""
    done = {"id": measures_of(issue)[0].id, "done": True}
    make.act(Action.REPORT_PROGRESS, issue, "chen", text="排查完成。", measures=[done])
    return {}


class TestReturnProgress(StandardCases):
    case = Case(
        action=Action.RETURN_PROGRESS,
        at=Status.RECTIFYING,
        by="liu",
        ends=Status.RECTIFYING,
        wrong_role="chenlead",
        wrong_status=Status.PLANNING,
        form={"reason": "照片与进展不符"},
        bad={"reason": ""},
        said="请填写理由",
        ready=reported,
    )

    def test_the_reported_values_are_taken_back(self, browser, make_issue):
        issue, form = self.made(make_issue)

        browser.as_("liu").post(self.case.url(issue), **form)

        assert not measures_of(issue)[0].is_reported_done
