"""Which fields the form of an act has, and in which parts a long one is shown."""

from collections.abc import Sequence
from dataclasses import replace

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


def in_sections(drawn: Sequence[Drawn]) -> list[tuple[str, list[Drawn]]]:
    """The long form of a ticket in titled parts; a short form is one part without a title."""
    names = {one.name for one in drawn}
    if "problem" not in names:
        return [("", list(drawn))]
    parts = [(title, [one for one in drawn if one.name in held]) for title, held in SECTIONS]
    return [(title, part) for title, part in parts if part]
