"""The head takes a ticket back (撤销)."""

from act_cases import Case, StandardCases

from issues.vocabulary import Action, Status


class TestWithdraw(StandardCases):
    case = Case(
        action=Action.WITHDRAW,
        at=Status.RECTIFYING,
        by="zhou",
        ends=Status.WITHDRAWN,
        wrong_role="sun",
        wrong_status=Status.CLOSED,
        form={"reason": "登记有误", "confirmed": "true"},
        bad={"reason": ""},
        said="请填写理由",
    )
