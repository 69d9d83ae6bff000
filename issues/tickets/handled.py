"""What was found of a complaint and what followed: the fields of 查处情况."""

from issues.tickets.field import YES, Not, Shown, TicketField
from issues.vocabulary import Truth

_AFTERWARDS = Not("nothing is found of it before it is handed over")
_TOGETHER = Not("read with the columns of complaints alone, in reading/complaints.py")
_BEHIND = Not("written behind, with the columns that a ledger of complaints brings")
_COUNTED = Not("a figure nobody types to find a ticket; the complaints' page counts them")


def _count(name: str, label: str) -> TicketField:
    return TicketField(
        name=name, type="integer", label=label, draft=_AFTERWARDS, amend=YES, ledger=_TOGETHER,
        export=_BEHIND, search=_COUNTED, dossier=YES, api=YES, page=Shown("about", label),
        history=YES,
    )  # fmt: skip


def _text(name: str, label: str) -> TicketField:
    return TicketField(
        name=name, type="long_text", label=label, draft=_AFTERWARDS, amend=YES, ledger=_TOGETHER,
        export=_BEHIND, search=YES, dossier=YES, api=YES, page=Shown("about", label), history=YES,
    )  # fmt: skip


HANDLED = (
    TicketField(
        name="verified", type="choice", label="是否属实", choices=tuple(Truth.choices()),
        is_nullable=True, draft=_AFTERWARDS, amend=YES, ledger=_TOGETHER, export=_BEHIND,
        search=Not("a word of a fixed list: the complaints' page counts them"),
        dossier=YES, api=YES, page=Shown("about", "是否属实"), history=YES,
    ),
    _text("findings", "调查核实情况"),
    _count("ordered", "责令整改（家）"),
    _count("penalised", "立案处罚（件）"),
    TicketField(
        name="fine", type="decimal", label="罚款（万元）", is_exact=True, draft=_AFTERWARDS,
        amend=YES, ledger=_TOGETHER, export=_BEHIND, search=_COUNTED, dossier=YES, api=YES,
        page=Shown("about", "罚款（万元）"), history=YES,
    ),
    _count("investigated", "立案侦查（件）"),
    _count("detained", "拘留（人）"),
    _count("summoned", "约谈（人）"),
    _count("held_to_account", "问责（人）"),
    _text("punished", "责任人被处理情况"),
)  # fmt: skip
