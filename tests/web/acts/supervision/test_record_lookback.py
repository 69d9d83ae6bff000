"""An inspector looks at a closed ticket again (登记回头看)."""

import io

import samples
from act_cases import Case, StandardCases
from sqlalchemy import select

from extensions import db
from issues.models import Evidence
from issues.vocabulary import Action, Status


class TestRecordLookback(StandardCases):
    case = Case(
        action=Action.RECORD_LOOKBACK,
        at=Status.CLOSED,
        by="lin",
        ends=Status.CLOSED,
        wrong_role="sun",
        wrong_status=Status.RECTIFYING,
        form={"result": "pass", "text": "沿线无直排。", "inspectors": "林督察、林二"},
        bad={"text": ""},
        said="请填写情况说明",
    )

    def test_the_unit_never_sees_it(self, browser, make_issue):
        issue, form = self.made(make_issue)

        browser.as_("lin").post(self.case.url(issue), **form)

        assert "回头看" in browser.as_("lin").get(f"/issues/{issue.number}").text
        for name in ("chen", "liu"):
            assert "回头看" not in browser.as_(name).get(f"/issues/{issue.number}").text

    def test_a_relapse_is_a_finding_and_a_red_card(self, browser, make_issue):
        issue, form = self.made(make_issue)

        browser.as_("lin").post(self.case.url(issue), **form | {"result": "relapse"})

        assert (issue.status, issue.card) == (Status.CLOSED, "red")


def test_its_photos_are_hidden_with_it(browser, make_issue):
    issue = make_issue(Status.CLOSED)
    url, lin = f"/issues/{issue.number}/acts/record_lookback", browser.as_("lin")
    said = {"result": "pass", "text": "沿线无直排。", "inspectors": "林督察、林二"}
    form = lin.get(url).form(url).filled(said)

    lin.send(url, **form | {"file": (io.BytesIO(samples.jpeg()), "夜间排口.jpg")})

    row = db.session.scalars(select(Evidence).where(Evidence.name == "夜间排口.jpg")).one()
    assert row.is_covert
    browser.as_("chen").get(f"/issues/{issue.number}/evidence/{row.id}", 404)
    assert "夜间排口" not in browser.as_("liu").get(f"/issues/{issue.number}/evidence").html
    assert "夜间排口" in lin.get(f"/issues/{issue.number}/evidence").html
