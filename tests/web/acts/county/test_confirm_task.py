"""The county confirms what a township answered."""

import centre
from act_cases import UNMEASURED, Case, StandardCases

from issues.vocabulary import Action, Status


def answered(make, issue):
    return {"task": centre.with_answer(make, issue)}


class TestConfirmTask(StandardCases):
    case = Case(
        action=Action.CONFIRM_TASK,
        at=Status.RECTIFYING,
        by="luo",
        ends=Status.RECTIFYING,
        wrong_role="ma",
        wrong_status=None,
        form={"opinion": "已现场核实。"},
        bad={"opinion": "字" * 2001},
        said="意见超过2000字",
        ready=answered,
        ticket=UNMEASURED,
    )

    def test_it_is_done_and_its_unit_sees_it_still(self, browser, make_issue):
        issue, form = self.made(make_issue)
        assert "已逐户登记32户" in browser.as_("luo").get(self.case.url(issue)).text

        browser.as_("luo").post(self.case.url(issue), **form)

        assert "县级交办任务" not in browser.as_("luo").get("/").text
        assert "已确认" in browser.as_("tang").get(f"/issues/{issue.number}").text
