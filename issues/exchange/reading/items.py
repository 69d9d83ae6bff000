"""What a sheet is understood as: plain records, not yet any row of the database."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from issues.exchange.asking_alike.question import Question
from issues.exchange.workbook.sheet import Cell
from issues.rules.dates.deadlines import Deadline
from issues.rules.targets.canonical import Aim
from issues.vocabulary import EvidenceKind, ProblemType, Sense, Source, Status


@dataclass(frozen=True, slots=True)
class CellError:
    """A cell that cannot be taken over. `sentence` says in Chinese what to change.

    `unknown` are words that may be a unit's name and that no unit bears.
    """

    cell: str
    heading: str
    value: str
    sentence: str
    unknown: str = ""


@dataclass(frozen=True, slots=True)
class CellNotice:
    """A cell taken over, about which a person should know. `cell` is "" for the whole sheet."""

    cell: str
    heading: str
    value: str
    sentence: str


@dataclass(frozen=True, slots=True)
class MeasureRead:
    """`text` is without the （责任单位：…） at its end, `original` the cell as it stands.

    `target` grows along a line, by its `sense`; `aims` are what is to be reached or kept.
    """

    row: int
    no: int
    text: str
    original: str
    unit: str
    other_units: tuple[str, ...] = ()
    start: date | None = None
    deadline: Deadline | None = None
    target: Decimal | None = None
    confirmed: Decimal | None = None
    unit_of_target: str = ""
    progress: str = ""
    done: bool = False
    sense: Sense = Sense.GE
    aims: tuple[Aim, ...] = ()


@dataclass(frozen=True, slots=True)
class ComplaintRead:
    """Counts are of firms, cases and people; `fine` is in 万元. None where the cell is empty."""

    verified: str = ""
    outcome: str = ""
    findings: str = ""
    handling: str = ""
    ordered: int | None = None
    penalised: int | None = None
    fine: Decimal | None = None
    investigated: int | None = None
    detained: int | None = None
    summoned: int | None = None
    held_to_account: int | None = None
    punished: str = ""


@dataclass(frozen=True, slots=True)
class ItemRead:
    """One ticket. Units are codes; `number` is None where the import is to give the next one.

    `responsible_units` begins with the primary unit. `source_text`, `region_text` and `units_text`
    are the cells as they stand, `texts` what the ticket's other fields say, by the name of the
    field; `sealed` what it says of who complained, by the complainant's fields.
    `marked_import_dates`: the day of closing is not the sheet's own. `is_titled`: the title is.
    `starts` is where it begins by somebody's choice, whatever the sheet is taken to say.
    """

    row: int
    number: str | None
    order: str
    source: Source
    source_text: str
    source_ref: str | None
    case_number: str | None
    starred: bool
    title: str
    problem: str
    region: str
    region_text: str
    place: str
    lon: float | None
    lat: float | None
    types: tuple[ProblemType, ...]
    primary_unit: str
    responsible_units: tuple[str, ...]
    lead_unit: str | None
    supporting_units: tuple[str, ...]
    acceptance_unit: str | None
    supervising_unit: str | None
    units_text: str
    texts: dict[str, Any]
    assigned_on: date | None
    deadline: Deadline
    measures: tuple[MeasureRead, ...]
    stage: str
    claimed_on: date | None
    status: Status
    closed_on: date | None
    interim: bool
    marked_import_dates: bool
    complaint: ComplaintRead | None = None
    extra: dict[str, str] = field(default_factory=dict)
    sealed: dict[str, str] = field(default_factory=dict, repr=False)
    is_titled: bool = False
    starts: Status | None = None


@dataclass(frozen=True, slots=True)
class PictureRead:
    """A picture in a cell of a ticket, or over one. `row` is the ticket's first."""

    row: int
    cell: str
    heading: str
    name: str
    part: str
    kind: EvidenceKind

    @property
    def file(self) -> str:
        return self.part.rpartition("/")[2]

    @property
    def key(self) -> str:
        """Which picture of the sheet."""
        return f"{self.cell}/{self.file}"


@dataclass(frozen=True, slots=True)
class BlockCells:
    """The cells of one ticket by what the reading calls them: `own` its, `plan` each measure's row.

    An empty cell of a column the sheet has is among them; `steps` are the measures' columns.
    """

    rows: tuple[int, ...]
    own: dict[str, Cell]
    plan: tuple[dict[str, Cell], ...]
    steps: frozenset[str]

    def holds(self, address: str) -> bool:
        return any(c.address == address for cells in (self.own, *self.plan) for c in cells.values())


@dataclass(frozen=True, slots=True)
class Understood:
    """A sheet understood. `items` are those without an error in any of their cells.

    `cells_total` = `cells_read` + `cells_listed` + len(`unread`): what stands in named fields, what
    is kept or reported otherwise, and what fell through (always nothing). `missing` are headings
    the sheet has not and no profile makes up for; `recognised` is the kept layout it was known by.
    `as_written` are the items with the signs nobody sees, where the sheet has any; `unsealed` the
    items with the persons they name, where any does: as tickets came in before persons were sealed.
    `here` are the rows of those that came before and are not written again, `apart` of those among
    them that the register says otherwise; `again` of those that were taken back. `cells` are those
    of every ticket, read or not, `others` the headings of columns of no field, `letters` where each
    of them stands. `pictures` are those that may be taken in as evidence. `same_rows` were answered
    to be a ticket of the register, whose number they bear as if it stood there; `new_rows` to be
    none. `alike` is what is asked. `matched` are the tickets of those here, by row, with what told.
    """

    sheet: str
    layout: str
    layout_name: str
    title: str
    unit_line: str
    filled_on: date | None
    headings: tuple[tuple[str, str], ...]
    items: tuple[ItemRead, ...]
    tickets: int
    errors: tuple[CellError, ...]
    notices: tuple[CellNotice, ...]
    notes: tuple[str, ...]
    cells_total: int
    cells_read: int
    cells_listed: int
    unread: tuple[str, ...]
    missing: tuple[str, ...] = ()
    as_written: tuple[ItemRead, ...] = ()
    unsealed: tuple[ItemRead, ...] = field(default=(), repr=False)
    here: frozenset[int] = frozenset()
    apart: frozenset[int] = frozenset()
    again: frozenset[int] = frozenset()
    cells: tuple[BlockCells, ...] = field(default=(), repr=False)
    others: tuple[str, ...] = ()
    letters: Mapping[str, str] = field(default_factory=dict)
    recognised: str = ""
    pictures: tuple[PictureRead, ...] = ()
    same_rows: Mapping[int, str] = field(default_factory=dict[int, str])
    new_rows: frozenset[int] = frozenset()
    alike: tuple[Question, ...] = ()
    matched: Mapping[int, Any] = field(default_factory=dict[int, Any], repr=False)

    def told(self) -> dict[int, ItemRead]:
        """By its row, an item with the persons it names: what it is known by."""
        return {item.row: item for item in self.unsealed}

    @property
    def measure_count(self) -> int:
        return sum(len(item.measures) for item in self.items)

    @property
    def new(self) -> list[ItemRead]:
        """What an import would write."""
        return [item for item in self.items if item.row not in self.here]

    @property
    def unanswered(self) -> list[Question]:
        return [one for one in self.alike if not one.answer]
