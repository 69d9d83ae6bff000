"""The fields that say which units and persons a ticket concerns."""

from issues.tickets.field import (
    YES,
    Export,
    Inside,
    InTemplate,
    Ledger,
    Named,
    Not,
    Part,
    Shown,
    TicketField,
)
from issues.vocabulary import Relation, Role

_BY_NAME = Not("the names of a ticket's units are searched together, from IssueUnit")
_PERSON = Named("who answers is found by the name; a telephone is no word to search by")
_PERSON_INSIDE = Inside("an official's telephone is for who works on the ticket, not for paper")
_KEEPER_INSIDE = Inside("a keeper is named with his telephone, for who works on the spot")
_KEEPER = Named("a keeper is found by the name, not by the telephone written beside it")
_IN_WHO = InTemplate("_who.html")
_NO_COLUMN = Not("a ledger names persons, not accounts of this system")
_ONE_CELL = Not("read from and written into the one cell of 责任单位")

PEOPLE = (
    TicketField(
        name="primary_unit", type="unit", label="主责单位", relation=Relation.PRIMARY,
        needed_to_assign=True, is_never_emptied=True, draft=Part.PEOPLE, amend=YES,
        ledger=Ledger(("责任单位",), key="units", by="unit_roles", is_first=True),
        export=Export(120, "责任单位", 24, "整改责任"), search=_BY_NAME, dossier=YES, api=YES,
        page=_IN_WHO, history=YES,
    ),
    TicketField(
        name="responsible_units", type="units", label="其他责任单位",
        relation=Relation.RESPONSIBLE, is_filled=False, draft=Part.PEOPLE, amend=YES,
        ledger=_ONE_CELL, export=_ONE_CELL, search=_BY_NAME, dossier=YES, api=YES,
        api_label="责任单位，主责在先", page=_IN_WHO, history=YES,
    ),
    TicketField(
        name="lead_unit", type="unit", label="牵头单位", relation=Relation.LEAD,
        needed_to_assign=True, is_never_emptied=True, draft=Part.PEOPLE, amend=YES,
        ledger=Ledger(("牵头单位",), key="lead", by="unit_roles", is_first=True),
        export=Export(110, "牵头单位", 14, "整改责任"), search=_BY_NAME, dossier=YES, api=YES,
        page=_IN_WHO, history=YES,
    ),
    TicketField(
        name="supporting_units", type="units", label="配合单位", relation=Relation.SUPPORTING,
        is_filled=False, draft=Part.PEOPLE, amend=YES,
        ledger=Ledger(("配合单位",), key="supporting", by="unit_roles", is_first=True),
        export=_ONE_CELL, search=_BY_NAME, dossier=YES, api=YES, page=_IN_WHO, history=YES,
    ),
    TicketField(
        name="acceptance_unit", type="unit", label="验收单位", relation=Relation.ACCEPTANCE,
        needed_to_assign=True, is_never_emptied=True, draft=Part.PEOPLE, amend=YES,
        ledger=Ledger(("验收单位",), key="acceptance", by="unit_roles", is_first=True),
        export=Export(220, "验收单位", 14), search=_BY_NAME, dossier=YES, api=YES,
        page=_IN_WHO, history=YES,
    ),
    TicketField(
        name="supervising_unit", type="unit", label="督导单位", relation=Relation.SUPERVISING,
        draft=Part.PEOPLE, amend=YES,
        ledger=Ledger(("督导单位",), key="supervising", by="unit_roles", is_first=True),
        export=Export(130, "督导单位", 14, "整改责任"), search=_BY_NAME, dossier=YES, api=YES,
        page=_IN_WHO, history=YES,
    ),
    TicketField(
        name="sponsor", type="text", label="包案领导", limit=80, narrowed_by="keeper",
        draft=Part.PEOPLE, amend=YES,
        ledger=Ledger(("包案领导",), by_profile=True, is_first=True),
        export=Export(140, "包案领导", 14, "整改责任"), search=YES, dossier=YES, api=YES,
        page=_IN_WHO, history=YES,
    ),
    TicketField(
        name="sponsor_account", type="account", label="包案领导账号", role=Role.LEADER,
        draft=Part.PEOPLE, amend=YES, ledger=_NO_COLUMN, export=_NO_COLUMN,
        search=YES, dossier=YES, api=YES,
        page=_IN_WHO, history=YES,
    ),
    TicketField(
        name="area_keeper", type="text", label="包片人", limit=80, draft=Part.PEOPLE, amend=YES,
        ledger=Ledger(("包片", "包片人"), by="keepers"),
        export=Export(160, "包片", 10, "整改责任", optional=True),
        search=_KEEPER, narrowed_by="keeper", dossier=_KEEPER_INSIDE, api=YES,
        page=Shown("keepers", "包片"), history=YES,
    ),
    TicketField(
        name="section_keeper", type="text", label="包段人", limit=80, draft=Part.PEOPLE, amend=YES,
        ledger=Ledger(("包段", "包段人"), by="keepers"),
        export=Export(170, "包段", 10, "整改责任", optional=True),
        search=_KEEPER, narrowed_by="keeper", dossier=_KEEPER_INSIDE, api=YES,
        page=Shown("keepers", "包段"), history=YES,
    ),
    TicketField(
        name="household_keeper", type="text", label="包户人", limit=80,
        draft=Part.PEOPLE, amend=YES, ledger=Ledger(("包户", "包户人"), by="keepers"),
        export=Export(180, "包户", 10, "整改责任", optional=True),
        search=_KEEPER, narrowed_by="keeper", dossier=_KEEPER_INSIDE, api=YES,
        page=Shown("keepers", "包户"), history=YES,
    ),
    TicketField(
        name="contact", type="text", label="责任人及电话", limit=120, draft=Part.PEOPLE, amend=YES,
        ledger=Ledger(("责任人及电话", "责任人"), by_profile=True, is_first=True),
        export=Export(150, "责任人及电话", 20, "整改责任"), search=_PERSON,
        dossier=_PERSON_INSIDE, api=YES, page=Shown("who", "责任人及电话"), history=YES,
    ),
)  # fmt: skip

APPOINTED = (
    TicketField(
        name="inspector", type="account", label="督察员", role=Role.INSPECTOR,
        draft=Not("appointed once the ticket is out, by amending it"), amend=YES,
        ledger=_NO_COLUMN, export=_NO_COLUMN,
        search=YES, dossier=YES, api=YES,
        api_label="督察员账号", page=_IN_WHO, history=YES,
    ),
)  # fmt: skip
