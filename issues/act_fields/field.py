"""One detail of an act: what it is called, what may stand in it."""

from dataclasses import dataclass

Choices = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Field:
    """One detail of an act.

    `type`: text, long_text, date, moment, deadline, integer, decimal, flag, choice, choices,
    region, unit, units, account, issue, evidence, evidences, names, rows (a list of `fields`) or
    changes (any of `fields`, each optional). `limit` is the most characters of a text.
    """

    name: str
    type: str
    label: str
    required: bool = True
    choices: Choices = ()
    fields: tuple["Field", ...] = ()
    limit: int = 2000
    hint: str = ""


def optional(name: str, type_: str, label: str, **more: object) -> Field:
    return Field(name, type_, label, required=False, **more)


def all_optional(fields: tuple[Field, ...]) -> tuple[Field, ...]:
    return tuple(
        Field(f.name, f.type, f.label, False, f.choices, f.fields, f.limit, f.hint) for f in fields
    )
