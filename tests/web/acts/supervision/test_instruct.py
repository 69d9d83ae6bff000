"""A leader writes what is to be done, by whom and by when (批示)."""

from act_cases import Case, StandardCases
from people import BAZHOU, ENYANG
from sqlalchemy import select

from extensions import db
from issues.models import Instruction
from issues.vocabulary import Action, Status


class TestInstruct(StandardCases):
    case = Case(
        action=Action.INSTRUCT,
        at=Status.RECTIFYING,
        by="zhao",
        ends=Status.RECTIFYING,
        wrong_role="zhou",
        wrong_status=Status.CLOSED,
        form={"text": "请区政府挂图作战，月底前见效。", "unit": BAZHOU, "due_on": "2025-12-05"},
        bad={"due_on": "2025-11-24"},
        said="办结期限不能早于2025年11月25日",
    )

    def test_it_is_a_task_of_the_unit_until_it_is_answered(self, browser, make_issue):
        issue, form = self.made(make_issue)
        browser.as_("zhao").post(self.case.url(issue), **form)

        home = browser.as_("chen").get("/")
        assert "领导批示，待答复" in home.text
        assert f"/issues/{issue.number}/acts/reply_instruction" in home.links
        assert "请区政府挂图作战" in browser.as_("chen").get("/instructions").text
        assert "领导批示" not in browser.as_("liu").get("/").text

    def test_without_a_unit_it_is_the_offices(self, browser, make_issue):
        issue, form = self.made(make_issue)

        browser.as_("zhao").post(self.case.url(issue), **form | {"unit": ""})

        assert db.session.scalar(select(Instruction.unit_id)) is None
        assert "领导批示，待答复" in browser.as_("sun").get("/").text

    def test_a_unit_that_does_not_see_the_ticket_is_not_told(self, browser, make_issue):
        issue, form = self.made(make_issue)

        page = browser.as_("zhao").post(self.case.url(issue), expect=422, **form | {"unit": ENYANG})

        assert "与本事项没有关系" in page.text
