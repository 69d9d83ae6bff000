"""Every field of a ticket, in the order of its form. All channels derive from this table.

Not in it: what acts write as a ticket goes on (status, days, colour, card), and what is kept in
tables of its own (measures, complainant).
"""

from issues.tickets.field import Export, Inside, Ledger, Not, Part, Shown, TicketField
from issues.tickets.handled import HANDLED
from issues.tickets.people import APPOINTED, PEOPLE
from issues.tickets.problem import BESIDE, PROBLEM

FIELDS: tuple[TicketField, ...] = (*PROBLEM, *PEOPLE, *BESIDE, *APPOINTED, *HANDLED)
BY_NAME = {field.name: field for field in FIELDS}

DRAFTED = tuple(field for field in FIELDS if isinstance(field.draft, Part))
AMENDED = tuple(field for field in FIELDS if field.amend is True)
IN_API = tuple(field for field in FIELDS if field.api is True)
IN_DOSSIER = tuple(field for field in FIELDS if not isinstance(field.dossier, Not))
INSIDE_ALONE = tuple(field for field in IN_DOSSIER if isinstance(field.dossier, Inside))
"""What the dossier's edition for outside leaves out, in its history too."""
SEARCHED = tuple(field for field in FIELDS if not isinstance(field.search, Not))
NARROWED = {
    name: tuple(field for field in FIELDS if field.narrowed_by == name)
    for name in {field.narrowed_by for field in FIELDS if field.narrowed_by}
}
"""The fields that a filter of the register looks for a name in."""
UNIT_LISTS = {
    field.name: field.relation for field in FIELDS if field.type == "units" and field.relation
}
DEADLINE = frozenset(field.name for field in FIELDS if field.is_deadline)
READ = {field: field.ledger for field in FIELDS if isinstance(field.ledger, Ledger)}
"""The fields a ledger may hold, with how each is read."""
WRITTEN = tuple((field, field.export) for field in FIELDS if isinstance(field.export, Export))
"""The fields that are columns of the exported ledger."""


def shown(where: str) -> list[tuple[TicketField, Shown]]:
    """The lines of one list of the ticket's page."""
    return [
        (field, field.page)
        for field in FIELDS
        if isinstance(field.page, Shown) and field.page.where == where
    ]
