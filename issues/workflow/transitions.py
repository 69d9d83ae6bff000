"""From which status an act may be done, and what it changes (domain.md §3). One table.

The order is the order of the chain: of the acts a person may do, the first is the one to do next.
"""

from collections.abc import Callable
from dataclasses import dataclass

from issues.vocabulary import OPEN, Action, Status
from issues.workflow.act import Act
from issues.workflow.changes import (
    accepting,
    aftermath,
    amending,
    cards,
    closing,
    extending,
    instructing,
    opening,
    plans,
    progress,
)

ANY_OPEN = OPEN
ENDABLE = (OPEN - {Status.STANDING}) | {Status.DRAFT}
STRUCK = frozenset({Status.CLOSED, Status.STANDING})
WORKED_ON = frozenset({Status.RECTIFYING, Status.STANDING})
ALL = frozenset(Status)


@dataclass(frozen=True, slots=True)
class Transition:
    """`change` writes what belongs to the act and gives the status that follows."""

    origins: frozenset[Status]
    change: Callable[[Act], Status]


def _from(*origins: Status) -> frozenset[Status]:
    return frozenset(origins)


TRANSITIONS: dict[Action, Transition] = {
    Action.REGISTER: Transition(_from(), opening.register),
    Action.ASSIGN: Transition(_from(Status.DRAFT), opening.assign),
    Action.EDIT: Transition(_from(Status.DRAFT), opening.edit),
    Action.ACKNOWLEDGE: Transition(_from(Status.ASSIGNED), opening.acknowledge),
    Action.DECLINE: Transition(_from(Status.ASSIGNED), opening.decline),
    Action.SUBMIT_PLAN: Transition(_from(Status.PLANNING), plans.submit_plan),
    Action.APPROVE_PLAN: Transition(_from(Status.PLAN_REVIEW), plans.approve_plan),
    Action.RETURN_PLAN: Transition(_from(Status.PLAN_REVIEW), plans.return_plan),
    Action.CONFIRM_PROGRESS: Transition(WORKED_ON, progress.confirm_progress),
    Action.RETURN_PROGRESS: Transition(WORKED_ON, progress.return_progress),
    Action.GRANT_EXTENSION: Transition(_from(Status.RECTIFYING), extending.grant_extension),
    Action.REFUSE_EXTENSION: Transition(_from(Status.RECTIFYING), extending.refuse_extension),
    Action.REPLY_INSTRUCTION: Transition(ANY_OPEN | {Status.CLOSED}, instructing.reply_instruction),
    Action.REQUEST_ACCEPTANCE: Transition(_from(Status.RECTIFYING), accepting.request_acceptance),
    Action.REPORT_PROGRESS: Transition(WORKED_ON, progress.report_progress),
    Action.REQUEST_EXTENSION: Transition(_from(Status.RECTIFYING), extending.request_extension),
    Action.PASS_FIRST_ACCEPTANCE: Transition(
        _from(Status.FIRST_ACCEPTANCE), accepting.pass_first_acceptance
    ),
    Action.RETURN_ACCEPTANCE: Transition(
        _from(Status.FIRST_ACCEPTANCE), accepting.return_acceptance
    ),
    Action.RECORD_SITE_CHECK: Transition(_from(Status.SITE_CHECK), accepting.record_site_check),
    Action.APPROVE_CLOSURE: Transition(_from(Status.APPROVAL), closing.approve_closure),
    Action.RETURN_CLOSURE: Transition(_from(Status.APPROVAL), closing.return_closure),
    Action.DISMISS_OBJECTION: Transition(_from(Status.PUBLICITY), closing.dismiss_objection),
    Action.UPHOLD_OBJECTION: Transition(_from(Status.PUBLICITY), closing.uphold_objection),
    Action.CLOSE: Transition(_from(Status.PUBLICITY), closing.close),
    Action.RECORD_OBJECTION: Transition(_from(Status.PUBLICITY), closing.record_objection),
    Action.REOPEN: Transition(STRUCK, aftermath.reopen),
    Action.RECORD_LOOKBACK: Transition(STRUCK, aftermath.record_lookback),
    Action.PLAN_LOOKBACK: Transition(STRUCK, aftermath.plan_lookback),
    Action.INSTRUCT: Transition(ANY_OPEN, instructing.instruct),
    Action.INTERIM_CLOSE: Transition(_from(Status.RECTIFYING), closing.interim_close),
    Action.LIFT_CARD: Transition(ANY_OPEN, cards.lift_card),
    Action.RAISE_CARD: Transition(ANY_OPEN, cards.raise_card),
    Action.AMEND: Transition(ANY_OPEN, amending.amend),
    Action.RECORD_EXPOSURE: Transition(ANY_OPEN, cards.record_exposure),
    Action.RECORD_FINDING: Transition(ANY_OPEN | {Status.CLOSED}, cards.record_finding),
    Action.COMMENT: Transition(ALL, amending.comment),
    Action.MERGE: Transition(ENDABLE, aftermath.merge),
    Action.WITHDRAW: Transition(ENDABLE, aftermath.withdraw),
}
