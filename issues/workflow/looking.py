"""What the preconditions look at: of every ticket in a statement, or of one at hand."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Select,
    bindparam,
    exists,
    func,
    or_,
    select,
)

from auth.actor import Actor
from issues.colour.policies import policy_on
from issues.models import (
    CardProposal,
    CountyTask,
    Extension,
    Finding,
    Instruction,
    Issue,
    IssueLink,
    IssueUnit,
    Objection,
    ProgressReport,
)
from issues.rights.table import MOST_PEOPLE
from issues.rules.dates.days import NEVER
from issues.territory.centres import has_centre
from issues.vocabulary import COMPLAINT_SOURCES, Relation, Rule
from issues.workflow.changes.county import proposing, tasks
from issues.workflow.changes.instructing import waits_for
from issues.workflow.effect.conditions import is_waived, is_wanting

THIS: BindParameter[int] = bindparam("issue")
"""The ticket asked about, by the statements of `questions`."""
UNDATED = date.min
"""The deadline of a ticket that has none, and NEVER the end of a publicity that has none."""


class Columns:
    """What a condition looks at, in a statement on Issue; or of a ticket given by its id."""

    def __init__(self, actor: Actor, today: date, issue_id: Any = None, round_: Any = None) -> None:
        self._today = today
        self._issue = Issue.id if issue_id is None else issue_id
        this_round = self._round = Issue.round if round_ is None else round_
        self.reported = self._has(
            ProgressReport, ProgressReport.state == "pending", ProgressReport.round == this_round
        )
        self.asked = self._has(
            Extension, Extension.state == "pending", Extension.round == this_round
        )
        self.objected = self._has(Objection, Objection.decided_on.is_(None))
        self.found = self._has(Finding, Finding.ended_on.is_(None))
        self.instructed = self._has(Instruction, waits_for(actor))
        self.delegated = self._has(IssueUnit, IssueUnit.relation == Relation.CENTRE)
        self.centred = has_centre(self._issue)
        self.tasked = self._has(CountyTask, tasks.waits_for(actor))
        self.task_answered = self._has(CountyTask, tasks.IS_ANSWERED)
        self.proposed = self._has(CardProposal, proposing.WAITS)
        self.linked = exists().where(
            or_(IssueLink.issue_id == self._issue, IssueLink.to_id == self._issue),
            IssueLink.ended_on.is_(None),
        )
        self.deadline = func.coalesce(Issue.deadline, UNDATED)
        self.publicity_until = func.coalesce(Issue.publicity_until, NEVER)
        self.declined_round, self.round, self.card = Issue.declined_round, Issue.round, Issue.card
        self.is_complaint = Issue.source.in_(COMPLAINT_SOURCES)
        self.is_interim = Issue.interim_on.is_not(None)

    def _has(self, table: Any, *conditions: ColumnElement[bool]) -> ColumnElement[bool]:
        return exists().where(table.issue_id == self._issue, *conditions)

    @property
    def wanting(self) -> ColumnElement[bool]:
        return is_wanting(self._issue)

    @property
    def waived(self) -> ColumnElement[bool]:
        return is_waived(self._issue, self._round)

    @property
    def is_movable(self) -> ColumnElement[bool]:
        _, policy = policy_on(self._today)
        movable = [source for source, rules in policy.sources.items() if rules.mover != "nobody"]
        return Issue.source.in_(movable)


@lru_cache(maxsize=MOST_PEOPLE)
def questions(actor: Actor, today: date, names: tuple[str, ...]) -> Select[Any]:
    """What is asked of `issue` in its `round`: put together once a person and day."""
    columns = Columns(actor, today, THIS, bindparam("round"))
    return select(*(getattr(columns, name) for name in names))


@dataclass(frozen=True, slots=True)
class Row:
    """The same of one ticket at hand, with what was asked of the database."""

    issue: Issue
    today: date
    reported: bool
    asked: bool
    objected: bool
    found: bool
    instructed: bool
    delegated: bool
    centred: bool
    tasked: bool
    task_answered: bool
    proposed: bool
    linked: bool
    wanting: bool = False
    waived: bool = False

    @property
    def deadline(self) -> date:
        return self.issue.deadline or UNDATED

    @property
    def publicity_until(self) -> date:
        return self.issue.publicity_until or NEVER

    @property
    def declined_round(self) -> int:
        return self.issue.declined_round

    @property
    def round(self) -> int:
        return self.issue.round

    @property
    def card(self) -> str:
        return self.issue.card

    @property
    def is_complaint(self) -> bool:
        return self.issue.source in COMPLAINT_SOURCES

    @property
    def is_interim(self) -> bool:
        return self.issue.interim_on is not None

    @property
    def is_movable(self) -> bool:
        """Who moves the deadline: the firing by it says so, else the rules are asked."""
        for firing in self.issue.firings:
            if firing["rule"] == Rule.Y1.value:
                return bool(firing["facts"]["mover"] != "nobody")
        _, policy = policy_on(self.today)
        return policy.sources[self.issue.source].mover != "nobody"


ASKED = (
    "reported", "asked", "objected", "found", "instructed", "delegated",
    "centred", "tasked", "task_answered", "proposed", "linked", "wanting", "waived",
)  # fmt: skip
"""What a Row has from the database, by the names of Columns."""
