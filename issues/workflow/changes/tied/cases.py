"""A complaint's own number names one ticket alone."""

import re
from typing import Any

from sqlalchemy import select

from extensions import db
from issues import counters
from issues.ground import signs
from issues.ground.refusals import Taken
from issues.models import Issue
from issues.vocabulary import Status

CASE_NUMBERS = "case numbers"


def take_case(issue: Issue, given: dict[str, Any]) -> None:
    """The same 受理编号 is the same complaint: the first ticket that has it is named.

    It is kept in one spelling, however it was typed. Raises Taken.
    """
    if not given.get("case_number"):
        return
    case_number = re.sub(r"\s", "", signs.folded(given["case_number"])).upper()
    given["case_number"] = case_number
    if case_number == issue.case_number:
        return
    counters.hold(CASE_NUMBERS)  # of two who write the same at once the second sees the first
    gone = (Status.WITHDRAWN, Status.TAKEN_BACK)
    rows = select(Issue.number).where(
        Issue.case_number == case_number, Issue.status.not_in(gone), Issue.id != (issue.id or 0)
    )
    first = db.session.scalar(rows.order_by(Issue.id).limit(1))
    if first is not None:
        raise Taken({"case_number": [f"受理编号{case_number}已登记为{first}，不能重复登记"]})
