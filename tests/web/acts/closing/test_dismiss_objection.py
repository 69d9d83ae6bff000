"""The office finds an objection wrong (异议不成立)."""

from act_cases import Case, StandardCases, record

from issues.vocabulary import Action, Status


def objected(make, issue):
    """An objection that waits to be decided."""
    said = {"who": "场镇居民代表", "text": "河道仍有异味", "on": "2025-11-20"}
    record(make, Action.RECORD_OBJECTION, issue, "sun", **said)
    return {}


class TestDismissObjection(StandardCases):
    case = Case(
        action=Action.DISMISS_OBJECTION,
        at=Status.PUBLICITY,
        by="sun",
        ends=Status.PUBLICITY,
        wrong_role="zhou",
        wrong_status=Status.APPROVAL,
        form={"reason": "经监测达标"},
        bad={"reason": ""},
        said="请填写理由",
        ready=objected,
    )
