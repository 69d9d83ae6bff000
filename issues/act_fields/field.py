"""One detail of an act: what it is called, what may stand in it, and a value that may not."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

MOST_INTEGER = 2**53
PAST, COMING = "past", "coming"

Choices = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Field:
    """One detail of an act.

    `type`: text, long_text, date, moment, deadline, integer, decimal, flag, choice, choices,
    region, place (below a region), unit, units, account, issue, evidence, evidences, names, rows
    (a list of `fields`) or changes (any of `fields`, each optional); tel, password and file stand
    in forms of pages only.
    `limit` is the most characters of a text, `least` how many it has beside stock phrases (see
    own_words.py); `least` and `most` bound an integer. `asks` is the sentence told where nothing is
    given, or nothing that can be chosen. `when` says that a day is past or coming by its meaning;
    `first` and `last` bound it as the act will, on this row today (issues/act_fields/bound.py,
    issues/workflow/bounds.py): a form says them, the act refuses by them.
    """

    name: str
    type: str
    label: str
    required: bool = True
    choices: Choices = ()
    fields: tuple["Field", ...] = ()
    limit: int = 2000
    hint: str = ""
    least: int = 0
    most: int = MOST_INTEGER
    asks: str = ""
    autocomplete: str = ""
    first: date | None = None
    last: date | None = None
    when: str = ""


class Wrong(ValueError):
    """A value that cannot be taken; its text is the Chinese sentence."""


def optional(name: str, type_: str, label: str, **more: Any) -> Field:
    return Field(name, type_, label, required=False, **more)


def all_optional(fields: tuple[Field, ...]) -> tuple[Field, ...]:
    return tuple(replace(field, required=False) for field in fields)
