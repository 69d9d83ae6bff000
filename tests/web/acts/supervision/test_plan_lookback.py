"""A look-back planned by hand (安排回头看); units learn nothing of it."""

from act_cases import Case, StandardCases
from sqlalchemy import select

from extensions import db
from issues.models import Lookback
from issues.vocabulary import Action, Status


class TestPlanLookback(StandardCases):
    case = Case(
        action=Action.PLAN_LOOKBACK,
        at=Status.CLOSED,
        by="sun",
        ends=Status.CLOSED,
        wrong_role="zhou",
        wrong_status=Status.RECTIFYING,
        form={"planned_on": "2025-12-10", "reason": "群众反映夜间异味", "inspector": "lin2"},
        bad={"planned_on": "2025-11-24"},
        said="计划日期不能早于2025年11月25日",
    )

    def test_it_stands_in_the_plan_of_who_is_to_go(self, browser, make_issue):
        issue, form = self.made(make_issue)

        browser.as_("sun").post(self.case.url(issue), **form)

        row = db.session.scalars(select(Lookback).where(Lookback.why == form["reason"])).one()
        assert row.inspector.name == "lin2"
        assert "群众反映夜间异味" in browser.as_("lin2").get("/lookbacks?who=me").text
        assert "群众反映夜间异味" not in browser.as_("lin").get("/lookbacks?who=me").text

    def test_a_unit_sees_neither_the_plan_nor_that_anything_happened(self, browser, make_issue):
        issue, form = self.made(make_issue)
        version = issue.version

        browser.as_("sun").post(self.case.url(issue), **form)

        assert issue.version == version
        page = browser.as_("chen").get(f"/issues/{issue.number}")
        assert "异味" not in page.html
        assert "回头看" not in page.html

    def test_the_same_plan_twice_is_one(self, browser, make_issue):
        issue, form = self.made(make_issue)
        browser.as_("sun").post(self.case.url(issue), **form)

        page = browser.as_("lin").post(self.case.url(issue), expect=422, **form)

        assert "已在计划中" in page.text
