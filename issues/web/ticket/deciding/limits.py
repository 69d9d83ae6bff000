"""The days a form may take, said beside its fields by the function that refuses beyond them."""

from collections.abc import Sequence
from dataclasses import replace

from issues.act_fields import Field
from issues.colour.policies import policy_on
from issues.ground import clock
from issues.models import Issue
from issues.vocabulary import Action
from issues.workflow.bounds import BOUNDS, Bound, Place, bounds_of

Fields = tuple[Field, ...]


def limited(fields: Fields, action: Action, issue: Issue | None) -> Fields:
    """The fields with the first and last day that are taken today, and why these."""
    if issue is None or action not in BOUNDS:
        return fields
    today = clock.today()
    _, policy = policy_on(today)
    for path, bound in bounds_of(action, Place(issue, today, policy)).items():
        fields = _bounded(fields, path.split("."), bound)
    return fields


def _bounded(fields: Fields, path: Sequence[str], bound: Bound) -> Fields:
    return tuple(_of(one, path[1:], bound) if one.name == path[0] else one for one in fields)


def _of(field: Field, rest: Sequence[str], bound: Bound) -> Field:
    """A row's cell has no room for words: its list says them."""
    if not rest:
        return replace(
            field, first=bound.first, last=bound.last, hint=_joined(field.hint, bound.hint)
        )
    inner = replace(field, fields=_bounded(field.fields, rest, bound))
    if field.type != "rows":
        return inner
    label = next(sub.label for sub in field.fields if sub.name == rest[0])
    return replace(inner, hint=_joined(field.hint, f"{label}：{bound.hint}"))


def _joined(own: str, said: str) -> str:
    return "".join(filter(None, (own if not own or own.endswith("。") else f"{own}。", said)))
