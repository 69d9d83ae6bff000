"""The office hangs a card on a ticket (挂牌)."""

from act_cases import UNMEASURED, Case, StandardCases

from issues.vocabulary import Action, Status


class TestRaiseCard(StandardCases):
    case = Case(
        action=Action.RAISE_CARD,
        at=Status.RECTIFYING,
        by="sun",
        ends=Status.RECTIFYING,
        wrong_role="zhou",
        wrong_status=Status.CLOSED,
        form={"colour": "yellow", "reason": "推进迟缓", "confirmed": "true"},
        bad={"colour": "green"},
        said="牌色应是下列之一",
        ticket=UNMEASURED,
    )

    def test_the_card_shows_though_no_rule_fires(self, browser, make_issue):
        issue, form = self.made(make_issue)

        page = browser.as_("sun").post(self.case.url(issue), **form)

        assert issue.card == "yellow"
        assert "▲黄 挂牌" in page.text
