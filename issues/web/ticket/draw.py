"""Which fields the form of an act has, and in which parts a long one is shown."""

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from auth.actor import Actor
from issues.act_fields import AMENDED, Field, fields_of
from issues.city.words import sources
from issues.colour.policies import policy_on
from issues.ground import clock
from issues.models import Issue
from issues.tickets.field import Part, TicketField
from issues.tickets.fields import DEADLINE, DRAFTED
from issues.vocabulary import Action
from issues.web.door.drawing import CHANGES, Drawn
from issues.web.ticket.tasks import CHOSEN

CONFIRMED = "confirmed"

MORE = {"整改措施": ("measures",), "目标": ("targets",), Part.OTHER.value: ("complainant", "note")}
"""What the form of a ticket asks beside the ticket's own fields."""
TITLES = (
    Part.PROBLEM.value, Part.DEMANDS.value, Part.PEOPLE.value, "整改措施", "目标",
    Part.OTHER.value,
)  # fmt: skip


def _title_of(field: TicketField) -> str:
    return field.draft.value if isinstance(field.draft, Part) else ""


FOLDED = frozenset({"目标", Part.OTHER.value})
"""Parts that few tickets fill when they are entered."""


class Section(NamedTuple):
    """A part of a form; `is_folded` where nothing stands in it and nothing is wrong with it."""

    title: str
    fields: list[Drawn]
    is_folded: bool = False


SECTIONS = tuple(
    (title, {*(f.name for f in DRAFTED if _title_of(f) == title), *MORE.get(title, ())})
    for title in TITLES
)


def fields_for(action: Action, issue: Issue | None, person: Actor) -> tuple[Field, ...]:
    """The act's fields with what may be chosen, without the dates the city may not move."""
    fields = fields_of(action)
    if action is Action.REGISTER:
        offered = tuple((source.value, source.label) for source in sources())
        return tuple(replace(f, choices=offered) if f.name == "source" else f for f in fields)
    if issue is not None and action in CHOSEN:
        return CHOSEN[action](fields, issue, person)
    if action is not Action.AMEND or issue is None:
        return fields
    _, policy = policy_on(clock.today())
    if policy.sources[issue.source].mover == "head":
        return fields
    kept = tuple(sub for sub in AMENDED if sub.name not in DEADLINE)
    return tuple(replace(f, fields=kept) if f.type == CHANGES else f for f in fields)


def in_sections(drawn: Sequence[Drawn]) -> list[Section]:
    """The long form of a ticket in titled parts; a short form is one part without a title."""
    names = {one.name for one in drawn}
    if "problem" not in names:
        return [Section("", list(drawn))]
    parts = [(title, [one for one in drawn if one.name in held]) for title, held in SECTIONS]
    return [
        Section(title, part, title in FOLDED and not any(map(_is_begun, part)))
        for title, part in parts
        if part
    ]


def _is_begun(one: Drawn) -> bool:
    rows = one.value if isinstance(one.value, list) else [one.value]
    is_filled = any(any(row.values()) if isinstance(row, dict) else row for row in rows)
    return is_filled or bool(one.errors or one.errors_of)
