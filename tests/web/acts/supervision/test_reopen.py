"""The office opens a closed ticket again (重新整改)."""

from act_cases import Case, StandardCases, record

from issues.vocabulary import Action, EvidenceKind, Status


def relapsed(make, issue):
    """A finding that still holds."""
    paper = make.evidence(issue, EvidenceKind.SITE_CHECK, "sun")
    said = {"result": "relapse", "on": "2025-11-24", "reason": "复现直排", "document": paper.id}
    record(make, Action.RECORD_FINDING, issue, "sun", **said)
    return {}


class TestReopen(StandardCases):
    case = Case(
        action=Action.REOPEN,
        at=Status.CLOSED,
        by="sun",
        ends=Status.PLANNING,
        wrong_role="zhou",
        wrong_status=Status.RECTIFYING,
        form={"reason": "问题反弹", "deadline": "2026-03-31", "confirmed": "true"},
        bad={"deadline": "2025-11-25"},
        said="新的整改时限应晚于2025年11月25日",
        ready=relapsed,
    )

    def test_it_is_the_next_round_of_the_same_number(self, browser, make_issue):
        issue, form = self.made(make_issue)
        number = issue.number

        page = browser.as_("sun").post(self.case.url(issue), **form)

        assert (issue.number, issue.round) == (number, 2)
        assert "第 2 轮" in page.text
