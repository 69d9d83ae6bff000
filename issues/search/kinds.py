"""Every kind of place that is searched: how its texts are read, and which tables they hang on."""

from collections.abc import Callable, Iterable, Mapping, Sequence

from issues.search.papers import evidence_parts, history_parts, notice_parts
from issues.search.part import Part
from issues.search.parts import (
    NAMED,
    OWN,
    measure_parts,
    person_parts,
    ticket_parts,
    unit_parts,
)
from issues.vocabulary import FoundIn

READ: Mapping[FoundIn, Callable[[Sequence[int]], Iterable[Part]]] = {
    FoundIn.TICKET: ticket_parts,
    FoundIn.UNIT: unit_parts,
    FoundIn.PERSON: person_parts,
    FoundIn.MEASURE: measure_parts,
    FoundIn.NOTICE: notice_parts,
    FoundIn.EVIDENCE: evidence_parts,
    FoundIn.HISTORY: history_parts,
}
HANGS_ON: Mapping[str, tuple[FoundIn, ...]] = {
    "issue_unit": (FoundIn.UNIT,),
    "region": (FoundIn.TICKET,),
    "unit": (FoundIn.UNIT,),
    "unit_alias": (FoundIn.UNIT,),
    "account": (FoundIn.PERSON,),
    "measure": (FoundIn.MEASURE, FoundIn.PERSON),
    "site_check": (FoundIn.PERSON,),
    "target": (FoundIn.MEASURE,),
    "notice": (FoundIn.NOTICE,),
    "notice_issue": (FoundIn.NOTICE,),
    "evidence": (FoundIn.EVIDENCE, FoundIn.HISTORY),
    "event": (FoundIn.HISTORY,),
}
"""By the table that is written beside a ticket's own: what of its tickets is read anew."""
OF_ISSUE: Mapping[FoundIn, frozenset[str]] = {
    FoundIn.TICKET: frozenset({"number", "township", *(field.column for field in OWN)}),
    FoundIn.UNIT: frozenset(),
    FoundIn.PERSON: frozenset({"round", *(field.column for field in NAMED)}),
    FoundIn.MEASURE: frozenset({"round"}),
}
"""Of a ticket's own row: by what changes in it each of these is read anew."""
