"""建议挂牌: a centre that can press no further asks the city for a card, and the city answers."""

from sqlalchemy import ColumnElement, select

from extensions import db
from issues.ground.present import present
from issues.models import CardProposal, Issue
from issues.rules.colour import is_worse
from issues.vocabulary import ProposalState, Relation, Status
from issues.workflow.act import Act

WAITS: ColumnElement[bool] = CardProposal.state == ProposalState.WAITING


def waiting(issue: Issue) -> CardProposal | None:
    rows = select(CardProposal).where(CardProposal.issue_id == issue.id, WAITS)
    return db.session.scalars(rows).first()


def propose_card(act: Act) -> Status:
    """Of a card graver than the one that stands. The ticket is locked: two at once are one."""
    act.refuse_unless(is_worse(act["colour"], act.issue.card), "colour", "应比现有挂牌更重")
    act.add(
        CardProposal(
            issue_id=act.issue.id, centre_id=act.issue.units(Relation.CENTRE)[0].id,
            round=act.issue.round, colour=act["colour"], reason=act["reason"],
            proposed_on=act.on, state=ProposalState.WAITING,
        )
    )  # fmt: skip
    return act.issue.status


def withdraw_proposal(act: Act) -> Status:
    _answer(act, _own(act), ProposalState.WITHDRAWN, act["reason"])
    return act.issue.status


def decline_proposal(act: Act) -> Status:
    row = _own(act)
    _answer(act, row, ProposalState.DECLINED, act["reason"])
    act.noted["centre"] = row.centre
    return act.issue.status


def answer_by_card(act: Act, colour: str, reason: str) -> None:
    """Whatever raised the card: what was proposed is answered by it."""
    row = waiting(act.issue)
    if row is not None:
        row.listed = colour
        _answer(act, row, ProposalState.LISTED, reason)


def end_proposal(act: Act) -> None:
    """With the delegation, or with the ticket."""
    row = waiting(act.issue)
    if row is not None:
        _answer(act, row, ProposalState.ENDED, "")


def _own(act: Act) -> CardProposal:
    return present(waiting(act.issue), f"the proposal on {act.issue.number}")


def _answer(act: Act, row: CardProposal, state: ProposalState, words: str) -> None:
    row.state, row.answered_on, row.answer = state, act.on, words
    act.noted["proposal"] = state.value
    db.session.flush()
