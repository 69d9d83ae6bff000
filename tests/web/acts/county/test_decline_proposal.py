"""The office says why it raises no card that a county proposed."""

import centre
from act_cases import UNMEASURED, Case, StandardCases

from issues.vocabulary import Action, ProposalState, Status


class TestDeclineProposal(StandardCases):
    case = Case(
        action=Action.DECLINE_PROPOSAL,
        at=Status.RECTIFYING,
        by="sun",
        ends=Status.RECTIFYING,
        wrong_role="zhou",
        wrong_status=Status.CLOSED,
        form={"reason": "已列入下次调度，先由县里督促。"},
        bad={"reason": ""},
        said="请填写理由",
        ready=centre.proposed,
        ticket=UNMEASURED,
    )

    def test_the_county_is_told_why(self, browser, make_issue):
        issue, form = self.made(make_issue)

        browser.as_("sun").post(self.case.url(issue), **form)

        assert centre.proposals() == [(ProposalState.DECLINED, "", form["reason"])]
        assert centre.answered(centre.found()["luo"]) == [issue.number]
        assert form["reason"] in browser.as_("luo").get(f"/issues/{issue.number}").text
        assert (
            "没有待答复的挂牌建议"
            in browser.as_("sun").post(self.case.url(issue), expect=409, **form).text
        )
