"""What of a try-out stands in the database: rows of the example, and passwords everybody knows.

An installation that is not the example does not start on it. `seed clear` takes it out.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, Table, and_, func, not_, or_, select

from auth.models import Unit, UnitAlias, User
from auth.passwords import is_password
from config import Config
from extensions import Model, db
from issues.models import (
    CalendarYear,
    CovertNote,
    ExampleMark,
    ExportProfile,
    Issue,
    Keeper,
    Lead,
    LedgerImport,
    LedgerLayout,
    MapSheet,
    NoticeTemplate,
    PolicyVersion,
    Polluter,
    Region,
    Roster,
    TextDocument,
)

CLEAR = "flask --app app seed clear"
RESET = "flask --app app users password 账号"
NAMED = 5
"""How many accounts a sentence names."""


class Entered(NamedTuple):
    """A table of what people enter; all else follows from it, or is about it."""

    model: type[Model]
    label: str
    unit: str
    named_by: str

    @property
    def key(self) -> ColumnElement[int]:
        (column,) = self.model.__mapper__.primary_key
        return column

    @property
    def name(self) -> ColumnElement[Any]:
        return self.table.c[self.named_by]

    @property
    def table(self) -> Table:
        return self.model.metadata.tables[self.model.__tablename__]


ENTERED = (
    Entered(User, "账号", "个", "name"),
    Entered(Unit, "单位", "个", "short_name"),
    Entered(Region, "区域", "个", "name"),
    Entered(UnitAlias, "单位别称", "个", "text"),
    Entered(Issue, "问题", "个", "number"),
    Entered(LedgerLayout, "导入格式", "个", "name"),
    Entered(LedgerImport, "导入的台账", "份", "name"),
    Entered(Roster, "导入的名册", "份", "name"),
    Entered(TextDocument, "识别的文件", "份", "name"),
    Entered(CovertNote, "暗访记录", "条", "id"),
    Entered(Lead, "线索", "条", "id"),
    Entered(PolicyVersion, "规则", "版", "number"),
    Entered(NoticeTemplate, "文书模板", "份", "id"),
    Entered(CalendarYear, "放假安排", "年", "year"),
    Entered(MapSheet, "示意图", "张", "name"),
    Entered(Polluter, "污染源", "个", "name"),
    Entered(Keeper, "包保人", "人", "name"),
    Entered(ExportProfile, "导出样式", "个", "name"),
)


@dataclass(frozen=True)
class Rows:
    """So many rows of one kind, and what the first of them are called."""

    entered: Entered
    count: int
    names: Sequence[str]

    def __str__(self) -> str:
        more = "等" if self.count > len(self.names) else ""
        told = f"（{'、'.join(self.names)}{more}）" if self.names else ""
        return f"{self.entered.label}{self.count}{self.entered.unit}{told}"


def highest() -> dict[str, int]:
    """The highest key of each table that people enter into."""
    return {
        one.model.__tablename__: db.session.scalar(select(func.max(one.key))) or 0
        for one in ENTERED
    }


def mark(before: Mapping[str, int]) -> None:
    """What was written since `before` is the example's. Never commits."""
    db.session.flush()
    for table, last in highest().items():
        if last <= before[table]:
            continue
        reaching = select(ExampleMark).filter_by(table_name=table, last=before[table])
        if (joined := db.session.scalar(reaching)) is not None:
            joined.last = last
        else:
            row = ExampleMark(table_name=table, first=before[table] + 1, last=last)
            db.session.add(row)
    db.session.flush()


def marked() -> list[Rows]:
    """What the example wrote and is still there; empty where nothing of it is."""
    return _found({one: _of_example(one, marks) for one, marks in _marks().items()})


def beside() -> list[Rows]:
    """What somebody entered beside the example."""
    return _found({one: not_(_of_example(one, marks)) for one, marks in _marks().items()})


def _marks() -> dict[Entered, list[ExampleMark]]:
    marks = db.session.scalars(select(ExampleMark)).all()
    return {
        one: [each for each in marks if each.table_name == one.model.__tablename__]
        for one in ENTERED
    }


def _of_example(one: Entered, marks: Sequence[ExampleMark]) -> ColumnElement[bool]:
    spans = (and_(one.key >= each.first, one.key <= each.last) for each in marks)
    return or_(one.key < 0, *spans)


def _found(wanted: Mapping[Entered, ColumnElement[bool]]) -> list[Rows]:
    found = []
    for one, condition in wanted.items():
        if count := db.session.scalar(_counted(one, condition)) or 0:
            named = select(one.name).where(condition).order_by(one.key).limit(NAMED)
            found.append(Rows(one, count, [str(name) for name in db.session.scalars(named)]))
    return found


def _counted(one: Entered, condition: ColumnElement[bool]) -> Select[int]:
    return select(func.count()).select_from(one.table).where(condition)


def faults(settings: Config) -> Iterator[str]:
    """A sentence for each thing of a try-out that stands in the way of real work."""
    if settings.demo:
        return
    if rows := marked():
        told = "、".join(f"{one.entered.label}{one.count}{one.entered.unit}" for one in rows)
        yield (
            f"数据库里仍有示例数据（{told}），不能用于正式运行。"
            f"请先用 {CLEAR} 清除，或换用空的数据库。"
        )
    if names := _with_known_password(settings.tried_password):
        more = "等" if len(names) > NAMED else ""
        yield (
            f"账号 {'、'.join(names[:NAMED])}{more}仍在使用示例密码，不能用于正式运行。"
            f"请用 {RESET} 逐个重置，示例账号用 {CLEAR} 清除。"
        )


def _with_known_password(password: str | None) -> list[str]:
    """Accounts that the example's password opens. Slow by design: one try for each digest."""
    if not password:
        return []
    opens = cache(lambda digest: is_password(digest, password))
    accounts = select(User.name, User.password_hash).where(User.password_hash != "")
    rows = db.session.execute(accounts.order_by(User.id)).all()
    return [row.name for row in rows if opens(row.password_hash)]
