"""The county hands a task of a ticket it drives to a unit below it."""

import centre
from act_cases import UNMEASURED, Case, StandardCases
from people import ENYANG

from issues.vocabulary import Action, Relation, Status


def delegated(make, issue):
    centre.delegated(make, issue)
    return {}


class TestHandTask(StandardCases):
    case = Case(
        action=Action.HAND_TASK,
        at=Status.RECTIFYING,
        by="luo",
        ends=Status.RECTIFYING,
        wrong_role="sun",
        wrong_status=Status.CLOSED,
        form={"unit": centre.TOWN, "text": "核实沿河排口，逐户登记。", "due_on": "2025-12-05"},
        bad={"due_on": "2025-11-24"},
        said="办理期限不能早于2025年11月25日",
        ready=delegated,
        ticket=UNMEASURED,
    )

    def test_the_wrong_status_is_refused(self, browser, make_issue):
        """What was not delegated is not handed on either."""
        centre.found()
        issue = make_issue(Status.RECTIFYING, **UNMEASURED)

        browser.as_("luo").post(self.case.url(issue), expect=403, **self.case.form)

    def test_the_township_sees_that_ticket_and_no_other(self, browser, make_issue):
        issue, form = self.made(make_issue)
        other = make_issue(Status.RECTIFYING, **UNMEASURED)
        browser.as_("tang").get(f"/issues/{issue.number}", expect=404)

        browser.as_("luo").post(self.case.url(issue), **form)

        seen = browser.as_("tang").get("/issues").text
        assert issue.number in seen
        assert other.number not in seen
        assert "核实沿河排口" in browser.as_("tang").get("/").text
        assert "核实沿河排口" in browser.as_("zhou").get(f"/issues/{issue.number}").text
        browser.as_("qin").get(f"/issues/{issue.number}", expect=404)

    def test_a_unit_elsewhere_is_handed_nothing(self, browser, make_issue):
        issue, form = self.made(make_issue)

        page = browser.as_("luo").get(self.case.url(issue))
        offered = [node["value"] for node in page.tree.all("option")]
        browser.as_("luo").post(self.case.url(issue), expect=422, **form | {"unit": ENYANG})

        assert {centre.TOWN, centre.OTHER_TOWN} <= set(offered)
        assert not {ENYANG, centre.CENTRE_CODE} & set(offered)
        assert not issue.units(Relation.TASK)
