"""The city's office hands a ticket to the centre of its county."""

import centre
import pytest
from act_cases import UNMEASURED, Case, StandardCases, record
from people import ENYANG

from issues.ground.refusals import Incomplete
from issues.vocabulary import Action, Relation, Status

REASON = "属地问题，由区里督办。"


def with_centre(_make, _issue):
    centre.found()
    return {}


class TestDelegate(StandardCases):
    case = Case(
        action=Action.DELEGATE,
        at=Status.RECTIFYING,
        by="sun",
        ends=Status.RECTIFYING,
        wrong_role="zhou",
        wrong_status=Status.CLOSED,
        form={"reason": REASON},
        bad={"reason": ""},
        said="请填写理由",
        ready=with_centre,
        ticket=UNMEASURED,
    )

    def test_from_then_on_the_county_drives_it_within_its_power(self, browser, make_issue):
        issue, form = self.made(make_issue)
        page = f"/issues/{issue.number}"
        record(make_issue, Action.REPORT_PROGRESS, issue, "chen", text="已完成管网排查一公里。")
        browser.as_("luo").get(page)
        browser.as_("luo").get(f"{page}/acts/confirm_progress", expect=403)

        browser.as_("sun").post(self.case.url(issue), **form)

        home = browser.as_("luo").get("/")
        assert "待确认" in home.text
        assert "已交本中心督办的事项 1 件" in home.text
        driven = browser.as_("luo").get(f"/issues?unit={centre.CENTRE_CODE}&role=centre")
        assert issue.number in driven.text
        for act in ("amend", "raise_card", "interim_close", "recall"):
            browser.as_("luo").get(f"{page}/acts/{act}", expect=403)
        browser.as_("ma").get(f"{page}/acts/confirm_progress", expect=403)
        browser.as_("luo").post(f"{page}/acts/confirm_progress", opinion="情况属实。")
        assert "巴州区指挥中心" in browser.as_("zhou").get(page).text

    def test_who_works_on_it_does_not_drive_it(self, browser, make_issue):
        issue, form = self.made(make_issue)
        fields = {"supporting_units": [centre.CENTRE_CODE]}
        record(make_issue, Action.AMEND, issue, "sun", fields=fields, reason="请协助。")

        page = browser.as_("sun").post(self.case.url(issue), expect=422, **form)

        assert "不能同时是配合单位" in page.text
        assert not issue.units(Relation.CENTRE)

    def test_it_stays_where_it_was_handed_to(self, make_issue):
        """Neither another place nor work of the centre's own slips in behind the delegation."""
        issue, form = self.made(make_issue)
        record(make_issue, Action.DELEGATE, issue, "sun", **form)

        for fields in ({"region": ENYANG}, {"supporting_units": [centre.CENTRE_CODE]}):
            with pytest.raises(Incomplete) as refused:
                record(make_issue, Action.AMEND, issue, "sun", fields=fields, reason="更正")
            assert set(refused.value.errors) == set(fields)
        record(make_issue, Action.AMEND, issue, "sun", fields={"remark": "已核"}, reason="补记")
        assert [unit.code for unit in issue.units(Relation.CENTRE)] == [centre.CENTRE_CODE]

    def test_without_a_centre_nobody_is_asked(self, browser, make_issue):
        issue = make_issue(Status.RECTIFYING, **UNMEASURED)

        assert "交县级督办" not in browser.as_("sun").get(f"/issues/{issue.number}").text
        refused = browser.as_("sun").post(self.case.url(issue), expect=409, reason=REASON)
        assert "没有县级指挥中心" in refused.text

    def test_many_are_reminded_at_once_of_what_it_drives(self, browser, make_issue):
        issue, form = self.made(make_issue)
        other = make_issue(Status.RECTIFYING, **UNMEASURED)
        browser.as_("sun").post(self.case.url(issue), **form)
        luo = browser.as_("luo")

        offered = luo.get("/issues").form("/issues/bulk").node.all("option")
        assert [node["value"] for node in offered] == ["confirm", "county_remind"]
        chosen = {"act": "county_remind", "number": [issue.number, other.number]}
        page = luo.send("/issues/bulk", **luo.bare(chosen))
        assert "可以办理 1 件，不能办理 1 件" in page.text
        done = luo.send("/issues/bulk/do", **page.form("/issues/bulk/do").filled({}))

        assert "已办理" in done.text
        assert "提示函" in luo.get("/notices").text
        assert "县级催办" not in browser.as_("sun").get("/issues").text
