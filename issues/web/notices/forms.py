"""The forms of a notice: as drawn, with the evidence to choose from, and as sent."""

from collections.abc import Mapping, Sequence
from typing import Any

from issues.act_fields import Field
from issues.models import Notice
from issues.notices.fields import fields_of
from issues.queries.notices.files import evidence_of
from issues.vocabulary import NoticeAct
from issues.web.door import forms
from issues.web.door.drawing import Drawn, draw
from issues.web.door.guards import actor

EVIDENCE = "evidence"
Errors = Mapping[str, list[str]]


def drawn(act: NoticeAct, notice: Notice, values: Mapping[str, Any], errors: Errors) -> list[Drawn]:
    found = draw(fields_of(act, notice.kind), None, actor(), values, errors)
    for one in found:
        if one.name == EVIDENCE:
            one.type, one.choices = "evidences", evidence_of(notice)
    return found


def sent(fields: Sequence[Field]) -> dict[str, Any]:
    """What this form holds of these fields; one it did not show is no part of the act."""
    values = forms.typed([field for field in fields if forms.is_shown(field)])
    if EVIDENCE in values:
        values[EVIDENCE] = forms.marked(EVIDENCE)
    return values
