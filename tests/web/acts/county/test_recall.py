"""The city's office takes a ticket back from the centre of a county."""

import centre
from act_cases import UNMEASURED, Case, StandardCases, record

from issues.vocabulary import Action, Status


def delegated(make, issue):
    centre.found()
    record(make, Action.DELEGATE, issue, "sun", reason="属地问题，由区里督办。")
    return {}


class TestRecall(StandardCases):
    case = Case(
        action=Action.RECALL,
        at=Status.RECTIFYING,
        by="sun",
        ends=Status.RECTIFYING,
        wrong_role="zhou",
        wrong_status=Status.CLOSED,
        form={"reason": "涉及跨区问题，由市里督办。"},
        bad={"reason": ""},
        said="请填写理由",
        ready=delegated,
        ticket=UNMEASURED,
    )

    def test_the_county_sees_it_and_drives_it_no_more(self, browser, make_issue):
        issue, form = self.made(make_issue)
        page = f"/issues/{issue.number}"
        record(make_issue, Action.REPORT_PROGRESS, issue, "chen", text="已完成管网排查一公里。")
        browser.as_("luo").get(f"{page}/acts/confirm_progress")

        browser.as_("sun").post(self.case.url(issue), **form)

        browser.as_("luo").get(page)
        browser.as_("luo").get(f"{page}/acts/confirm_progress", expect=403)

    def test_many_at_once_from_the_register(self, browser, make_issue):
        issue, form = self.made(make_issue)
        visitor = browser.as_("sun")
        chosen = {"act": "recall", "number": [issue.number]}
        preview = visitor.send("/issues/bulk", **visitor.bare(chosen))

        filled = preview.form("/issues/bulk/do").filled(form)
        assert "已办理" in visitor.send("/issues/bulk/do", **filled).text

        again = visitor.send("/issues/bulk", **visitor.bare(chosen | {"act": "delegate"}))
        done = visitor.send("/issues/bulk/do", **again.form("/issues/bulk/do").filled(form))
        undone = visitor.send("/issues/bulk/undo", **done.form("/issues/bulk/undo").filled({}))
        assert "已撤回" in undone.text
