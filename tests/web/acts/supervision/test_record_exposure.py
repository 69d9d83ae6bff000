"""The office writes down a bulletin or report of the press (登记通报曝光)."""

from act_cases import Case, StandardCases

from issues.vocabulary import Action, EvidenceKind, Status


def with_paper(make, issue):
    """The proof it rests on."""
    return {"document": str(make.evidence(issue, EvidenceKind.OTHER, "sun").id)}


class TestRecordExposure(StandardCases):
    case = Case(
        action=Action.RECORD_EXPOSURE,
        at=Status.RECTIFYING,
        by="sun",
        ends=Status.RECTIFYING,
        wrong_role="zhou",
        wrong_status=Status.CLOSED,
        form={
            "level": "province",
            "medium": "省生态环境厅通报",
            "on": "2025-11-20",
            "reason": "被点名",
            "confirmed": "true",
        },
        bad={"level": ""},
        said="请填写级别",
        ready=with_paper,
    )

    def test_it_turns_red_at_once_with_a_red_card(self, browser, make_issue):
        issue, form = self.made(make_issue)

        page = browser.as_("sun").post(self.case.url(issue), **form)

        assert issue.card == "red"
        assert "R5 曝光" in page.text
