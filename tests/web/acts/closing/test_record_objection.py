"""The office writes down an objection (登记异议)."""

from act_cases import Case, StandardCases

from issues.vocabulary import Action, Status


class TestRecordObjection(StandardCases):
    case = Case(
        action=Action.RECORD_OBJECTION,
        at=Status.PUBLICITY,
        by="sun",
        ends=Status.PUBLICITY,
        wrong_role="zhou",
        wrong_status=Status.APPROVAL,
        form={"who": "场镇居民代表", "text": "河道仍有异味"},
        bad={"on": "2025-11-26"},
        said="提出日期不能晚于今天",
    )

    def test_it_stands_on_the_ticket(self, browser, make_issue):
        issue, form = self.made(make_issue)

        page = browser.as_("sun").post(self.case.url(issue), **form)

        assert "场镇居民代表" in page.text
        assert "待处理" in page.text
