"""The primary unit says the ticket is not its own (申请改派)."""

from act_cases import Case, StandardCases, acts_on

from issues.vocabulary import Action, Status


class TestDecline(StandardCases):
    case = Case(
        action=Action.DECLINE,
        at=Status.ASSIGNED,
        by="chen",
        ends=Status.DRAFT,
        wrong_role="liu",
        wrong_status=Status.PLANNING,
        form={"reason": "该场镇属恩阳区管理"},
        bad={"reason": ""},
        said="请填写理由",
    )

    def test_the_unit_no_longer_sees_it_and_is_led_to_its_work(self, browser, make_issue):
        issue = make_issue(Status.ASSIGNED)

        page = browser.as_("chen").post(self.case.url(issue), follow=False, expect=303,
                                        reason="该场镇属恩阳区管理")  # fmt: skip

        assert page.location == "/"
        browser.as_("chen").get(f"/issues/{issue.number}", expect=404)

    def test_only_once_a_round(self, browser, make_issue):
        issue = make_issue(Status.ASSIGNED)
        make_issue.act(Action.DECLINE, issue, "chen", reason="不归本区")
        make_issue.act(Action.ASSIGN, issue, "sun")

        browser.as_("chen").post(self.case.url(issue), expect=409, reason="仍不归本区")

        assert issue.status is Status.ASSIGNED

    def test_sent_twice_it_has_one_effect(self, browser, make_issue):
        """The second finds the ticket gone from the unit's sight."""
        issue = make_issue(Status.ASSIGNED)
        visitor, url = browser.as_("chen"), self.case.url(issue)
        filled = visitor.get(url).form(url).filled(self.case.form)

        visitor.send(url, expect=303, follow=False, **filled)
        visitor.send(url, expect=404, **filled)

        assert acts_on(issue, Action.DECLINE) == 1
