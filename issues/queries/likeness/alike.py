"""What is like a ticket, and what it is tied to: for its page of likely duplicates and the API."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import case, select

from auth.actor import Actor
from extensions import db
from issues.ground import clock
from issues.likeness.search import Similar, like_ticket
from issues.models import Issue, IssueLink
from issues.queries.ground.day import Standing
from issues.rights.table import reach
from issues.vocabulary import Colour, LinkKind, Status

MOST = 10


@dataclass(frozen=True, slots=True)
class Tied:
    """A ticket that a person tied to this one. `leads`: its colour is counted for both."""

    number: str
    title: str
    status: Status
    colour: Colour | None
    kind: LinkKind
    reason: str
    leads: bool
    is_led: bool

    @property
    def told(self) -> str:
        """What it is to the ticket, and which of the two is counted."""
        if self.leads:
            return f"{self.kind.label}，该事项为主事项"
        return f"{self.kind.label}，本事项为主事项" if self.is_led else self.kind.label


def tied_to(issue: Issue, actor: Actor) -> list[Tied]:
    """Those in sight, in the order they were tied. One statement."""
    other = case((IssueLink.issue_id == issue.id, IssueLink.to_id), else_=IssueLink.issue_id)
    today = clock.today()
    colour = Standing.on(today, today).colour
    rows = (
        select(Issue.number, Issue.title, Issue.status, colour, IssueLink)
        .join(IssueLink, other == Issue.id)
        .where((IssueLink.issue_id == issue.id) | (IssueLink.to_id == issue.id))
        .where(IssueLink.ended_on.is_(None), reach(actor))
        .order_by(IssueLink.id)
    )
    return [
        _tied(number, title, status, shown, link, follows=link.issue_id == issue.id)
        for number, title, status, shown, link in db.session.execute(rows)
    ]


def _tied(
    number: str, title: str, status: Status, shown: str | None, link: IssueLink, *, follows: bool
) -> Tied:
    is_same = link.kind is LinkKind.SAME_PROBLEM
    colour = Colour(shown) if shown else None
    return Tied(
        number, title, status, colour, link.kind, link.reason,
        leads=is_same and follows, is_led=is_same and not follows,
    )  # fmt: skip


def alike(issue: Issue, actor: Actor, limit: int = MOST) -> list[tuple[Similar, LinkKind | None]]:
    """The likest in sight, each with what it was tied as. Three statements."""
    kinds: Mapping[str, LinkKind] = {one.number: one.kind for one in tied_to(issue, actor)}
    return [(one, kinds.get(one.number)) for one in like_ticket(issue, reach(actor), limit)]
