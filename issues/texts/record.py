"""What a text is read as: plain records, not yet any row of the database."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import NamedTuple, Protocol

from issues.exchange.reading.unit_names import Directory
from issues.rules.dates.workdays import Workdays
from issues.rules.policy import Policy
from issues.rules.targets.words import Proposed
from issues.territory.gazetteer import Gazetteer
from issues.texts.labels import Told
from issues.vocabulary import ProblemType


@dataclass(frozen=True, slots=True)
class Paragraph:
    """`cells` are those of a row of a table; `no` counts from 1 as the page shows it.

    `told` is what a row says of the item it stands in, read by the heads of its table.
    """

    no: int
    text: str
    cells: tuple[str, ...] = ()
    told: tuple[Told, ...] = ()


class Guess(NamedTuple):
    """A field that the text does not say by name, or not in full, and what it was taken from.

    `field` is that of the form of a ticket; `measures.2` is the second measure's.
    """

    field: str
    because: str


@dataclass(slots=True)
class Step:
    """A measure as the text tells it. `unit` is a code, "" for the one who answers."""

    text: str
    unit: str = ""
    deadline: date | None = None
    deadline_text: str = ""
    target: Decimal | None = None
    unit_of_target: str = ""


@dataclass(slots=True)
class Draft:
    """One ticket as the text tells it, empty where it does not. Units and places are codes."""

    place: int
    first: int
    last: int
    mark: str = ""
    title: str = ""
    problem: str = ""
    goal: str = ""
    criteria: str = ""
    region: str = ""
    township: str = ""
    types: list[ProblemType] = field(default_factory=list[ProblemType])
    deadline: date | None = None
    deadline_text: str = ""
    primary_unit: str = ""
    lead_unit: str = ""
    responsible_units: list[str] = field(default_factory=list[str])
    supporting_units: list[str] = field(default_factory=list[str])
    acceptance_unit: str = ""
    supervising_unit: str = ""
    measures: list[Step] = field(default_factory=list[Step])
    targets: list[Proposed] = field(default_factory=list[Proposed])
    guesses: list[Guess] = field(default_factory=list[Guess])

    @property
    def units(self) -> list[str]:
        """Every unit it names, who answers first."""
        named = (
            self.primary_unit, *self.responsible_units, self.lead_unit, *self.supporting_units,
            self.acceptance_unit, self.supervising_unit,
        )  # fmt: skip
        return list(dict.fromkeys(code for code in named if code))

    def guess(self, name: str, because: str) -> None:
        told = Guess(name, because)
        if told not in self.guesses:
            self.guesses.append(told)


@dataclass(slots=True)
class Part:
    """An item before its draft is filled: what the text says of it, label by label."""

    draft: Draft
    told: list[Told]
    head: str = ""


class Places(Protocol):
    """The places below the counties, by their names in a text; see issues/texts/parts/places."""

    gazetteer: Gazetteer

    def names_in(self, text: str) -> Iterator[str]: ...


@dataclass(frozen=True, slots=True)
class Known:
    """What a text is read with. `year` is that the document names, for days without one.

    `place` is the one county its title names; in a programme who leads a task answers for it.
    """

    directory: Directory
    policy: Policy
    calendar: Workdays | None = None
    year: int | None = None
    common_deadline: str = ""
    place: str = ""
    below: Places | None = None
    is_programme: bool = False


@dataclass(frozen=True, slots=True)
class Read:
    """A text as read. `left` are the paragraphs of no draft, `notices` what to look at."""

    title: str
    paragraphs: Sequence[Paragraph]
    drafts: Sequence[Draft]
    left: Sequence[Paragraph]
    notices: Sequence[tuple[int, str]]

    def source_of(self, draft: Draft) -> list[Paragraph]:
        return [one for one in self.paragraphs if draft.first <= one.no <= draft.last]
