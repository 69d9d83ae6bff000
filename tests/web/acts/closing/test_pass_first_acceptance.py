"""The acceptance unit passes the work (初验通过)."""

from act_cases import Case, StandardCases

from issues.vocabulary import Action, Status


class TestPassFirstAcceptance(StandardCases):
    case = Case(
        action=Action.PASS_FIRST_ACCEPTANCE,
        at=Status.FIRST_ACCEPTANCE,
        by="liulead",
        ends=Status.SITE_CHECK,
        wrong_role="chenlead",
        wrong_status=Status.RECTIFYING,
        form={"opinion": "符合验收标准"},
        bad={"opinion": "字" * 2001},
        said="意见超过2000字",
    )
