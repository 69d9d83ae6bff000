"""A round in its room: the rows in the order they are gone through, and one of them large."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from auth.actor import Actor
from auth.models import Unit, User
from extensions import db
from issues.ground import clock
from issues.ground.present import present
from issues.ground.refusals import NotFound
from issues.models import (
    AssessmentRound,
    ColourSpan,
    Issue,
    Notice,
    NoticeIssue,
    ProgressReport,
    RoundItem,
)
from issues.notices.kinds import name_of
from issues.notices.rights import told_to
from issues.queries.evidence import files
from issues.queries.evidence.files import File
from issues.queries.ground.colouring import Colouring, colouring_of
from issues.queries.notices.lines import NoticeLine, lines_of
from issues.queries.ticket.reporting import STATES
from issues.rights.table import Right, may
from issues.supervision.rounds.deciding import mark_of
from issues.vocabulary import Colour, EvidenceKind, NoticeStatus, RoundAct

MOST_EARLIER = 3
PICTURES = 2


class Word(NamedTuple):
    """What the unit itself said last: in a report, or in answer to a paper."""

    what: str
    on: date
    who: str
    text: str
    state: str


class Earlier(NamedTuple):
    """What an earlier round that is closed decided of the same ticket."""

    on: date
    decision: RoundAct
    reason: str


class Place(NamedTuple):
    """Where one stands: `at` from 1, and the numbers of the neighbours; empty at the ends."""

    item: RoundItem
    at: int
    total: int
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Case:
    """`colouring`: as of the round's day; None where the ticket has none of it."""

    item: RoundItem
    colouring: Colouring | None
    words: list[Word]
    before: list[File]
    after: list[File]
    earlier: list[Earlier]
    papers: list[NoticeLine]


def whole(round_id: int) -> AssessmentRound:
    """With its tickets and their units, in three statements. Raises NotFound."""
    row = db.session.scalars(
        select(AssessmentRound)
        .where(AssessmentRound.id == round_id)
        .options(
            selectinload(AssessmentRound.items)
            .joinedload(RoundItem.issue)
            .options(joinedload(Issue.primary_unit))
        )
    ).first()
    if row is None:
        raise NotFound
    return row


def in_order(row: AssessmentRound) -> list[RoundItem]:
    """Red before yellow, then by the deadline, the earliest first."""
    return sorted(row.items, key=_rank)


def _rank(item: RoundItem) -> tuple[bool, date, str]:
    return (
        item.computed != Colour.RED.value,
        item.issue.deadline or date.max,
        item.issue.number,
    )


def place_of(items: Sequence[RoundItem], number: str, *, only_undecided: bool) -> Place | None:
    """The row of a number, else the first that is undecided, else the first; None of none.

    `only_undecided`: the neighbours are of those alone; the row itself stays.
    """
    if not items:
        return None
    open_ones = [item for item in items if not item.decision]
    wanted = next((item for item in items if item.issue.number == number), None)
    item = wanted or (open_ones or items)[0]
    walk = [one for one in items if one is item or not (only_undecided and one.decision)]
    at = walk.index(item)
    before = walk[at - 1].issue.number if at else ""
    after = walk[at + 1].issue.number if at + 1 < len(walk) else ""
    return Place(item, items.index(item) + 1, len(items), before, after)


def next_undecided(items: Sequence[RoundItem], number: str) -> str:
    """The number of the next undecided row after one, round to the first; the same where none."""
    at = next((n for n, item in enumerate(items) if item.issue.number == number), 0)
    following = [*items[at + 1 :], *items[:at]]
    return next((item.issue.number for item in following if not item.decision), number)


def state_of(row: AssessmentRound) -> str:
    """Another one once anything of the round is decided otherwise, or it is closed."""
    told = [row.closed_on, *map(mark_of, row.items)]
    return hashlib.sha256(repr(told).encode()).hexdigest()[:16]


def case_of(row: AssessmentRound, item: RoundItem, actor: Actor) -> Case:
    """In as many statements however much there is of it."""
    issue = item.issue
    before, after = pictures_of(issue, actor)
    return Case(
        item=item,
        colouring=_colouring(row, issue),
        words=_words(issue, actor),
        before=before,
        after=after,
        earlier=_earlier(row, issue),
        papers=lines_of(issue, actor, drafts=may(actor, Right.SEE_COVERT, issue)),
    )


def pictures_of(issue: Issue, actor: Actor) -> tuple[list[File], list[File]]:
    """The latest two of before, and of after, that a picture stands for."""
    seen = files.seen_by(actor, issue, files.rows_of(issue))
    shown = [file for file in files.newest(seen) if file.row.has_preview]
    return _of(shown, EvidenceKind.BEFORE), _of(shown, EvidenceKind.AFTER)


def _of(shown: Sequence[File], kind: EvidenceKind) -> list[File]:
    return [file for file in shown if file.row.kind is kind][-PICTURES:]


def _colouring(row: AssessmentRound, issue: Issue) -> Colouring | None:
    """As the ticket stood at the end of the round's day, as the list tells its rules."""
    span = db.session.scalars(
        select(ColourSpan).where(
            ColourSpan.issue_id == issue.id, ColourSpan.valid_from <= row.on,
            ColourSpan.valid_to > row.on,
        )
    ).first()  # fmt: skip
    return colouring_of(span, row.on) if span else None


def _words(issue: Issue, actor: Actor) -> list[Word]:
    """The last report of the round of rectification and the last answer, the newest first."""
    report = db.session.execute(
        select(ProgressReport.on, ProgressReport.text, ProgressReport.state, Unit.short_name,
               User.display_name)
        .outerjoin(User, User.id == ProgressReport.reporter_id)
        .outerjoin(Unit, Unit.id == User.unit_id)
        .where(ProgressReport.issue_id == issue.id, ProgressReport.round == issue.round)
        .order_by(ProgressReport.id.desc())
        .limit(1)
    ).first()  # fmt: skip
    answer = db.session.scalars(
        select(Notice)
        .join(NoticeIssue, NoticeIssue.notice_id == Notice.id)
        .where(NoticeIssue.issue_id == issue.id, Notice.status == NoticeStatus.SIGNED)
        .where(Notice.replied_at.is_not(None), Notice.reply != "", told_to(actor))
        .options(joinedload(Notice.unit))
        .order_by(Notice.replied_at.desc())
        .limit(1)
    ).first()
    found = []
    if report is not None:
        who = f"{report.short_name or ''} {report.display_name or '系统'}".strip()
        found.append(Word("最近填报", report.on, who, report.text, STATES[report.state]))
    if answer is not None:
        name = f"答复{name_of(answer.kind, answer.facts)}"
        at = present(answer.replied_at, "the moment of an answer")
        found.append(Word(name, clock.day_of(at), answer.unit.short_name, answer.reply, ""))
    return sorted(found, key=lambda word: word.on, reverse=True)


def _earlier(row: AssessmentRound, issue: Issue) -> list[Earlier]:
    rows = (
        select(AssessmentRound.on, RoundItem.decision, RoundItem.reason)
        .join(RoundItem, RoundItem.round_id == AssessmentRound.id)
        .where(RoundItem.issue_id == issue.id, AssessmentRound.on < row.on)
        .where(AssessmentRound.closed_on.is_not(None), RoundItem.decision != "")
        .order_by(AssessmentRound.on.desc())
        .limit(MOST_EARLIER)
    )
    return [Earlier(one.on, RoundAct(one.decision), one.reason) for one in db.session.execute(rows)]
