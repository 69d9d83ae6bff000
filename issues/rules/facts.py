"""What the rules look at: a ticket's facts on paper, free of any database.

Whoever reads them from the records leaves out what is no longer in force: returns of an earlier
round, exposures and findings a lifted card has cleared, findings a later site check has answered.
Returns and lapses a lifted card has cleared stay and say so, since the next one is not the first.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from issues.rules.targets import Held, Measured
from issues.vocabulary import DeadlineKind, FindingResult, NoticeKind, Sense, Source, Status


@dataclass(frozen=True, slots=True)
class MeasureFacts:
    """One measure of an approved plan. `confirmed` is what a reviewer has confirmed."""

    no: int
    start: date | None
    deadline: date | None
    target: Decimal | None = None
    unit_of_target: str = ""
    confirmed: Decimal | None = None
    done: bool = False
    sense: Sense = Sense.GE


@dataclass(frozen=True, slots=True)
class TargetFacts:
    """A target that is no count of a measure, with its confirmed readings that stand.

    `measure` is the number of the one it is of; `held.due` is its own day, else that of the
    measure, else the ticket's.
    """

    id: int
    name: str
    unit: str
    held: Held
    readings: tuple[Measured, ...] = ()
    measure: int | None = None


@dataclass(frozen=True, slots=True)
class ClaimFacts:
    """One request for acceptance in the current round.

    `ended_on` is the day it was sent back; `is_return` is false where an upheld objection ended it.
    `is_lifted`: a lifted card has cleared this return, which still counts as one of the round.
    """

    claimed_on: date
    ended_on: date | None = None
    is_return: bool = True
    first_passed_on: date | None = None
    is_lifted: bool = False


@dataclass(frozen=True, slots=True)
class NoticeFacts:
    """A signed notice on the ticket (N0-N4; a void one is left out).

    `is_lifted`: a lifted card has cleared its lapse (R4), which still counts as one.
    """

    kind: NoticeKind
    number: str
    sign_due: date | None = None
    acknowledged_on: date | None = None
    reply_due: date | None = None
    replied_on: date | None = None
    is_lifted: bool = False


@dataclass(frozen=True, slots=True)
class ExposureFacts:
    on: date
    by: str


@dataclass(frozen=True, slots=True)
class FindingFacts:
    on: date
    result: FindingResult


@dataclass(frozen=True, slots=True)
class Facts:
    """One ticket. `due` is after granted extensions; `assigned` is that of the current round.

    `reporting_from` is the day the plan was approved or the ticket imported: reports fall due
    from the month after it. `unable_on` is the day an assessment found the unit unable to finish.
    """

    source: Source
    status: Status
    kind: DeadlineKind
    assigned: date | None
    due: date | None
    measures: tuple[MeasureFacts, ...] = ()
    targets: tuple[TargetFacts, ...] = ()
    claims: tuple[ClaimFacts, ...] = ()
    notices: tuple[NoticeFacts, ...] = ()
    exposures: tuple[ExposureFacts, ...] = ()
    findings: tuple[FindingFacts, ...] = ()
    reporting_from: date | None = None
    last_report_on: date | None = None
    unable_on: date | None = None

    @property
    def is_standing(self) -> bool:
        """Whether it lasts by kind or by status: never Y1, R1 or R2, and it reports by quarter."""
        return self.status == Status.STANDING or self.kind == DeadlineKind.STANDING
