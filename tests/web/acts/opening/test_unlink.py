"""The office unties two tickets, whichever of them led."""

from act_cases import Case, StandardCases, acts_on, record

from extensions import db
from issues.models import Issue, IssueLink
from issues.vocabulary import Action, BesideAct, Status


def tied(make, issue):
    other = make(Status.RECTIFYING, title="同一条河道")
    record(make, Action.LINK, issue, "sun", to=other.number, kind="same_problem", reason="同一处。")
    return {"to": other.number}


class TestUnlink(StandardCases):
    case = Case(
        action=Action.UNLINK,
        at=Status.RECTIFYING,
        by="sun",
        ends=Status.RECTIFYING,
        wrong_role="zhou",
        wrong_status=Status.WITHDRAWN,
        form={"reason": "现场核实是两处。", "to": "BZ-AF-2025-999"},
        bad={"to": "BZ-AF-2025-999"},
        said="没有编号为“BZ-AF-2025-999”的事项",
        ready=tied,
    )

    def test_from_the_side_that_leads_and_tied_again(self, browser, make_issue):
        issue, form = self.made(make_issue)
        other = db.session.query(Issue).filter_by(number=form["to"]).one()

        said = {"reason": form["reason"], "to": issue.number}
        browser.as_("sun").post(self.case.url(other), **said)
        again = browser.as_("sun").post(self.case.url(issue), expect=409, **form)
        assert "本事项没有关联其他事项" in again.text
        record(
            make_issue, Action.LINK, other, "sun",
            to=issue.number, kind="same_problem", reason="还是一处。",
        )  # fmt: skip

        rows = db.session.query(IssueLink).order_by(IssueLink.id).all()
        assert [(row.issue_id, row.end_reason) for row in rows] == [
            (issue.id, "现场核实是两处。"), (other.id, ""),
        ]  # fmt: skip
        assert acts_on(issue, BesideAct.BE_UNLINKED) == 1
