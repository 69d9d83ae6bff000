"""The forms of a notice: as drawn, with the evidence to choose from, and as sent."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask import request

from issues.act_fields import Field
from issues.ground.numbers import LARGEST_ID, whole
from issues.models import Notice
from issues.notices.fields import fields_of
from issues.queries.notices.files import evidence_of
from issues.vocabulary import NoticeAct
from issues.web.door.guards import actor
from issues.web.ticket.draw import Drawn, draw
from issues.web.ticket.form import typed

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
    shown = {name.partition("-")[0] for name in request.form}
    values = typed([field for field in fields if field.name in shown], request.form)
    if EVIDENCE in values:
        values[EVIDENCE] = request.form.getlist(EVIDENCE)
    return values


def version() -> int | None:
    """The version the form was drawn from."""
    return number_of(request.form.get("version", ""))


def number_of(raw: str) -> int | None:
    """A number as sent, or none where it is not one."""
    return whole(raw, 0, LARGEST_ID)
