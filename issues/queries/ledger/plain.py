"""The register as an import reads it again, with what the system works out behind each ticket."""

from collections.abc import Mapping
from datetime import date

from auth.actor import Actor
from issues.exchange.reading.extra_columns import mark_of
from issues.exchange.worked_out import WORKED_OUT
from issues.exchange.writing.figured import Value
from issues.exchange.writing.profiles.columns import COLUMNS
from issues.exchange.writing.register_workbook import register_workbook
from issues.models import Issue
from issues.queries.ground import names as units
from issues.queries.ledger.beside import Beside
from issues.queries.ledger.facts import worked_out
from issues.queries.ledger.paper import MOST, refuse_more
from issues.queries.ledger.stood import stood
from issues.queries.register.filters import Filters
from issues.queries.register.narrowing import standing_of
from issues.rights.table import holds


def plain_file(filters: Filters, actor: Actor, today: date) -> tuple[bytes, int]:
    """The workbook's bytes, and how many tickets are in it. Raises Incomplete."""
    found = {one.id: one for one in stood(filters, actor, today, MOST + 1)}
    refuse_more([*found])
    day, names = standing_of(filters, today).day, units.names()
    keys = [one.key for one in WORKED_OUT if holds(actor, COLUMNS[one.key].right)]
    beside = Beside([*found], day, keys)

    def known(issue: Issue) -> Mapping[str, Value]:
        one = found[issue.id]
        said = worked_out(one, issue, beside, names, day) | {"colour": mark_of(one.colour)}
        return {key: said[key] for key in keys}

    return register_workbook([*found], today, day, actor.roles, known), len(found)
