"""The head sends the work back (退回整改)."""

from act_cases import Case, StandardCases

from issues.vocabulary import Action, Status


class TestReturnClosure(StandardCases):
    case = Case(
        action=Action.RETURN_CLOSURE,
        at=Status.APPROVAL,
        by="zhou",
        ends=Status.RECTIFYING,
        wrong_role="sun",
        wrong_status=Status.PUBLICITY,
        form={"code": "4", "reason": "同类问题未排查", "confirmed": "true"},
        bad={"reason": ""},
        said="请填写理由",
    )
