"""One thing a sheet says otherwise than the register, and all that a comparison found."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple, Self

from issues.evidence.measured import Measured
from issues.exchange.differences.changes import Change
from issues.exchange.reading.items import CellError, ItemRead
from issues.models import Issue
from issues.vocabulary import Action, BesideAct

EMPTY = "（空）"


class Take(NamedTuple):
    """How a difference is taken over: the act, and what it is told.

    `fields` are the ticket's by name, `measure` the fields of one measure, `reading` one that the
    file adds; with the act alone it is the confirmation of what the unit has reported.
    """

    action: Action | BesideAct
    fields: Mapping[str, Any] = {}
    measure: Mapping[str, Any] = {}
    reading: Measured | None = None


@dataclass(frozen=True, slots=True)
class Difference:
    """`was` is what the register says and `now` what the file does, both in words.

    `key` names which field of the ticket or of a measure it is; `stays` says why it cannot be
    taken from a file.
    """

    issue_id: int
    version: int
    number: str
    key: str
    label: str
    was: str
    now: str
    cell: str = ""
    take: Take | None = None
    stays: str = ""
    since: Change | None = None

    @classmethod
    def of(cls, issue: Issue, key: str, label: str, **told: Any) -> Self:
        return cls(issue.id, issue.version, issue.number, key, label, **told)

    @property
    def code(self) -> str:
        """The same as long as the register and the file say the same."""
        told = f"{self.number}\n{self.key}\n{self.was}\n{self.now}"
        return hashlib.sha256(told.encode()).hexdigest()[:20]

    @property
    def column(self) -> str:
        """The column it stands in, whichever measure it is of."""
        is_of_measure = self.key.startswith("m") and "." in self.key
        return self.label.rpartition("·")[2] if is_of_measure else self.label

    @property
    def line(self) -> str:
        """One line without a break, as the command line prints it."""
        was, now = (" ".join(words.split()) or EMPTY for words in (self.was, self.now))
        return f"{self.number} · {self.label} · {was} → {now}"


@dataclass(frozen=True, slots=True)
class Comparison:
    """`tickets` were compared; `new` are not in the register.

    `errors` are cells that cannot be read and that the register does not say the same way.
    """

    tickets: int
    differences: tuple[Difference, ...]
    new: tuple[ItemRead, ...] = ()
    errors: tuple[CellError, ...] = ()

    @property
    def able(self) -> tuple[Difference, ...]:
        return tuple(one for one in self.differences if one.take)
