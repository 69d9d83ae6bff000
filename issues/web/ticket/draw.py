"""The fields of an act as a form shows them: choices, what stands there now, what is wrong."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy import select

from auth.actor import Actor
from auth.models import Grant, Unit, User
from extensions import db
from issues.act_fields import AMENDED, Field, fields_of
from issues.colour.policies import policy_on
from issues.ground import clock
from issues.models import Evidence, Issue
from issues.queries.ground import names as units
from issues.queries.ticket.page import files_for_picking
from issues.tickets.field import Part
from issues.tickets.fields import DEADLINE, DRAFTED, FIELDS as TICKET
from issues.vocabulary import Action, Role

ROLE_OF = {field.name: field.role for field in TICKET if field.role is not None}
ROWS, CHANGES = "rows", "changes"
CONFIRMED = "confirmed"

MORE = {"整改措施": ("measures",), Part.OTHER.value: ("complainant", "note")}
"""What the form of a ticket asks beside the ticket's own fields."""
TITLES = (
    Part.PROBLEM.value, Part.DEMANDS.value, Part.PEOPLE.value, "整改措施", Part.OTHER.value,
)  # fmt: skip
SECTIONS = tuple(
    (title, {*(f.name for f in DRAFTED if f.draft.value == title), *MORE.get(title, ())})
    for title in TITLES
)


@dataclass(slots=True)
class Drawn:
    """One field as the component `field` reads it."""

    name: str
    type: str
    label: str
    required: bool
    choices: Sequence[tuple[str, str]]
    fields: Sequence[Field]
    limit: int
    hint: str
    value: Any
    errors: list[str] = field(default_factory=list)
    errors_of: dict[str, list[str]] = field(default_factory=dict)
    files: list[Evidence] = field(default_factory=list)


def fields_for(action: Action, issue: Issue | None) -> tuple[Field, ...]:
    """The act's fields, without the dates the city may not move."""
    fields = fields_of(action)
    if action is not Action.AMEND or issue is None:
        return fields
    _, policy = policy_on(clock.today())
    if policy.sources[issue.source].mover == "head":
        return fields
    kept = tuple(sub for sub in AMENDED if sub.name not in DEADLINE)
    return tuple(replace(f, fields=kept) if f.type == CHANGES else f for f in fields)


def draw(
    fields: Sequence[Field],
    issue: Issue | None,
    actor: Actor,
    values: Mapping[str, Any],
    errors: Mapping[str, list[str]],
) -> list[Drawn]:
    lists = _Lists(issue, actor, set(_types(fields)))
    return [_drawn(one, lists, values, errors) for one in fields]


def in_sections(drawn: Sequence[Drawn]) -> list[tuple[str, list[Drawn]]]:
    """The long form of a ticket in titled parts; a short form is one part without a title."""
    names = {one.name for one in drawn}
    if "problem" not in names:
        return [("", list(drawn))]
    parts = [(title, [one for one in drawn if one.name in held]) for title, held in SECTIONS]
    return [(title, part) for title, part in parts if part]


def _types(fields: Iterable[Field]) -> Iterable[str]:
    for one in fields:
        yield one.type
        yield from _types(one.fields)


class _Lists:
    """What may be chosen from, read only where a field asks for it."""

    def __init__(self, issue: Issue | None, actor: Actor, types: set[str]) -> None:
        self.units: list[tuple[str, str]] = []
        self.regions: list[tuple[str, str]] = []
        self.files: list[Evidence] = []
        self.accounts: list[tuple[str, str, Role]] = []
        if types & {"unit", "units", "region"}:
            names = units.names()
            held = {unit.region for unit in names.all}
            self.units = [(unit.code, unit.name) for unit in names.all]
            self.regions = [region for region in names.regions if region[0] in held]
        if types & {"evidence", "evidences"} and issue is not None:
            self.files = files_for_picking(issue, actor)
        if "account" in types:
            self.accounts = _accounts()

    def of(self, one: Field) -> Sequence[tuple[str, str]]:
        if one.type in ("unit", "units"):
            return self.units
        if one.type == "region":
            return self.regions
        if one.type in ("evidence", "evidences"):
            return [(str(file.id), file.name) for file in self.files]
        if one.type == "account":
            role = ROLE_OF.get(one.name)
            return [(name, shown) for name, shown, held in self.accounts if held is role]
        return one.choices

    def filled(self, one: Field) -> Field:
        fields = tuple(self.filled(sub) for sub in one.fields)
        return replace(one, choices=tuple(self.of(one)), fields=fields)


def _accounts() -> list[tuple[str, str, Role]]:
    rows = db.session.execute(
        select(User.name, User.display_name, Unit.short_name, Grant.role)
        .join(Grant, Grant.user_id == User.id)
        .outerjoin(Unit, Unit.id == User.unit_id)
        .where(User.is_active, Grant.revoked_at.is_(None), Grant.role.in_(list(ROLE_OF.values())))
        .order_by(User.display_name)
    )
    return [
        (row.name, f"{row.display_name}({row.short_name})" if row.short_name else row.display_name,
         row.role)
        for row in rows
    ]  # fmt: skip


def _drawn(
    one: Field, lists: _Lists, values: Mapping[str, Any], errors: Mapping[str, list[str]]
) -> Drawn:
    full = lists.filled(one)
    own = list(errors.get(one.name, []))
    below = {path: said for path, said in errors.items() if path.startswith(f"{one.name}.")}
    of_parts: dict[str, list[str]] = {}
    for path, said in below.items():
        if one.type == CHANGES:
            name, text = _within(full, path.split(".")[1:])
            of_parts.setdefault(name, []).extend(f"{text}{sentence}" for sentence in said)
        else:
            own += [f"{place_of(full, path)}:{sentence}" for sentence in said]
    return Drawn(
        one.name, one.type, one.label, one.required, full.choices, full.fields, one.limit,
        one.hint, values.get(one.name), own, of_parts,
        lists.files if one.type in ("evidence", "evidences") else [],
    )  # fmt: skip


def _within(one: Field, steps: Sequence[str]) -> tuple[str, str]:
    """The changed thing an error belongs to, and where in it."""
    name, *rest = steps
    if not rest:
        return name, ""
    sub = next(sub for sub in one.fields if sub.name == name)
    return name, f"{place_of(sub, '.'.join(steps))}:"


def place_of(one: Field, path: str) -> str:
    """`measures.0.deadline` as a person calls it: 第1行 完成时限."""
    _, *steps = path.split(".")
    if not steps:
        return one.label
    row = ""
    if steps[0].isdigit():
        row = f"第{int(steps.pop(0)) + 1}行"
    sub = next((sub for sub in one.fields if steps and sub.name == steps[0]), None)
    if sub is None:
        return row or one.label
    return f"{row} {place_of(sub, '.'.join(steps))}".strip()
