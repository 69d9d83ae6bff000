"""What was done to the tickets of an import since it: as long as there is anything, they stay.

Most acts stand in a ticket's own history. What is written elsewhere is looked up by its table.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import Row, select

from auth.models import User
from extensions import db
from issues.colour.past import ARRIVALS
from issues.exchange.pictures.keeping import BROUGHT_BY
from issues.exchange.undoing.drafts import Draft, drafts_on
from issues.ground import clock
from issues.ground.batches import among
from issues.models import (
    AssessmentRound,
    CountyRound,
    CountyRoundItem,
    DossierBatch,
    DossierItem,
    Event,
    Issue,
    Keeper,
    Keeping,
    Lead,
    PolluterTie,
    RoundItem,
)
from issues.vocabulary import Action, BesideAct, Subject

BY_ITSELF = frozenset(
    word.value
    for word in (
        BesideAct.CHECK_THRESHOLDS, BesideAct.FILL_PAST, BesideAct.CLEAN_TEXT,
        BesideAct.SEAL_COMPLAINANT, BesideAct.DROP_LOOKBACK, Action.PLAN_LOOKBACK,
    )
)  # fmt: skip
"""What the system writes into a history without anybody's act on that ticket."""
NAMED = 10
"""How many a refusal names."""


class Hindrance(NamedTuple):
    """One thing that was done to a ticket."""

    number: str
    on: date
    who: str
    what: str

    def __str__(self) -> str:
        return f"{self.number}（{self.on} {self.who} {self.what}）".replace("  ", " ")


def hindrances(tickets: Mapping[int, str], drafts: Collection[Draft]) -> list[Hindrance]:
    """By ticket and day. `tickets` are numbers by id, `drafts` what the system drafted on them."""
    found = [
        *_acts(tickets), *_papers(tickets, drafts), *_rounds(tickets), *_dossiers(tickets),
        *_merged(tickets), *_sources(tickets), *_leads(tickets),
        *_keepers(tickets),
    ]  # fmt: skip
    return sorted(found)


def in_words(found: Collection[Hindrance]) -> str:
    """The first of them, and how many tickets and acts there are."""
    first = "；".join(str(one) for one in list(found)[:NAMED])
    left = len(found) - NAMED
    return f"{first}；另有{left}项" if left > 0 else first


def _acts(tickets: Mapping[int, str]) -> Iterator[Hindrance]:
    """What stands in the histories behind the last coming in."""
    since: dict[int, list[Hindrance]] = defaultdict(list)
    columns = (
        Event.subject_id, Event.action, Event.actor_id, Event.actor, Event.unit, Event.on,
        Event.detail,
    )  # fmt: skip
    rows = select(*columns).where(
        Event.subject == Subject.TICKET.value, among(Event.subject_id, tickets)
    )
    for row in db.session.execute(rows.order_by(Event.subject_id, Event.seq)):
        if row.action in ARRIVALS:
            since[row.subject_id].clear()
        elif not _came_along(row) and (row.actor_id is not None or row.action not in BY_ITSELF):
            act = Subject.TICKET.act_of(row.action)
            who = f"{row.unit} {row.actor}".strip()
            what = act.label if act else row.action
            since[row.subject_id].append(Hindrance(tickets[row.subject_id], row.on, who, what))
    for found in since.values():
        yield from found


def _came_along(row: Row[Any]) -> bool:
    """A picture or a reading that the workbook itself brought."""
    brought = {Action.UPLOAD.value, BesideAct.RECORD_READING.value}
    return row.action in brought and BROUGHT_BY in row.detail


def _papers(tickets: Mapping[int, str], drafts: Iterable[Draft]) -> Iterator[Hindrance]:
    """Every notice but an untouched draft of the system's that names no other ticket."""
    own = {draft.id for draft in drafts}
    for paper in drafts_on(tickets, every=True):
        if paper.id not in own:
            for ticket in paper.tickets & set(tickets):
                yield Hindrance(tickets[ticket], paper.on, paper.who, f"{paper.act}{paper.name}")


def _rounds(tickets: Mapping[int, str]) -> Iterator[Hindrance]:
    """The city's, and those of a county's centre."""
    for item, round_, told in (
        (RoundItem, AssessmentRound, "列入调度"),
        (CountyRoundItem, CountyRound, "列入县级调度"),
    ):
        rows = select(item.issue_id, round_.on).join(round_, round_.id == item.round_id)
        for issue_id, on in db.session.execute(rows.where(among(item.issue_id, tickets))):
            yield Hindrance(tickets[issue_id], on, "", told)


def _dossiers(tickets: Mapping[int, str]) -> Iterator[Hindrance]:
    """Asked for in a batch; a single one stands in the history."""
    rows = select(DossierItem.issue_id, DossierBatch.made_at).join(
        DossierBatch, DossierBatch.id == DossierItem.batch_id
    )
    for issue_id, at in db.session.execute(rows.where(among(DossierItem.issue_id, tickets))):
        yield Hindrance(tickets[issue_id], clock.day_of(at), "", "批量导出一题一档")


def _sources(tickets: Mapping[int, str]) -> Iterator[Hindrance]:
    """Pollution sources tied to it: told in the source's own history."""
    rows = select(PolluterTie.issue_id, PolluterTie.tied_on, User.display_name).outerjoin(
        User, User.id == PolluterTie.tied_by_id
    )
    for issue_id, on, who in db.session.execute(rows.where(among(PolluterTie.issue_id, tickets))):
        yield Hindrance(tickets[issue_id], on, who or "", "关联污染源")


def _keepers(tickets: Mapping[int, str]) -> Iterator[Hindrance]:
    """Keepers named on it: told in the keeper's own history."""
    rows = (
        select(Keeping.issue_id, Keeping.from_on, User.display_name, Keeper.name)
        .join(Keeper, Keeper.id == Keeping.keeper_id)
        .outerjoin(User, User.id == Keeping.given_by_id)
        .where(among(Keeping.issue_id, tickets))
    )
    for row in db.session.execute(rows):
        told = f"指定包保人{row.name}"
        yield Hindrance(tickets[row.issue_id], row.from_on, row.display_name or "", told)


def _leads(tickets: Mapping[int, str]) -> Iterator[Hindrance]:
    """Leads tied to it: told in the lead's own history, in the ticket's only with a picture."""
    rows = select(Lead.issue_id, Lead.id, Lead.triaged_at, User.display_name).outerjoin(
        User, User.id == Lead.triaged_by_id
    )
    for row in db.session.execute(rows.where(among(Lead.issue_id, tickets))):
        told = f"并入线索第{row.id}号"
        on = clock.day_of(row.triaged_at)
        yield Hindrance(tickets[row.issue_id], on, row.display_name or "", told)


def _merged(tickets: Mapping[int, str]) -> Iterator[Hindrance]:
    rows = select(Issue.number, Issue.merged_into_id, Issue.ended_on)
    for row in db.session.execute(rows.where(among(Issue.merged_into_id, tickets))):
        yield Hindrance(tickets[row.merged_into_id], row.ended_on, "", f"并入了{row.number}")
