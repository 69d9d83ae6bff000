"""Keepers by workbook: a row is a person and one place or ticket that the person keeps.

A person is known by the account, else by name and telephone, else by a name that stands once. Who
stands twice in a sheet is one person. What no row names goes on: a workbook ends nothing.
"""

from sqlalchemy import select

from auth.actor import Actor
from auth.models import User
from extensions import db
from issues.ground.refusals import Incomplete, WrongStatus
from issues.keepers import giving, roll
from issues.models import Issue, Keeper, Keeping
from issues.rosters.outcome import CHANGED, MADE, SAME, Line, Outcome, one_row
from issues.rosters.sheets import Row, Table
from issues.vocabulary import KeeperLevel

Said = dict[str, str]


def bring(table: Table, actor: Actor, reason: str) -> Outcome:
    """Never commits. What is refused stands in the outcome's errors, and the caller undoes all."""
    roll.require(actor)
    found: list[Line] = []
    for row in table.rows:
        with one_row(table, row):
            found.append(_one(row, actor, reason))
    return Outcome(table.sheet, found, table.errors)


def _one(row: Row, actor: Actor, reason: str) -> Line:
    said = {name: row.said[name] for name in row.said if row.said[name]}
    level = _level(said.get("level", ""))
    what = _what(said)
    told = {name: said[name] for name in roll.LABELS if name in said}
    keeper = _known(told)
    key, called = (what.number, what.number) if isinstance(what, Issue) else what
    line = Line(row.number, key, told.get("name", ""), SAME)
    if keeper is None:
        keeper = roll.add(actor, told | {"reason": reason})
        line.outcome = MADE
        line.told.append("登记包保人")
    elif differs := _differences(keeper, told):
        roll.amend(actor, keeper.id, roll.kept(keeper) | told | {"reason": reason})
        line.outcome, line.told = CHANGED, differs
    if _is_given(keeper, level, what):
        return line
    said = {"level": level.value, "from_on": said.get("from_on", ""), "reason": reason}
    try:
        _give(actor, keeper, what, said)
    except WrongStatus as wrong:
        raise Incomplete({"place": [wrong.sentence]}) from None
    line.told.append(f"{level.label}：{called}")
    line.outcome = CHANGED if line.outcome == CHANGED else MADE
    return line


def _give(actor: Actor, keeper: Keeper, what: Issue | tuple[str, str], said: Said) -> None:
    if isinstance(what, Issue):
        giving.give_ticket(actor, keeper.id, what, said)
    else:
        giving.give_place(actor, keeper.id, what[0], said)


def _is_given(keeper: Keeper, level: KeeperLevel, what: Issue | tuple[str, str]) -> bool:
    rows = select(Keeping.id).where(
        Keeping.keeper_id == keeper.id, Keeping.level == level, Keeping.until_on.is_(None)
    )
    if isinstance(what, Issue):
        rows = rows.where(Keeping.issue_id == what.id)
    else:
        rows = rows.where(Keeping.region == what[0])
    return db.session.scalar(rows.limit(1)) is not None


def _level(words: str) -> KeeperLevel:
    """By its label, its short one or its code. Raises Incomplete."""
    found = (one for one in KeeperLevel if words in (one.label, one.short, one.value))
    if (level := next(found, None)) is None:
        raise Incomplete({"level": [f"没有“{words}”这个级别，请从下拉列表中选"]})
    return level


def _what(said: Said) -> Issue | tuple[str, str]:
    """The ticket, or code and name of the place. Raises Incomplete."""
    place, number = said.get("place", ""), said.get("ticket", "")
    if bool(place) == bool(number):
        raise Incomplete({"place": ["区域和问题编号填写其中一个"]})
    if number:
        issue = db.session.scalars(select(Issue).where(Issue.number == number)).first()
        if issue is None:
            raise Incomplete({"ticket": [f"没有编号为“{number}”的问题"]})
        return issue
    found = giving.place_named(place)
    if found is None:
        raise Incomplete({"place": [f"没有“{place}”这个区域，或有几个同名的，请填写区域代码"]})
    return found.code, found.name


def _known(told: Said) -> Keeper | None:
    """Raises Incomplete where several could be meant."""
    live = select(Keeper).where(Keeper.ended_at.is_(None))
    if account := told.get("account"):
        rows = live.join(User, User.id == Keeper.account_id).where(User.name == account)
        if (known := db.session.scalars(rows).first()) is not None:
            return known
    named = live.where(Keeper.name == told.get("name", ""))
    if phone := told.get("phone"):
        if (known := db.session.scalars(named.where(Keeper.phone == phone)).first()) is not None:
            return known
        named = named.where(Keeper.phone == "")
    found = db.session.scalars(named.limit(2)).all()
    if len(found) > 1:
        raise Incomplete({"phone": ["有几个同名的包保人，请填写联系电话"]})
    return found[0] if found else None


def _differences(keeper: Keeper, told: Said) -> list[str]:
    was = roll.kept(keeper)
    return [
        f"{roll.LABELS[name]}：{was[name] or '无'} → {text}"
        for name, text in told.items()
        if text != was[name]
    ]
