"""The head grants more time (同意延期)."""

from datetime import date

from act_cases import Case, StandardCases

from issues.vocabulary import Action, EvidenceKind, Status


def asked(make, issue):
    """An extension the unit waits for."""
    wanted = {"cause": "汛期无法施工", "progress": "已完成60%", "deadline": "2026-08-15"}
    make.act(Action.REQUEST_EXTENSION, issue, "chenlead", **wanted)
    return {}


class TestGrantExtension(StandardCases):
    case = Case(
        action=Action.GRANT_EXTENSION,
        at=Status.RECTIFYING,
        by="zhou",
        ends=Status.RECTIFYING,
        wrong_role="sun",
        wrong_status=Status.PLANNING,
        form={"opinion": "同意"},
        bad={"opinion": "字" * 2001},
        said="意见超过2000字",
        ready=asked,
    )

    def test_the_deadline_moves(self, browser, make_issue):
        issue, form = self.made(make_issue)

        browser.as_("zhou").post(self.case.url(issue), **form)

        assert issue.deadline == date(2026, 8, 15)

    def test_a_higher_levels_deadline_moves_only_by_its_document(self, browser, make_issue):
        issue = make_issue(Status.RECTIFYING, source="SD")
        asked(make_issue, issue)
        paper = make_issue.evidence(issue, EvidenceKind.CONCLUSION, "sun")

        page = browser.as_("zhou").post(self.case.url(issue), expect=422, opinion="同意")
        assert "上级机关的批准文件" in page.text

        browser.as_("zhou").post(self.case.url(issue), opinion="同意", document=str(paper.id))
        assert issue.deadline == date(2026, 8, 15)
