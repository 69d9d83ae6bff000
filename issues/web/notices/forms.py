"""The forms of a notice: as drawn, with the evidence to choose from, and as sent."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask import current_app

from auth.actor import Actor
from issues.act_fields import Field, optional
from issues.act_fields.details import read_details
from issues.burden import papers
from issues.burden.known import Texts
from issues.models import Notice
from issues.notices.facts.letterhead import listed as addressee_of
from issues.notices.facts.words import written
from issues.notices.fields import fields_for
from issues.notices.kinds import COUNTY, TEMPLATES, default_demands, name_of, names_of
from issues.notices.passing.secrecy import FIELDS, is_asked
from issues.notices.readiness import Draft
from issues.notices.receipts.points import points_of
from issues.notices.rights import is_of_centre, kinds_to_draft
from issues.queries.notices.files import MOST, evidence_of
from issues.vocabulary import NoticeAct, NoticeKind
from issues.web.door import forms
from issues.web.door.drawing import Drawn, draw
from issues.web.door.guards import actor
from issues.web.papers import points

EVIDENCE = "evidence"
WRITTEN = [(name, one.label) for name, one in TEMPLATES.items() if one.kind is NoticeKind.N9]
"""The papers a person writes, each chosen by its own name."""
NEW = (
    Field(
        "kind", "choice", "文书种类", choices=(*NoticeKind.choices(), *WRITTEN),
        asks="请选择文书种类"
    ),
    optional(
        "issues", "text", "事项编号", limit=10_000,
        hint="几个事项合为一件时用顿号隔开，须为同一主责单位；通报和函、通知、请示、报告、纪要可不填",
    ),
)  # fmt: skip
Errors = Mapping[str, list[str]]


def drawn(act: NoticeAct, notice: Notice, values: Mapping[str, Any], errors: Errors) -> list[Drawn]:
    level = current_app.extensions["settings"].secrecy
    fields = [one for one in fields_for(act, notice) if _is_drawn(one, values, level)]
    found = draw(fields, None, actor(), values, errors)
    for one in found:
        if one.name == EVIDENCE:
            one.type, one.choices = "evidences", evidence_of(notice)
            if len(one.choices) == MOST:
                one.hint = f"{one.hint}；此处列出最近上传的{MOST}份材料"
        if one.name == points.NAME and act is NoticeAct.RETURN_REPLY:
            one.type, one.choices = "choices", _asked(notice)
    return found


def _asked(notice: Notice) -> list[tuple[str, str]]:
    return [(str(one.no), f"第{one.no}项　{one.text}") for one in points_of(notice)]


def _is_drawn(field: Field, values: Mapping[str, Any], level: str) -> bool:
    """密级 where the operator allows it; annexes are made on the page, given ones are shown."""
    if field.name in FIELDS:
        return is_asked(level)
    return field.name != "annexes" or bool(values.get("annexes"))


def standing(act: NoticeAct, notice: Notice) -> Texts:
    """What the unit's form is first drawn with: all that the register knows of its fields."""
    return papers.said(act, notice, actor())


def sent(fields: Sequence[Field]) -> dict[str, Any]:
    """What this form holds of these fields; one it did not show is no part of the act."""
    values = forms.typed([field for field in fields if forms.is_shown(field)])
    if EVIDENCE in values:
        values[EVIDENCE] = forms.marked(EVIDENCE)
    if points.NAME in values:
        is_named = any(one.name == points.NAME and one.type == "names" for one in fields)
        values[points.NAME] = forms.marked(points.NAME) if is_named else points.sent()
    return values


def as_drawn(ready: Draft) -> dict[str, Any]:
    """What stands in the form of a draft before anybody types."""
    demands = ready.facts["demands"] or default_demands(ready.facts)
    return written(ready.facts, demands, ready.document.title)


def typed_into(ready: Draft, notice: Notice) -> tuple[dict[str, Any], dict[str, Any]]:
    """What was typed and not saved, raw and read: what stands as it was drawn is nobody's word.

    Raises Incomplete, every fault at its field.
    """
    fields = fields_for(NoticeAct.EDIT, notice)
    raw, names = sent(fields), {field.name for field in fields}
    shown = {name: said for name, said in as_drawn(ready).items() if name in names}
    values, before = read_details(fields, raw, None), read_details(fields, shown, None)
    changed = {name for name in raw if _plain(values[name]) != _plain(before[name])}
    return {name: raw[name] for name in raw if name in changed}, values


def _plain(value: Any) -> Any:
    """A row by its own cells, whichever of them were sent; what is left empty is empty."""
    if not isinstance(value, list):
        return value or None
    rows = [
        {key: cell for key, cell in row.items() if cell and not key.startswith("_")}
        if isinstance(row, Mapping)
        else row
        for row in value
    ]
    return [row for row in rows if row]


def kinds_of(person: Actor) -> list[tuple[str, str]]:
    """A centre drafts a 通报 of its own, and nothing else of that kind."""
    kinds = [kind for kind in kinds_to_draft(person) if kind is not NoticeKind.N9]
    found = [
        (kind.value, _of_centre(kind) if is_of_centre(person, kind) else names_of(kind))
        for kind in kinds
    ]
    return found + (WRITTEN if NoticeKind.N9 in kinds_to_draft(person) else [])


def _of_centre(kind: NoticeKind) -> str:
    return name_of(kind, {"form": COUNTY})


def kinds_to_find() -> list[tuple[str, str]]:
    """Each kind, and each name of its papers where it has several."""
    papers = [(name, one.label) for name, one in TEMPLATES.items() if name not in list(NoticeKind)]
    return sorted([*((kind.value, names_of(kind)) for kind in NoticeKind), *papers])


def addressed(notice: Notice) -> str:
    """As the paper says; nobody by a 专报."""
    facts = notice.facts
    unit = notice.unit.short_name
    return addressee_of(notice.kind, facts.get("form"), facts.get("unit_name"), unit)
