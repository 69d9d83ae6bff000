"""The head takes a card off (摘牌)."""

from act_cases import UNMEASURED, Case, StandardCases

from issues.vocabulary import Action, Status


def carded(make, issue):
    """A yellow card, and no rule that holds it."""
    make.act(Action.RAISE_CARD, issue, "sun", colour="yellow", reason="推进迟缓")
    return {}


class TestLiftCard(StandardCases):
    case = Case(
        action=Action.LIFT_CARD,
        at=Status.RECTIFYING,
        by="zhou",
        ends=Status.RECTIFYING,
        wrong_role="sun",
        wrong_status=Status.CLOSED,
        form={"reason": "进度已追上", "confirmed": "true"},
        bad={"reason": ""},
        said="请填写理由",
        ready=carded,
        ticket=UNMEASURED,
    )

    def test_the_card_is_gone(self, browser, make_issue):
        issue, form = self.made(make_issue)

        browser.as_("zhou").post(self.case.url(issue), **form)

        assert issue.card == ""

    def test_a_red_card_needs_report_and_check(self, browser, make_issue):
        issue = make_issue(Status.RECTIFYING)
        make_issue.act(Action.RAISE_CARD, issue, "sun", colour="red", reason="严重滞后")

        page = browser.as_("zhou").post(self.case.url(issue), expect=422, **self.case.form)

        assert "主要负责人签字的报告" in page.text
