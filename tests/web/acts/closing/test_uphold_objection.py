"""The office finds an objection right (异议成立)."""

from act_cases import Case, StandardCases, record

from issues.vocabulary import Action, Status


def objected(make, issue):
    """An objection that waits to be decided."""
    said = {"who": "场镇居民代表", "text": "河道仍有异味", "on": "2025-11-20"}
    record(make, Action.RECORD_OBJECTION, issue, "sun", **said)
    return {}


class TestUpholdObjection(StandardCases):
    case = Case(
        action=Action.UPHOLD_OBJECTION,
        at=Status.PUBLICITY,
        by="sun",
        ends=Status.RECTIFYING,
        wrong_role="zhou",
        wrong_status=Status.APPROVAL,
        form={"reason": "复核属实", "confirmed": "true"},
        bad={"reason": ""},
        said="请填写理由",
        ready=objected,
    )

    def test_it_is_no_return(self, browser, make_issue):
        issue, form = self.made(make_issue)

        page = browser.as_("sun").post(self.case.url(issue), **form)

        assert "Y5 验收退回" not in page.text
