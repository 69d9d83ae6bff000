"""The head agrees by five standards (同意公示销号)."""

from act_cases import Case, StandardCases

from issues.vocabulary import Action, EvidenceKind, Standard, Status


class TestApproveClosure(StandardCases):
    case = Case(
        action=Action.APPROVE_CLOSURE,
        at=Status.APPROVAL,
        by="zhou",
        ends=Status.PUBLICITY,
        wrong_role="sun",
        wrong_status=Status.PUBLICITY,
        form={
            "standards": [one.value for one in Standard],
            "opinion": "同意公示",
            "confirmed": "true",
        },
        bad={"standards": ["1", "2"]},
        said="五项标准须全部满足",
    )

    def test_it_is_asked_once_more(self, browser, make_issue):
        issue, form = self.made(make_issue)

        page = browser.as_("zhou").post(
            self.case.url(issue), expect=422, **form | {"confirmed": None}
        )

        assert page.error("confirmed") == "请勾选确认后再办理"
        assert issue.status is Status.APPROVAL

    def test_a_higher_levels_issue_needs_its_conclusion(self, browser, make_issue):
        issue = make_issue(Status.APPROVAL, source="SD")

        page = browser.as_("zhou").post(self.case.url(issue), expect=422, **self.case.form)
        assert "上级结论文件" in page.text

        paper = make_issue.evidence(issue, EvidenceKind.CONCLUSION, "sun")
        browser.as_("zhou").post(
            self.case.url(issue), **self.case.form | {"conclusion": str(paper.id)}
        )
        assert issue.status is Status.PUBLICITY

    def test_a_source_without_publicity_is_struck_off_at_once(self, browser, make_issue):
        issue = make_issue(Status.APPROVAL, source="ZC")

        browser.as_("zhou").post(self.case.url(issue), **self.case.form)

        assert issue.status is Status.CLOSED
