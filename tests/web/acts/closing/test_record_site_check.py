"""Two inspectors write down what they saw (登记现场核查)."""

import io

import samples
from act_cases import Case, StandardCases
from sqlalchemy import select

from extensions import db
from issues.models import Evidence, SiteCheck
from issues.vocabulary import Action, EvidenceKind, Status


def seen_on_site(make, issue):
    """A photo of the visit, and a conclusion for each measure."""
    photo = make.evidence(issue, EvidenceKind.SITE_CHECK, "lin")
    lines = {f"measures-{place}-conclusion": "pass" for place in range(2)}
    return lines | {"photos": [str(photo.id)]}


class TestRecordSiteCheck(StandardCases):
    case = Case(
        action=Action.RECORD_SITE_CHECK,
        at=Status.SITE_CHECK,
        by="lin",
        ends=Status.APPROVAL,
        wrong_role="sun",
        wrong_status=Status.APPROVAL,
        form={"inspectors": "林督察、林二", "conclusion": "pass", "place": "大茅坪镇场镇"},
        bad={"inspectors": "林督察"},
        said="须由两名督察员共同核查",
        ready=seen_on_site,
    )

    def test_a_return_needs_its_code_and_reason(self, browser, make_issue):
        issue, form = self.made(make_issue)

        page = browser.as_("lin").post(
            self.case.url(issue), expect=422, **form | {"conclusion": "return"}
        )

        assert page.error("code") == "退回整改须选择退回原因"
        assert page.error("reason") == "核查未通过的，请写明理由"

    def test_a_false_claim_raises_a_red_card(self, browser, make_issue):
        issue, form = self.made(make_issue)
        fake = {"conclusion": "fake", "reason": "管网并未修复", "measures-1-conclusion": "fake"}

        page = browser.as_("lin").post(self.case.url(issue), **form | fake)

        assert issue.status is Status.RECTIFYING
        assert issue.card == "red"
        assert "R6 虚假或反弹" in page.text


def test_photos_taken_on_the_spot_come_with_the_check(browser, make_issue):
    issue = make_issue(Status.SITE_CHECK)
    url, lin = f"/issues/{issue.number}/acts/record_site_check", browser.as_("lin")
    said = {
        "inspectors": "林督察、林二", "conclusion": "pass", "measures-0-conclusion": "pass",
        "measures-1-conclusion": "pass",
    }  # fmt: skip
    form = lin.get(url).form(url).filled(said)

    lin.send(url, **form | {"file": (io.BytesIO(samples.jpeg()), "现场.jpg")})

    assert issue.status is Status.APPROVAL
    photo = db.session.scalars(select(Evidence).where(Evidence.kind == "site_check")).one()
    check = db.session.scalars(select(SiteCheck)).one()
    assert check.photos == [photo.id]
    assert photo.uploaded_by_id == make_issue.people.lin.id
