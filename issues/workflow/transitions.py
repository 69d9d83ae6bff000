"""From which status an act may be done, and to which it leads (docs/rules.md). One table.

The order is the order of the chain: of the acts a person may do, the first is the one to do next.
"""

from collections.abc import Callable
from dataclasses import dataclass

from issues.vocabulary import OPEN, STRUCK_OFF, WORKED_ON, Action, Status
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
    proceeding,
    progress,
)
from issues.workflow.changes.county import delegating, proposing, tasks
from issues.workflow.changes.tied import linking

ANY_OPEN = OPEN
ENDABLE = (OPEN - {Status.STANDING}) | {Status.DRAFT}
ALL = frozenset(Status) - {Status.TAKEN_BACK}
LINKABLE = frozenset(Status) - linking.UNTIED


SAME: frozenset[Status] = frozenset()
"""The act leaves the status as it was."""


@dataclass(frozen=True, slots=True)
class Transition:
    """`change` writes what belongs to the act and gives the status that follows, one of `to`."""

    origins: frozenset[Status]
    to: frozenset[Status]
    change: Callable[[Act], Status]

    def lead_on(self, act: Act) -> Status:
        """Do the change. Raises WrongTurn where it leads to a status the table does not know."""
        before = act.issue.status
        after = self.change(act)
        if after not in (self.to or {before}):
            raise WrongTurn(f"{act.action.value}: {before.value} -> {after.value}")
        return after


class WrongTurn(RuntimeError):
    """A fault of the program: a change and the table do not agree. Nothing is kept."""


def _in(*statuses: Status) -> frozenset[Status]:
    return frozenset(statuses)


