"""A complaint's own number names one ticket alone."""

from sqlalchemy import select

from extensions import db
from issues import counters
from issues.ground.refusals import Taken
from issues.models import Issue
from issues.vocabulary import Status

CASE_NUMBERS = "case numbers"


def refuse_known_case(issue: Issue, case_number: str | None) -> None:
    """The same 受理编号 is the same complaint: the first ticket that has it is named."""
    if not case_number or case_number == issue.case_number:
        return
    counters.hold(CASE_NUMBERS)  # of two who write the same at once the second sees the first
    gone = (Status.WITHDRAWN, Status.TAKEN_BACK)
    rows = select(Issue.number).where(
        Issue.case_number == case_number, Issue.status.not_in(gone), Issue.id != (issue.id or 0)
    )
    first = db.session.scalar(rows.order_by(Issue.id).limit(1))
    if first is not None:
        raise Taken({"case_number": [f"受理编号{case_number}已登记为{first}，不能重复登记"]})
