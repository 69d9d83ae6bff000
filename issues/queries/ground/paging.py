"""A list cut into pages: every list longer than a page says how long it is, and leads on."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from sqlalchemy import Select, func, select

from extensions import db
from issues.ground.numbers import whole

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
        return max(1, -(-self.total // self.size))


def page_asked(raw: str) -> int:
    """The page an address names; the first where it names none."""
    return whole(raw, 1, LAST) or 1


def cut(rows: Select[Any], page: int, size: int) -> tuple[Select[Any], int]:
    """The statement of one page, and the number of all rows. One statement."""
    count = select(func.count()).select_from(rows.order_by(None).subquery())
    return rows.limit(size).offset((page - 1) * size), db.session.scalar(count) or 0
