"""The office finds that a rectification was false or has relapsed (认定虚假或反弹)."""

from act_cases import Case, StandardCases

from issues.vocabulary import Action, EvidenceKind, Status


def with_paper(make, issue):
    """The proof it rests on."""
    return {"document": str(make.evidence(issue, EvidenceKind.OTHER, "sun").id)}


class TestRecordFinding(StandardCases):
    case = Case(
        action=Action.RECORD_FINDING,
        at=Status.CLOSED,
        by="sun",
        ends=Status.CLOSED,
        wrong_role="zhou",
        wrong_status=Status.DRAFT,
        form={"result": "fake", "on": "2025-11-20", "reason": "台账造假", "confirmed": "true"},
        bad={"on": "2025-11-26"},
        said="日期不能晚于今天",
        ready=with_paper,
    )
