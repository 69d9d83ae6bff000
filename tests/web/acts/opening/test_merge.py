"""The head joins a ticket to another (并案)."""

from act_cases import Case, StandardCases

from issues.vocabulary import Action, Status


def beside_another(make, _issue):
    """The ticket it is joined to."""
    return {"into": make(Status.RECTIFYING, title="同一条河道").number}


class TestMerge(StandardCases):
    case = Case(
        action=Action.MERGE,
        at=Status.RECTIFYING,
        by="zhou",
        ends=Status.MERGED,
        wrong_role="sun",
        wrong_status=Status.CLOSED,
        form={"reason": "同一问题", "into": "BZ-AF-2025-999", "confirmed": "true"},
        bad={"into": "BZ-AF-2025-999"},
        said="没有编号为“BZ-AF-2025-999”的事项",
        ready=beside_another,
    )
