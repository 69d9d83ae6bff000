"""Rows of people: accounts made or changed, and the roles they are to have given or asked for."""

from collections.abc import Callable
from typing import Any

from auth import asked_roles, people
from auth.acting import named
from auth.actor import Actor
from auth.models import User
from issues.exchange.aliases import unit_names
from issues.exchange.reading.unit_names import Directory
from issues.ground.refusals import Incomplete, Refusal
from issues.rosters.outcome import CHANGED, MADE, SAME, Line, Outcome, one_row
from issues.rosters.sheets import Row, Table, several
from issues.units import find
from issues.vocabulary import Role

WORDS = ("display_name", "phone", "note")
ROLES = {role.label: role for role in Role} | {role.value: role for role in Role}
Give = Callable[[User, Role], None]
"""What is done for a role that an account lacks: it is given, or only asked for."""


def bring(table: Table, actor: Actor, give: Give, verb: str) -> Outcome:
    """Never commits. What is refused stands in the outcome's errors, and the caller undoes all."""
    directory = Directory(unit_names())
    lines: list[Line] = []
    seen: dict[str, int] = {}
    for row in table.rows:
        with one_row(table, row):
            lines.append(_one(row, actor, directory, seen, give, verb))
    return Outcome(table.sheet, lines, table.errors)


def _one(
    row: Row, actor: Actor, directory: Directory, seen: dict[str, int], give: Give, verb: str
) -> Line:
    name = row.said.get("name", "")
    if name and (first := seen.setdefault(name, row.number)) != row.number:
        raise Incomplete({"name": [f"与第{first}行是同一个账号"]})
    unit_id = _unit(row, directory)
    roles = _roles(row)
    said: dict[str, Any] = {one: row.said[one] for one in WORDS if row.said.get(one)}
    user = named(name)
    if user is None:
        unit = find(unit_id) if unit_id else None
        user = people.add(
            actor, name, said.get("display_name", ""), unit, said.get("phone", ""),
            said.get("note", ""),
        )  # fmt: skip
        line = Line(row.number, name, user.display_name, MADE)
    else:
        line = _again(user, row, actor, said, unit_id)
    lacking = asked_roles.lacking(user, roles)
    try:
        for role in lacking:
            give(user, role)
    except Refusal as refusal:
        told = [one for each in refusal.errors.values() for one in each]
        raise Incomplete({"roles": told or [refusal.sentence]}) from None
    if lacking:
        line.told.append(f"{verb}：{'、'.join(role.label for role in lacking)}")
        line.outcome = MADE if line.outcome == MADE else CHANGED
    return line


def _again(user: User, row: Row, actor: Actor, said: dict[str, Any], code: str) -> Line:
    """An account that is here: what the row says otherwise is changed."""
    if not user.is_active:
        raise Incomplete({"name": ["该账号已停用，请先启用，或另取账号"]})
    if code:
        said["unit_id"] = find(code).id
    told = people.amend(actor, user.id, said)
    line = Line(row.number, user.name, user.display_name, CHANGED if told else SAME)
    line.told = [f"{label}：{was or '无'} → {now}" for label, (was, now) in told.items()]
    return line


def _unit(row: Row, directory: Directory) -> str:
    """The code of the unit named. Raises Incomplete."""
    words = row.said.get("unit", "")
    if not words or words in directory.units:
        return words
    if (code := directory.find(words)) is None:
        raise Incomplete({"unit": [f"没有单位“{words}”{directory.why_unknown(words)}"]})
    return code


def _roles(row: Row) -> list[Role]:
    words = several(row.said.get("roles", ""))
    if wrong := [word for word in words if word not in ROLES]:
        known = "、".join(role.label for role in Role)
        raise Incomplete({"roles": [f"没有角色“{'”“'.join(wrong)}”，请填：{known}"]})
    return [ROLES[word] for word in words]
