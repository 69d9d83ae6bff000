"""What the rules look at: the texts, figures, readings and files of one ticket, and two sides."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from issues.vocabulary import ContradictionKind, EvidenceKind, SourceKind

LONGEST_QUOTE = 160
ENDS = "。；;！!？?\n\r"
"""Between two of these stands a sentence: what is quoted of a text."""


class Side(NamedTuple):
    """One of the two sources: `text` is what stands there, `start` to `end` what differs."""

    source: SourceKind
    id: int
    name: str
    text: str
    start: int
    end: int


class Found(NamedTuple):
    kind: ContradictionKind
    because: str
    one: Side
    other: Side


@dataclass(frozen=True, slots=True)
class Figure:
    """What a report says of one measure beside its text."""

    measure_id: int
    no: int
    reported: Decimal | None
    before: Decimal | None
    is_done: bool


@dataclass(frozen=True, slots=True)
class Text:
    """Somebody's words. `on` is the day they were written, None where no record says.

    `figures` stand beside a report; `measure_id` is set where the text is of one measure alone.
    """

    source: SourceKind
    id: int
    name: str
    text: str
    on: date | None
    figures: tuple[Figure, ...] = ()
    measure_id: int | None = None

    def side(self, start: int, end: int) -> Side:
        """The sentence around a place of the text, cut where it is long."""
        first = max((self.text.rfind(mark, 0, start) for mark in ENDS), default=-1) + 1
        ends = [place for mark in ENDS if (place := self.text.find(mark, end)) >= 0]
        last = min(ends, default=len(self.text))
        room = max(0, LONGEST_QUOTE - (end - start)) // 2
        first, last = max(first, start - room), min(last, end + room)
        return Side(
            self.source, self.id, self.name, self.text[first:last], start - first, end - first
        )


@dataclass(frozen=True, slots=True)
class Step:
    """One measure of the plan in force."""

    id: int
    no: int
    text: str
    deadline: date | None = None
    target: Decimal | None = None
    unit: str = ""
    confirmed: Decimal | None = None
    is_done: bool = False
    done_on: date | None = None

    @property
    def name(self) -> str:
        return f"措施{self.no}"

    def side(self, said: str) -> Side:
        """What the fields of the measure say."""
        return Side(SourceKind.MEASURE, self.id, self.name, said, 0, len(said))

    def words(self) -> Text:
        return Text(SourceKind.MEASURE, self.id, self.name, self.text, None, measure_id=self.id)


@dataclass(frozen=True, slots=True)
class Sample:
    """One reading of monitoring. `evidence_id`: the report it stands in."""

    id: int
    item: str
    value: Decimal
    unit: str
    sampled_on: date
    evidence_id: int | None

    def side(self, said: str) -> Side:
        return Side(SourceKind.READING, self.id, f"{self.item}监测数据", said, 0, len(said))


@dataclass(frozen=True, slots=True)
class File:
    """A file that stands on the ticket. `metres`: from its point, by the camera's own place.

    `county`: the county the camera's place lies in, where an outline says so.
    """

    id: int
    kind: EvidenceKind
    name: str
    note: str
    uploaded_on: date
    taken_on: date | None = None
    metres: float | None = None
    county: str = ""

    def side(self, said: str) -> Side:
        return Side(SourceKind.EVIDENCE, self.id, self.kind.label, said, 0, len(said))


@dataclass(frozen=True, slots=True)
class Paper:
    """Everything of one ticket that the rules compare. Texts in the order of their days."""

    county: str = ""
    others: tuple[str, ...] = ()
    own_words: str = ""
    assigned_on: date | None = None
    claimed_on: date | None = None
    deadline: date | None = None
    extended_to: date | None = None
    steps: tuple[Step, ...] = ()
    texts: tuple[Text, ...] = ()
    samples: tuple[Sample, ...] = ()
    files: tuple[File, ...] = ()

    def of(self, *sources: SourceKind) -> Iterator[Text]:
        return (text for text in self.texts if text.source in sources)

    def ticket(self, said: str) -> Side:
        """What the fields of the ticket say."""
        return Side(SourceKind.TICKET, 0, SourceKind.TICKET.label, said, 0, len(said))

    def only_step(self) -> Step | None:
        """The measure that a text without its number can only mean."""
        return self.steps[0] if len(self.steps) == 1 else None

    def step_of_no(self, no: str) -> Step | None:
        return next((step for step in self.steps if str(step.no) == no), None)
