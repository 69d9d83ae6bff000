"""One act under way: the ticket, who acts, when, with what details, by which rules."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any, TypeVar

from auth.actor import Actor
from auth.models import Unit, User
from extensions import Model, db
from issues.ground import clock
from issues.ground.refusals import Incomplete, WrongStatus
from issues.models import Evidence, Issue
from issues.rules.dates.workdays import Workdays
from issues.rules.policy import Policy
from issues.rules.sources import SourceRules
from issues.vocabulary import Action, BesideAct

New = TypeVar("New", bound=Model)


@dataclass(slots=True)
class Act:
    """`detail` holds the values of the act's fields, `given` the names that were sent at all.

    `noted` goes into the history beside them; `because` is its reason where nobody wrote one,
    `called` what the history calls the act where it has a word of its own. `added` are its rows.
    """

    issue: Issue
    action: Action
    actor: Actor
    at: datetime
    detail: dict[str, Any]
    policy_number: int
    policy: Policy
    calendar: Workdays
    given: frozenset[str] = frozenset()
    noted: dict[str, Any] = field(default_factory=dict)
    because: str = ""
    called: BesideAct | None = None
    added: list[Model] = field(default_factory=list)

    @property
    def on(self) -> date:
        return clock.day_of(self.at)

    @property
    def source_rules(self) -> SourceRules:
        return self.policy.sources[self.issue.source]

    def __getitem__(self, name: str) -> Any:
        return self.detail[name]

    def refuse_unless(self, holds: object, name: str, sentence: str) -> None:
        """A fault at one field. Raises Incomplete."""
        if not holds:
            raise Incomplete({name: [sentence]})

    def refuse_now_unless(self, holds: object, sentence: str) -> None:
        """The ticket does not stand so that this act can be done. Raises WrongStatus."""
        if not holds:
            raise WrongStatus(sentence)

    def add(self, row: New) -> New:
        db.session.add(row)
        db.session.flush()
        self.added.append(row)
        return row


def recorded(value: Any) -> Any:
    """A value as history keeps it: codes, names and days, nothing that could change later."""
    if isinstance(value, dict):
        return {name: recorded(one) for name, one in value.items() if name != "_given"}
    if isinstance(value, list | tuple):
        return [recorded(one) for one in value]
    for kind, written in _WRITTEN.items():
        if isinstance(value, kind):
            return written(value)
    return value


_WRITTEN: dict[type, Callable[[Any], Any]] = {
    Unit: lambda unit: unit.short_name,
    User: lambda user: user.display_name,
    Evidence: lambda file: {"id": file.id, "name": file.name, "sha256": file.sha256},
    Decimal: lambda figure: format(figure, "f"),
    Enum: lambda word: word.value,
    date: lambda day: day.isoformat(),
}
