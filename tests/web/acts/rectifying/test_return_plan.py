"""The lead unit or the office sends a plan back (退回方案)."""

from act_cases import Case, StandardCases

from issues.vocabulary import Action, Status


class TestReturnPlan(StandardCases):
    case = Case(
        action=Action.RETURN_PLAN,
        at=Status.PLAN_REVIEW,
        by="sun",
        ends=Status.PLANNING,
        wrong_role="chenlead",
        wrong_status=Status.PLANNING,
        form={"reason": "缺少长效管护措施"},
        bad={"reason": ""},
        said="请填写理由",
    )
