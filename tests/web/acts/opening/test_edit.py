"""The office, or the inspector who found it, works on a draft (修改草稿)."""

from datetime import date

from act_cases import Case, StandardCases
from make import DETAIL

from extensions import transaction
from issues import acts
from issues.vocabulary import Action, Status


class TestEdit(StandardCases):
    case = Case(
        action=Action.EDIT,
        at=Status.DRAFT,
        by="sun",
        ends=Status.DRAFT,
        wrong_role="zhou",
        wrong_status=Status.ASSIGNED,
        form={"title": "大茅坪镇污水管网破损"},
        bad={"deadline_text": "改天", "deadline": ""},
        said="整改时限（原文）",
    )

    def test_an_inspector_edits_only_an_own_draft(self, browser, make_issue, people):
        foreign = make_issue(Status.DRAFT)
        browser.as_("lin").get(self.case.url(foreign), expect=403)

        with transaction():
            own = acts.register(people.lin, DETAIL)
        browser.as_("lin").post(self.case.url(own), title="暗访发现直排")

        assert own.title == "暗访发现直排"

    def test_a_title_is_not_emptied(self, browser, make_issue):
        issue = make_issue(Status.DRAFT)

        page = browser.as_("sun").post(self.case.url(issue), expect=422, title="")

        assert page.error("title") == "标题不能改为空"
        assert issue.title == DETAIL["title"]

    def test_clearing_the_words_of_a_deadline_keeps_its_day(self, browser, make_issue):
        issue = make_issue(Status.DRAFT)

        browser.as_("sun").post(self.case.url(issue), deadline_text="")

        assert issue.deadline == date(2026, 6, 30)

    def test_new_words_lead_over_the_day_that_stood_there(self, browser, make_issue):
        issue = make_issue(Status.DRAFT)

        browser.as_("sun").post(self.case.url(issue), deadline_text="2026年底前")

        assert issue.deadline == date(2026, 12, 31)
