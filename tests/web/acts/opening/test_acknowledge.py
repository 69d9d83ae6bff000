"""The primary unit signs for its ticket (签收)."""

from act_cases import Case, StandardCases

from issues.vocabulary import Action, Status


class TestAcknowledge(StandardCases):
    case = Case(
        action=Action.ACKNOWLEDGE,
        at=Status.ASSIGNED,
        by="chen",
        ends=Status.PLANNING,
        wrong_role="liu",
        wrong_status=Status.PLANNING,
    )
