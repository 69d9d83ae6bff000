"""The fields of a form as it shows them: choices, what stands there now, what is wrong."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from sqlalchemy import select

from auth.actor import Actor
from auth.models import Grant, Unit, User
from extensions import db
from issues.act_fields import Field
from issues.act_fields.bound import as_meant
from issues.burden.known import Texts
from issues.ground import clock
from issues.ground.numbers import LARGEST_ID, whole
from issues.ground.refusals import Refusal
from issues.models import Evidence, Issue
from issues.queries.admin.places import towns
from issues.queries.ground import names as units
from issues.queries.ticket.page import files_for_picking
from issues.tickets.fields import FIELDS as TICKET
from issues.vocabulary import Role
from issues.web.door import forms
from issues.web.door.guards import actor

ROLE_OF = {one.name: one.role for one in TICKET if one.role is not None}
ROWS, CHANGES = "rows", "changes"


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
    autocomplete: str
    value: Any
    errors: list[str] = field(default_factory=list)
    errors_of: dict[str, list[str]] = field(default_factory=dict)
    files: list[Evidence] = field(default_factory=list)
    first: date | None = None
    last: date | None = None


def drawn(
    fields: Sequence[Field],
    refusal: Refusal | None = None,
    current: Mapping[str, Any] | None = None,
    choices: Mapping[str, Sequence[tuple[str, str]]] | None = None,
) -> dict[str, Drawn]:
    """Each field by its name: as it was typed where it was refused, else with what stands there.

    `choices`: lists that the table of the fields cannot know. What is secret is never sent back.
    """
    full = [replace(one, choices=tuple((choices or {}).get(one.name, one.choices)))
            for one in fields]  # fmt: skip
    values = dict(current or {}) if refusal is None else forms.typed(fields)
    values |= {one.name: "" for one in fields if one.type == "password"}
    shown = draw(full, None, actor(), values, refusal.errors if refusal else {})
    return {one.name: one for one in shown}


def draw(
    fields: Sequence[Field],
    issue: Issue | None,
    person: Actor,
    values: Mapping[str, Any],
    errors: Mapping[str, list[str]],
) -> list[Drawn]:
    lists = _Lists(issue, person, set(_types(fields)))
    return [_drawn(one, lists, values, errors) for one in as_meant(fields, clock.today())]


def with_sources(form: list[Drawn], known: Texts) -> list[Drawn]:
    """A field that still holds what the register filled it with says where that stands."""
    for one in form:
        said = known.get(one.name)
        if said is not None and one.value == said.value:
            one.hint = "；".join(filter(None, (one.hint, said.source)))
    return form


def _types(fields: Iterable[Field]) -> Iterable[str]:
    for one in fields:
        yield one.type
        yield from _types(one.fields)


class _Lists:
    """What may be chosen from, read only where a field asks for it."""

    def __init__(self, issue: Issue | None, person: Actor, types: set[str]) -> None:
        self.units: list[tuple[str, str]] = []
        self.regions: list[tuple[str, str]] = []
        self.places: list[tuple[str, str]] = []
        self.files: list[Evidence] = []
        self.accounts: list[tuple[str, str, Role]] = []
        if types & {"unit", "units", "region"}:
            names = units.names()
            self.units = [(unit.code, unit.name) for unit in names.live]
            self.regions = names.regions
        if "place" in types:
            self.places = towns()
        if types & {"evidence", "evidences"} and issue is not None:
            self.files = files_for_picking(issue, person)
        if "account" in types:
            self.accounts = _accounts()

    def of(self, one: Field) -> Sequence[tuple[str, str]]:
        if one.choices:
            return one.choices
        if one.type in ("evidence", "evidences"):
            return [(str(file.id), file.name) for file in self.files]
        if one.type == "account":
            role = ROLE_OF.get(one.name)
            return [(name, shown) for name, shown, held in self.accounts if held is role]
        named = {"unit": self.units, "units": self.units, "region": self.regions,
                 "place": self.places}  # fmt: skip
        return named.get(one.type, one.choices)

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
        (row.name, row.display_name + (f"（{row.short_name}）" if row.short_name else ""), row.role)
        for row in rows
    ]


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
            own += [f"{place_of(full, path)}：{sentence}" for sentence in said]
    return Drawn(
        one.name, one.type, one.label, one.required, full.choices, full.fields, one.limit,
        one.hint, one.autocomplete, values.get(one.name), own, of_parts,
        lists.files if one.type in ("evidence", "evidences") else [], one.first, one.last,
    )  # fmt: skip


def _within(one: Field, steps: Sequence[str]) -> tuple[str, str]:
    """The changed thing an error belongs to, and where in it."""
    name, *rest = steps
    if not rest:
        return name, ""
    sub = next(sub for sub in one.fields if sub.name == name)
    return name, f"{place_of(sub, '.'.join(steps))}："


def place_of(one: Field, path: str) -> str:
    """`measures.0.deadline` as a person calls it: 第1行 完成时限."""
    _, *steps = path.split(".")
    if not steps:
        return one.label
    row = ""
    if (line := whole(steps[0], 0, LARGEST_ID)) is not None:
        steps.pop(0)
        row = f"第{line + 1}行"
    sub = next((sub for sub in one.fields if steps and sub.name == steps[0]), None)
    if sub is None:
        return row or one.label
    return f"{row} {place_of(sub, '.'.join(steps))}".strip()
