"""Tickets tied together: of the same problem, where one leads, or merely related; and untied."""

from sqlalchemy import or_, select

from extensions import db
from issues import audit
from issues.ground.present import present
from issues.ground.refusals import Incomplete
from issues.models import Issue, IssueLink
from issues.rights import table as permissions
from issues.vocabulary import OFF_BOARD, BesideAct, LinkKind, Status, Subject
from issues.workflow.act import Act

UNTIED = frozenset({Status.MERGED, Status.WITHDRAWN, Status.TAKEN_BACK})


def link(act: Act) -> Status:
    """To a ticket in sight. Of the same problem the other leads, or the one that leads it."""
    issue, kind = act.issue, LinkKind(act["kind"])
    other = _other(act)
    act.refuse_unless(other.status not in UNTIED, "to", f"该事项{other.status.label}，不能关联")
    act.refuse_unless(_between(issue, other) is None, "to", "两件事项已经关联")
    if kind is LinkKind.SAME_PROBLEM:
        other = _leader(other)
        _refuse_unless_led(act, other)
    act.add(
        IssueLink(
            issue_id=issue.id, to_id=other.id, kind=kind, reason=act["reason"], linked_on=act.on
        )
    )
    act.noted["to"] = other.number
    _tell(act, other, BesideAct.BE_LINKED, kind)
    return issue.status


def unlink(act: Act) -> Status:
    """From a ticket it is tied to, whichever of the two leads."""
    other = _other(act)
    row = _between(act.issue, other)
    if row is None:
        raise Incomplete({"to": ["两件事项没有关联"]})
    row.ended_on, row.end_reason = act.on, act["reason"]
    act.noted |= {"to": other.number, "kind": row.kind}
    _tell(act, other, BesideAct.BE_UNLINKED, row.kind)
    return act.issue.status


def _other(act: Act) -> Issue:
    """Held, so that of two who tie the same tickets at once the later sees the first."""
    rows = select(Issue).where(Issue.number == act["to"], permissions.reach(act.actor))
    other = db.session.scalars(rows.with_for_update(of=Issue)).first()
    if other is None:
        raise Incomplete({"to": [f"没有编号为“{act['to'][:40]}”的事项"]})
    act.refuse_unless(other.id != act.issue.id, "to", "不能关联自己")
    return other


def _between(one: Issue, other: Issue) -> IssueLink | None:
    rows = select(IssueLink).where(
        IssueLink.ended_on.is_(None),
        or_(
            (IssueLink.issue_id == one.id) & (IssueLink.to_id == other.id),
            (IssueLink.issue_id == other.id) & (IssueLink.to_id == one.id),
        ),
    )
    return db.session.scalars(rows).first()


def _leader(issue: Issue) -> Issue:
    """The ticket it follows, or itself."""
    rows = select(IssueLink.to_id).where(
        IssueLink.issue_id == issue.id,
        IssueLink.kind == LinkKind.SAME_PROBLEM,
        IssueLink.ended_on.is_(None),
    )
    id_ = db.session.scalar(rows)
    return issue if id_ is None else present(db.session.get(Issue, id_), "the ticket that leads")


def _refuse_unless_led(act: Act, leader: Issue) -> None:
    issue = act.issue
    same = select(IssueLink.id).where(
        IssueLink.kind == LinkKind.SAME_PROBLEM, IssueLink.ended_on.is_(None)
    )
    act.refuse_unless(
        leader.status not in OFF_BOARD, "to", f"该事项{leader.status.label}，不能作为主事项"
    )
    act.refuse_unless(
        db.session.scalar(same.where(IssueLink.issue_id == issue.id)) is None,
        "to",
        "本事项已有主事项，请先解除关联",
    )
    act.refuse_unless(
        db.session.scalar(same.where(IssueLink.to_id == issue.id)) is None,
        "to",
        "本事项是其他事项的主事项，请在对方事项上办理",
    )
    act.refuse_unless(_between(issue, leader) is None, "to", "与该事项的主事项已经关联")


def _tell(act: Act, other: Issue, called: BesideAct, kind: LinkKind) -> None:
    """In the history of the other too."""
    status = other.status.value
    audit.record(
        Subject.TICKET, other.id, called, act.actor, at=act.at, before=status, after=status,
        reason=act["reason"], detail={"to": act.issue.number, "kind": kind.value},
    )  # fmt: skip
