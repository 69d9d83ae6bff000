"""建议挂牌: a centre that can press no further asks the city for a card, and is answered."""

import centre
from act_cases import UNMEASURED, Case, StandardCases
from sqlalchemy import select

from extensions import db
from issues.messages.sight import own
from issues.models import Message
from issues.queries.worklist.page import piles
from issues.vocabulary import Action, MessageEvent, ProposalState, Status


def delegated(make, issue):
    centre.delegated(make, issue)
    return {}


def waits(person, issue):
    found = piles(person, issue.assigned_on)
    return issue.number in [
        task.number
        for pile in found
        if pile.action is Action.DECLINE_PROPOSAL
        for task in pile.tasks
    ]


class TestProposeCard(StandardCases):
    case = Case(
        action=Action.PROPOSE_CARD,
        at=Status.RECTIFYING,
        by="luo",
        ends=Status.RECTIFYING,
        wrong_role="sun",
        wrong_status=Status.CLOSED,
        form=centre.PROPOSED,
        bad={"reason": ""},
        said="请填写理由",
        ready=delegated,
        ticket=UNMEASURED,
    )

    def test_the_wrong_status_is_refused(self, browser, make_issue):
        """What was not delegated is not proposed either."""
        centre.found()
        issue = make_issue(Status.RECTIFYING, **UNMEASURED)

        browser.as_("luo").post(self.case.url(issue), expect=403, **self.case.form)

    def test_it_waits_for_the_city_and_is_answered_by_the_card(self, browser, make_issue, people):
        issue, form = self.made(make_issue)
        luo, sun = browser.as_("luo"), browser.as_("sun")
        luo.post(self.case.url(issue), **form)

        assert "不能重复建议" in luo.post(self.case.url(issue), expect=409, **form).text
        assert "县级建议挂牌，待答复" in sun.get("/").text
        assert "县级建议挂牌" not in browser.as_("zhou").get("/").text
        asked = Message.event == MessageEvent.DECISION
        path = select(Message.path).where(own(people.sun), asked)
        assert f"/issues/{issue.number}" in db.session.scalars(path).all()
        page = f"/issues/{issue.number}"
        assert centre.PROPOSED["reason"] in sun.get(f"{page}/acts/raise_card").text
        assert "待答复" in sun.get(page).text
        card = {"colour": "yellow", "reason": "先挂黄牌。", "confirmed": "true"}
        sun.post(f"{page}/acts/raise_card", **card)

        assert centre.proposals() == [(ProposalState.LISTED, "yellow", "先挂黄牌。")]
        assert centre.answered(centre.found()["ma"]) == [issue.number]
        assert not centre.answered(people.chen)
        assert "已挂牌（黄牌）" in luo.get(page).text
        assert "县级建议挂牌" not in sun.get("/").text
        light = form | {"colour": "yellow"}
        assert "更重" in luo.post(self.case.url(issue), expect=422, **light).text
        luo.post(self.case.url(issue), **form)
        assert [row[0] for row in centre.proposals()] == [
            ProposalState.LISTED,
            ProposalState.WAITING,
        ]

    def test_whatever_ends_the_delegation_or_the_ticket_ends_it(self, make_issue, people):
        for action, person, detail in (
            (Action.RECALL, people.sun, {}),
            (Action.WITHDRAW, people.zhou, {}),
        ):
            issue = make_issue(Status.RECTIFYING, **UNMEASURED)
            centre.proposed(make_issue, issue)
            assert waits(people.sun, issue)
            centre.act(action, issue, person, reason="另行处理。", **detail)
            assert centre.proposals()[-1] == (ProposalState.ENDED, "", "")
            assert not waits(people.sun, issue)
