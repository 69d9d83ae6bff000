"""The office writes down what was found of a letter and what followed (登记查处情况)."""

from decimal import Decimal

import pytest
from act_cases import Case, StandardCases, acts_on
from caller import Callers

from issues.ground.refusals import Incomplete
from issues.vocabulary import Action, Status, Truth


class TestRecordOutcome(StandardCases):
    case = Case(
        action=Action.RECORD_OUTCOME,
        at=Status.RECTIFYING,
        by="sun",
        ends=Status.RECTIFYING,
        wrong_role="zhou",
        wrong_status=Status.DRAFT,
        form={"verified": "partly", "findings": "现场存在异味", "fine": "3.25", "ordered": "2"},
        bad={"fine": "-1"},
        said="罚款（万元）不能小于0",
        ticket={"source": "YX"},
    )

    def test_a_penalty_comes_after_the_letter_is_struck_off(self, make_issue, app):
        issue = make_issue(Status.CLOSED, source="YX")
        Callers(app).sun.post(
            f"/issues/{issue.number}/actions/record_outcome",
            {"penalised": 1, "fine": 12.5, "verified": "founded"},
        )

        assert (issue.penalised, issue.fine) == (1, Decimal("12.5"))
        assert issue.status is Status.CLOSED
        with pytest.raises(Incomplete) as same:
            make_issue.act(Action.RECORD_OUTCOME, issue, "sun", penalised=1)
        assert same.value.errors == {"verified": ["没有改动查处情况，请填写后提交"]}
        make_issue.act(Action.RECORD_OUTCOME, issue, "sun", fine="", verified="unfounded")
        assert (issue.fine, issue.verified) == (None, Truth.UNFOUNDED)
        assert acts_on(issue, Action.RECORD_OUTCOME) == 2

    def test_no_person_is_named_and_no_other_source_is_a_letter(self, browser, make_issue):
        issue, _ = self.made(make_issue)
        with pytest.raises(Incomplete) as named:
            make_issue.act(Action.RECORD_OUTCOME, issue, "sun", findings="举报人王建国反映属实")
        assert "findings" in named.value.errors
        other = make_issue(Status.RECTIFYING)
        browser.as_("sun").post(self.case.url(other), expect=409, **self.case.form)
