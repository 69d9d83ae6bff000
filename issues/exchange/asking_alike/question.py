"""A row that may be a ticket of the register, the tickets it is like, and what was answered."""

from dataclasses import dataclass

NEW, SAME = "new", "same"
"""What may be answered of a row: another problem, or the one that it is like."""
ANSWERS = ((SAME, "是同一问题（与台账比对）"), (NEW, "是新问题（登记为新编号）"))


@dataclass(frozen=True, slots=True)
class Like:
    """A ticket that a row is like. `share`: per cent of pairs of neighbouring signs in common.

    `why`: what speaks for it besides.
    """

    number: str
    problem: str
    place: str
    share: int
    why: tuple[str, ...] = ()

    @property
    def because(self) -> str:
        return "，".join((f"字词相同{self.share}%", *self.why))


@dataclass(frozen=True, slots=True)
class Question:
    """`likes` begin with the most alike. `answer` is NEW, the number of a ticket, or "" while open.

    `cell` and `heading` are where the row says its problem.
    """

    row: int
    cell: str
    heading: str
    problem: str
    place: str
    likes: tuple[Like, ...]
    answer: str = ""

    @property
    def field(self) -> str:
        return f"row_{self.row}"
