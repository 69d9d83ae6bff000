"""A list cut into pages: every list longer than a page says how long it is, and leads on."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Generic, NamedTuple, Protocol, TypeVar

from sqlalchemy import Select, func, select

from extensions import db
from issues.ground.numbers import LARGEST_ID, whole

Item = TypeVar("Item")
LAST = 10_000


@dataclass(frozen=True, slots=True)
class Page(Generic[Item]):
    """The items of one page, which page it is, and how many items there are in all."""

    items: Sequence[Item]
    page: int
    size: int
    total: int

    @property
    def pages(self) -> int:
        return pages_of(self.total, self.size)


class Cut(NamedTuple):
    """The statement of one page, which page it is, and the number of all rows."""

    rows: Select[Any]
    page: int
    total: int


def page_asked(raw: str) -> int:
    """The page an address names; the first where it names none."""
    return min(whole(raw, 1, LARGEST_ID) or 1, LAST)


def pages_of(total: int, size: int) -> int:
    return max(1, -(-total // size))


def within(page: int, total: int, size: int) -> int:
    """The page to show: past the end the last, as when rows went away since the link was drawn."""
    return min(page, pages_of(total, size))


def page_of(items: Sequence[Item], asked: int, size: int) -> Page[Item]:
    """Of what is in memory as a whole, since its sums stand above the list."""
    page = within(asked, len(items), size)
    return Page(items[(page - 1) * size : page * size], page, size, len(items))


class Asked(Protocol):
    """The filter of an address. `after` is a caller's own mark, which may lie past the end."""

    @property
    def after(self) -> str: ...

    @property
    def offset(self) -> int: ...

    @property
    def size(self) -> int: ...


def first_of(asked: Asked, total: int) -> int:
    """How many rows come before those of the filter's page, or of its mark."""
    if asked.after:
        return asked.offset
    return (within(asked.offset // asked.size + 1, total, asked.size) - 1) * asked.size


def cut(rows: Select[Any], asked: int, size: int) -> Cut:
    """One statement."""
    count = select(func.count()).select_from(rows.order_by(None).subquery())
    total = db.session.scalar(count) or 0
    page = within(asked, total, size)
    return Cut(rows.limit(size).offset((page - 1) * size), page, total)