TRANSITIONS: dict[Action, Transition] = {
    Action.REGISTER: Transition(_in(), _in(Status.DRAFT), opening.register),
    Action.ASSIGN: Transition(_in(Status.DRAFT), _in(Status.ASSIGNED), opening.assign),
    Action.EDIT: Transition(_in(Status.DRAFT), SAME, opening.edit),
    Action.ACKNOWLEDGE: Transition(_in(Status.ASSIGNED), _in(Status.PLANNING), opening.acknowledge),
    Action.DECLINE: Transition(_in(Status.ASSIGNED), _in(Status.DRAFT), opening.decline),
    Action.SUBMIT_PLAN: Transition(
        _in(Status.PLANNING), _in(Status.PLAN_REVIEW), plans.submit_plan
    ),
    Action.APPROVE_PLAN: Transition(
        _in(Status.PLAN_REVIEW), _in(Status.RECTIFYING), plans.approve_plan
    ),
    Action.RETURN_PLAN: Transition(
        _in(Status.PLAN_REVIEW), _in(Status.PLANNING), plans.return_plan
    ),
    Action.CONFIRM_PROGRESS: Transition(WORKED_ON, SAME, progress.confirm_progress),
    Action.RETURN_PROGRESS: Transition(WORKED_ON, SAME, progress.return_progress),
    Action.GRANT_EXTENSION: Transition(_in(Status.RECTIFYING), SAME, extending.grant_extension),
    Action.REFUSE_EXTENSION: Transition(_in(Status.RECTIFYING), SAME, extending.refuse_extension),
    Action.REPLY_INSTRUCTION: Transition(
        ANY_OPEN | {Status.CLOSED}, SAME, instructing.reply_instruction
    ),
    Action.REQUEST_ACCEPTANCE: Transition(
        _in(Status.RECTIFYING), _in(Status.FIRST_ACCEPTANCE), accepting.request_acceptance
    ),
    Action.REPORT_PROGRESS: Transition(WORKED_ON, SAME, progress.report_progress),
    Action.REQUEST_EXTENSION: Transition(_in(Status.RECTIFYING), SAME, extending.request_extension),
    Action.PASS_FIRST_ACCEPTANCE: Transition(
        _in(Status.FIRST_ACCEPTANCE), _in(Status.SITE_CHECK), accepting.pass_first_acceptance
    ),
    Action.RETURN_ACCEPTANCE: Transition(
        _in(Status.FIRST_ACCEPTANCE), _in(Status.RECTIFYING), accepting.return_acceptance
    ),
    Action.RECORD_SITE_CHECK: Transition(
        _in(Status.SITE_CHECK), _in(Status.APPROVAL, Status.RECTIFYING), accepting.record_site_check
    ),
    Action.APPROVE_CLOSURE: Transition(
        _in(Status.APPROVAL), STRUCK_OFF | {Status.PUBLICITY}, closing.approve_closure
    ),
    Action.PROCEED: Transition(
        _in(Status.RECTIFYING, Status.FIRST_ACCEPTANCE, Status.SITE_CHECK, Status.APPROVAL),
        SAME,
        proceeding.proceed,
    ),
    Action.RETURN_CLOSURE: Transition(
        _in(Status.APPROVAL), _in(Status.RECTIFYING), closing.return_closure
    ),
    Action.DISMISS_OBJECTION: Transition(_in(Status.PUBLICITY), SAME, closing.dismiss_objection),
    Action.UPHOLD_OBJECTION: Transition(
        _in(Status.PUBLICITY), _in(Status.RECTIFYING), closing.uphold_objection
    ),
    Action.CLOSE: Transition(_in(Status.PUBLICITY), STRUCK_OFF, closing.close),
    Action.RECORD_OBJECTION: Transition(_in(Status.PUBLICITY), SAME, closing.record_objection),
    Action.REOPEN: Transition(STRUCK_OFF, _in(Status.PLANNING), aftermath.reopen),
    Action.RECORD_LOOKBACK: Transition(STRUCK_OFF, SAME, aftermath.record_lookback),
    Action.PLAN_LOOKBACK: Transition(STRUCK_OFF, SAME, aftermath.plan_lookback),
    Action.INSTRUCT: Transition(ANY_OPEN, SAME, instructing.instruct),
    Action.INTERIM_CLOSE: Transition(_in(Status.RECTIFYING), SAME, closing.interim_close),
    Action.LIFT_CARD: Transition(ANY_OPEN, SAME, cards.lift_card),
    Action.RAISE_CARD: Transition(ANY_OPEN, SAME, cards.raise_card),
    Action.DELEGATE: Transition(ANY_OPEN, SAME, delegating.delegate),
    Action.RECALL: Transition(ANY_OPEN, SAME, delegating.recall),
    Action.ANSWER_TASK: Transition(ANY_OPEN, SAME, tasks.answer_task),
    Action.CONFIRM_TASK: Transition(ANY_OPEN, SAME, tasks.confirm_task),
    Action.RETURN_TASK: Transition(ANY_OPEN, SAME, tasks.return_task),
    Action.HAND_TASK: Transition(ANY_OPEN, SAME, tasks.hand_task),
    Action.PROPOSE_CARD: Transition(ANY_OPEN, SAME, proposing.propose_card),
    Action.WITHDRAW_PROPOSAL: Transition(ANY_OPEN, SAME, proposing.withdraw_proposal),
    Action.DECLINE_PROPOSAL: Transition(ANY_OPEN, SAME, proposing.decline_proposal),
    Action.AMEND: Transition(ANY_OPEN, SAME, amending.amend),
    Action.RECORD_EXPOSURE: Transition(ANY_OPEN, SAME, cards.record_exposure),
    Action.RECORD_FINDING: Transition(ANY_OPEN | {Status.CLOSED}, SAME, cards.record_finding),
    Action.RECORD_OUTCOME: Transition(ANY_OPEN | {Status.CLOSED}, SAME, amending.record_outcome),
    Action.COMMENT: Transition(ALL, SAME, amending.comment),
    Action.LINK: Transition(LINKABLE, SAME, linking.link),
    Action.UNLINK: Transition(LINKABLE, SAME, linking.unlink),
    Action.MERGE: Transition(ENDABLE, _in(Status.MERGED), aftermath.merge),
    Action.WITHDRAW: Transition(ENDABLE, _in(Status.WITHDRAWN), aftermath.withdraw),
}
