"""Which fields the form of an act has, and in which parts a long one is shown."""

from collections.abc import Sequence
from dataclasses import replace

from issues.act_fields import AMENDED, Field, fields_of
from issues.colour.policies import policy_on
from issues.ground import clock
from issues.models import Issue
from issues.vocabulary import Action
from issues.web.door.drawing import CHANGES, Drawn

DATED = frozenset({"deadline", "deadline_text"})
CONFIRMED = "confirmed"

SECTIONS = (
    ("问题", {"source", "source_ref", "case_number", "title", "problem", "region", "place", "lon",
              "lat", "types", "subject_firm", "unlawful"}),
    ("整改要求", {"goal", "criteria", "deadline", "deadline_text"}),
    ("单位和人员", {"primary_unit", "responsible_units", "lead_unit", "supporting_units",
                    "acceptance_unit", "supervising_unit", "sponsor", "sponsor_account",
                    "area_keeper", "section_keeper", "household_keeper", "contact"}),
    ("整改措施", {"measures"}),
    ("其他", {"remark", "complainant", "note"}),
)  # fmt: skip


def fields_for(action: Action, issue: Issue | None) -> tuple[Field, ...]:
    """The act's fields, without the dates the city may not move."""
    fields = fields_of(action)
    if action is not Action.AMEND or issue is None:
        return fields
    _, policy = policy_on(clock.today())
    if policy.sources[issue.source].mover == "head":
        return fields
    kept = tuple(sub for sub in AMENDED if sub.name not in DATED)
    return tuple(replace(f, fields=kept) if f.type == CHANGES else f for f in fields)


def in_sections(drawn: Sequence[Drawn]) -> list[tuple[str, list[Drawn]]]:
    """The long form of a ticket in titled parts; a short form is one part without a title."""
    names = {one.name for one in drawn}
    if "problem" not in names:
        return [("", list(drawn))]
    parts = [(title, [one for one in drawn if one.name in held]) for title, held in SECTIONS]
    return [(title, part) for title, part in parts if part]
