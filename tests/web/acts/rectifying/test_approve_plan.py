"""The lead unit or the office approves a plan (通过方案)."""

from act_cases import Case, StandardCases

from issues.vocabulary import Action, Status


class TestApprovePlan(StandardCases):
    case = Case(
        action=Action.APPROVE_PLAN,
        at=Status.PLAN_REVIEW,
        by="liu",
        ends=Status.RECTIFYING,
        wrong_role="chenlead",
        wrong_status=Status.PLANNING,
        form={"opinion": "同意"},
        bad={"opinion": "字" * 2001},
        said="意见超过2000字",
    )
