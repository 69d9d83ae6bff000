"""What may not stand in a ticket's own fields, whoever writes them. Each raises Incomplete."""

from typing import Any

from issues.ground.refusals import Incomplete
from issues.ground.secrecy import persons
from issues.models import Issue
from issues.tickets.fields import FIELDS

_FIGURES = tuple(field for field in FIELDS if field.most is not None)
_EXACT = tuple(field for field in FIELDS if field.is_exact)
NAMES_A_PERSON = (
    "这里写有举报人的姓名、电话、住址或证件号，请删去，另填在“举报人（严格保密）”中；"
    "不是举报人信息的，请换一种写法"
)


def refuse_persons(given: dict[str, Any]) -> None:
    """Who complained is sealed in fields of its own, and stands in no text that others read."""
    named = [
        name
        for name in persons.GUARDED
        if isinstance(text := given.get(name), str) and persons.masked(text) != text
    ]
    if named:
        raise Incomplete({name: [NAMES_A_PERSON] for name in named})


def refuse_bad_place(issue: Issue) -> None:
    if (issue.lon is None) != (issue.lat is None):
        raise Incomplete({"lon": ["经度和纬度要一起填"], "lat": ["经度和纬度要一起填"]})
    wrong = {
        field.name: [f"{field.label}应在±{field.most}度之间"]
        for field in _FIGURES
        if abs(getattr(issue, field.column) or 0) > field.most
    }
    if wrong:
        raise Incomplete(wrong)


def refuse_negative(given: dict[str, Any]) -> None:
    if wrong := [field for field in _EXACT if (given.get(field.name) or 0) < 0]:
        raise Incomplete({field.name: [f"{field.label}不能小于0"] for field in wrong})
