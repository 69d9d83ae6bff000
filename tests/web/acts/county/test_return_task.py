"""The county sends an answer back: the task is owed again."""

import centre
from act_cases import UNMEASURED, Case, StandardCases

from issues.vocabulary import Action, Status


def answered(make, issue):
    return {"task": centre.with_answer(make, issue)}


class TestReturnTask(StandardCases):
    case = Case(
        action=Action.RETURN_TASK,
        at=Status.RECTIFYING,
        by="luo",
        ends=Status.RECTIFYING,
        wrong_role="ma",
        wrong_status=None,
        form={"reason": "没有附登记表，请补充。", "due_on": "2025-12-10"},
        bad={"due_on": "2025-11-24"},
        said="新的期限不能早于2025年11月25日",
        ready=answered,
        ticket=UNMEASURED,
    )

    def test_the_township_owes_it_by_the_new_day(self, browser, make_issue):
        issue, form = self.made(make_issue)

        browser.as_("luo").post(self.case.url(issue), **form)

        page = browser.as_("tang").get(f"/issues/{issue.number}/acts/answer_task")
        assert "没有附登记表" in page.text
        assert "2025年12月10日" in page.text
