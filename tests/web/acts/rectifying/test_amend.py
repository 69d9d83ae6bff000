"""The office changes an open ticket, with its reason (调整事项)."""

from datetime import date

import pytest
from act_cases import Case, StandardCases
from sqlalchemy import select

from extensions import db
from issues.colour.facts_of import measures_of
from issues.models import Event
from issues.vocabulary import Action, Status

EMPTY = dict.fromkeys(
    ("text", "unit", "person", "start", "deadline_text", "target", "unit_of_target", "dropped")
)

FORGED = (
    "{", "[]", "7", '{"fields": 3}', '{"fields": {"measures": [{"id": "999"}], "title": {"a": 1}}}',
    '{"fields": {"measures": [[1], "x", {"id": [2]}]}}', '{"fields": {"types": [1, "水"]}}',
    '{"a":' * 400 + "1" + "}" * 400, "[" * 100_000,
    '{"fields": {"title": ' + "[" * 300 + "]" * 300 + "}}",
)  # fmt: skip


def last_event(issue):
    rows = select(Event).where(Event.subject == "ticket", Event.subject_id == issue.id)
    return db.session.scalars(rows.order_by(Event.seq.desc()).limit(1)).one()


class TestAmend(StandardCases):
    case = Case(
        action=Action.AMEND,
        at=Status.RECTIFYING,
        by="sun",
        ends=Status.RECTIFYING,
        wrong_role="zhou",
        wrong_status=Status.CLOSED,
        form={"fields-title": "大茅坪镇污水管网破损", "reason": "标题更正"},
        bad={"fields-title": ""},
        said="标题不能改为空",
    )

    def test_only_what_was_changed_is_part_of_the_act(self, browser, make_issue):
        issue, form = self.made(make_issue)

        browser.as_("sun").post(self.case.url(issue), **form)

        event = last_event(issue)
        assert event.detail["fields"] == {"title": "大茅坪镇污水管网破损"}
        assert event.detail["before"] == {"title": "大茅坪镇场镇生活污水直排河道"}

    def test_one_date_of_one_measure(self, browser, make_issue):
        issue = make_issue(Status.RECTIFYING)
        first = measures_of(issue)[0]

        browser.as_("sun").post(
            self.case.url(issue), reason="冬季停工", **{"fields-measures-0-deadline": "2026-04-30"}
        )

        assert last_event(issue).detail["fields"] == {
            "measures": [{"id": first.id, "deadline": "2026-04-30"} | EMPTY]
        }
        assert first.deadline == date(2026, 4, 30)

    @pytest.mark.parametrize("base", FORGED)
    def test_a_forged_picture_of_what_stood_there_breaks_nothing(self, browser, make_issue, base):
        issue = make_issue(Status.RECTIFYING)
        form = {"fields-title": "大茅坪镇污水管网破损", "reason": "标题更正"}

        page = browser.as_("sun").post(
            self.case.url(issue), 409, version=str(issue.version - 1), base=base, **form
        )

        assert "大茅坪镇污水管网破损" in page.html

    def test_nothing_changed_is_nothing_to_do(self, browser, make_issue):
        issue = make_issue(Status.RECTIFYING)

        page = browser.as_("sun").post(self.case.url(issue), expect=422, reason="无")

        assert "没有要调整的内容" in page.text

    def test_a_deadline_the_city_may_not_move_is_not_offered(self, browser, make_issue):
        issue = make_issue(Status.RECTIFYING, source="SD")

        page = browser.as_("sun").get(self.case.url(issue))

        assert "fields-deadline" not in page.form(self.case.url(issue)).names

    def test_who_comes_second_is_shown_what_the_first_one_did(self, browser, make_issue):
        issue, form = self.made(make_issue)
        visitor, url = browser.as_("sun"), self.case.url(issue)
        read_before = visitor.get(url).form(url).filled(form)
        make_issue.act(Action.REPORT_PROGRESS, issue, "chen", text="已完成排查。")

        page = visitor.send(url, expect=409, **read_before)

        assert "巴州区陈经办已更新本事项" in page.text
        assert "进展情况：已完成排查。" in page.text
        assert page.form(url).drawn()["fields-title"] == "大茅坪镇污水管网破损"
