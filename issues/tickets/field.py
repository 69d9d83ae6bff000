"""What is known of one field of a ticket: what may stand in it, and each channel it takes.

A channel has no default: a row that is silent about one cannot be written.
"""

from dataclasses import dataclass
from enum import Enum
from typing import Final, Literal

from issues.vocabulary import Relation, Role

YES: Final = True
Yes = Literal[True]


@dataclass(frozen=True, slots=True)
class Not:
    """The field does not take a channel, and why."""

    because: str


@dataclass(frozen=True, slots=True)
class Inside:
    """The dossier tells it in its edition for inside alone, and why not outside."""

    because: str


@dataclass(frozen=True, slots=True)
class Named:
    """The persons that the field names are searched, not all it says, and why."""

    because: str


class Part(Enum):
    """The titled parts of the form, in its order."""

    PROBLEM = "问题"
    DEMANDS = "整改要求"
    PEOPLE = "单位和人员"
    OTHER = "其他"


@dataclass(frozen=True, slots=True)
class Ledger:
    """What a ledger may call the field's column, and how it is read.

    `key` is what the reading calls it where not by the field's name, `by` the module of the reading
    that takes it from more than its own cell; without one the cell is read by the field's kind. A
    profile may give one text for a whole sheet where it is `by_profile`. `is_first`: read since the
    first ledgers came in; any other is left out of a row's digest while empty, so that a sheet that
    came in before still says the same. `as_long_as_a_cell`: the table holds any length.
    """

    headings: tuple[str, ...]
    key: str = ""
    by: str = ""
    by_profile: bool = False
    is_first: bool = False
    as_long_as_a_cell: bool = False


@dataclass(frozen=True, slots=True)
class Export:
    """A column of the exported ledger: its place from the left, heading, width and group above.

    An optional one is left out where no ticket fills it.
    """

    place: int
    heading: str
    width: int
    group: str = ""
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Shown:
    """A line of the ticket's page: in which list, called what, and what stands for “yes”."""

    where: Literal["about", "who", "keepers"]
    label: str
    yes: str = "是"


@dataclass(frozen=True, slots=True)
class InTemplate:
    """The page shows it in a sentence of its own, in this template of templates/ticket."""

    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketField:
    """`type` is one of issues.act_fields.field; `limit` the most characters of a text.

    `attribute` is what the model calls it where not by its name, `relation` how a unit stands in
    IssueUnit, `role` what an account must hold, `most` the largest figure either side of nothing.
    `narrowed_by`: the register's filter that looks for a name in it. `is_filled` is False where a
    rule of its own writes it, not the plain filling of a draft. `is_exact`: a figure kept as
    its own digits.
    """

    name: str
    type: str
    label: str
    draft: Part | Not
    amend: Yes | Not
    ledger: Ledger | Not
    export: Export | Not
    search: Yes | Named | Not
    dossier: Yes | Inside | Not
    page: Shown | InTemplate | Not
    api: Yes | Not
    history: Yes | Not
    attribute: str = ""
    limit: int = 2000
    hint: str = ""
    api_label: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    relation: Relation | None = None
    role: Role | None = None
    most: int | None = None
    narrowed_by: str = ""
    is_nullable: bool = False
    is_filled: bool = True
    is_exact: bool = False
    is_deadline: bool = False
    is_required: bool = False
    needed_to_assign: bool = False
    is_never_emptied: bool = False
    tells_registration: bool = False

    @property
    def kept_as(self) -> str:
        """What the model calls it."""
        return self.attribute or self.name

    @property
    def column(self) -> str:
        """The model's own column; of units in a list there is none."""
        return f"{self.kept_as}_id" if self.type in ("unit", "account") else self.kept_as

    @property
    def empty(self) -> str | list[str] | None:
        """What an emptied field holds."""
        if self.type == "choices":
            return []
        return None if self.is_nullable or self.type in ("date", "integer") else ""
