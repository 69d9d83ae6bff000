"""The county takes back what it proposed, as long as nobody has answered."""

import centre
from act_cases import UNMEASURED, Case, StandardCases

from issues.vocabulary import Action, ProposalState, Status


class TestWithdrawProposal(StandardCases):
    case = Case(
        action=Action.WITHDRAW_PROPOSAL,
        at=Status.RECTIFYING,
        by="luo",
        ends=Status.RECTIFYING,
        wrong_role="sun",
        wrong_status=Status.CLOSED,
        form={"reason": "主责单位已进场施工。"},
        bad={"reason": ""},
        said="请填写理由",
        ready=centre.proposed,
        ticket=UNMEASURED,
    )

    def test_the_wrong_status_is_refused(self, browser, make_issue):
        """Where nothing was proposed nothing is taken back."""
        issue = make_issue(Status.RECTIFYING, **UNMEASURED)
        centre.delegated(make_issue, issue)

        browser.as_("luo").post(self.case.url(issue), expect=409, **self.case.form)

    def test_the_city_owes_no_answer_any_more(self, browser, make_issue):
        issue, form = self.made(make_issue)
        assert "县级建议挂牌" in browser.as_("sun").get("/").text

        browser.as_("luo").post(self.case.url(issue), **form)

        assert centre.proposals() == [(ProposalState.WITHDRAWN, "", form["reason"])]
        assert "县级建议挂牌" not in browser.as_("sun").get("/").text
