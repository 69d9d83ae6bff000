"""What stands in a ticket's fields, in words, by the kind of each: for its page and dossier."""

from collections.abc import Callable
from typing import Any, NamedTuple

from issues.act_fields.wording import in_words
from issues.models import Issue
from issues.tickets.field import TicketField
from issues.tickets.fields import shown
from issues.vocabulary import Relation


class Line(NamedTuple):
    label: str
    text: str
    is_long: bool


def lines_of(issue: Issue, where: str, region: Callable[[str], str]) -> list[Line]:
    """The filled fields of one list of the page. `region` names the region of a code."""
    lines = [
        (page.label, words_of(field, issue, region, yes=page.yes, no=""), field.type == "long_text")
        for field, page in shown(where)
    ]
    return [Line(*line) for line in lines if line[1]]


def words_of(
    field: TicketField, issue: Issue, region: Callable[[str], str], *, yes: str = "是",
    no: str = "否",
) -> str:  # fmt: skip
    """Empty where nothing stands in it."""
    if field.type == "units" and field.relation:
        return in_words(field, _units(field.relation, issue))
    value = getattr(issue, field.kept_as)
    if field.type == "flag":
        return yes if value else no
    if field.type in ("region", "place") and value:
        return region(value)
    return in_words(field, value)


def _units(relation: Relation, issue: Issue) -> list[Any]:
    """The primary unit is not named again among the responsible."""
    primary = issue.units(Relation.PRIMARY) if relation is Relation.RESPONSIBLE else ()
    return [unit for unit in issue.units(relation) if unit not in primary]
