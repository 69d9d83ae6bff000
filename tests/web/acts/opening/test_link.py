"""The office ties a ticket to another: one problem from two sources, counted once."""

from act_cases import Case, StandardCases, acts_on, record

from extensions import db
from issues.models import IssueLink
from issues.vocabulary import Action, BesideAct, LinkKind, Status


def beside_another(make, _issue):
    """The ticket that leads."""
    return {"to": make(Status.RECTIFYING, title="同一条河道").number}


class TestLink(StandardCases):
    case = Case(
        action=Action.LINK,
        at=Status.RECTIFYING,
        by="sun",
        ends=Status.RECTIFYING,
        wrong_role="zhou",
        wrong_status=Status.WITHDRAWN,
        form={"reason": "两个来源反映同一排口。", "to": "BZ-AF-2025-999", "kind": "same_problem"},
        bad={"to": "BZ-AF-2025-999"},
        said="没有编号为“BZ-AF-2025-999”的事项",
        ready=beside_another,
    )

    def test_one_leads_and_follows_none(self, browser, make_issue):
        """The group stays flat: who is tied to a follower follows its leader."""
        a, b, c = (make_issue(Status.RECTIFYING) for _ in range(3))
        same = {"reason": "同一排口。", "kind": "same_problem"}
        record(make_issue, Action.LINK, a, "sun", to=b.number, **same)
        visitor, form = browser.as_("sun"), {"reason": "同一排口。", "kind": "same_problem"}

        url = self.case.url
        for issue, to, said in (
            (a, a, "不能关联自己"),
            (a, b, "两件事项已经关联"),
            (b, a, "两件事项已经关联"),
            (a, c, "本事项已有主事项，请先解除关联"),
            (b, c, "本事项是其他事项的主事项"),
        ):
            page = visitor.post(url(issue), expect=422, **form | {"to": to.number})
            assert said in page.text
        record(make_issue, Action.LINK, c, "sun", to=a.number, **same)

        rows = db.session.query(IssueLink.issue_id, IssueLink.to_id).order_by(IssueLink.id).all()
        assert [tuple(row) for row in rows] == [(a.id, b.id), (c.id, b.id)]
        assert acts_on(b, BesideAct.BE_LINKED) == 2
        assert "被关联" in visitor.get(f"/issues/{b.number}").text

    def test_a_draft_or_an_ended_ticket_does_not_lead(self, browser, make_issue):
        issue = make_issue(Status.RECTIFYING)
        draft = make_issue(Status.DRAFT)
        form = {"reason": "同一排口。", "to": draft.number}

        page = browser.as_("sun").post(
            self.case.url(issue), expect=422, **form | {"kind": "same_problem"}
        )
        browser.as_("sun").post(self.case.url(issue), **form | {"kind": "related"})

        assert "不能作为主事项" in page.text
        assert db.session.query(IssueLink.kind).scalar() is LinkKind.RELATED
