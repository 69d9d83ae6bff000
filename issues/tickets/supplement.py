"""What a ledger says of a ticket in columns that are no field: who is told of it, by each channel.

It is kept by heading, in the sheet's words, and nobody has said what may stand there: so a channel
that is not opened here does not tell it, and none tells what would be taken for a person's.
"""

from dataclasses import dataclass

from issues.tickets.field import Not
from issues.vocabulary import Role


@dataclass(frozen=True, slots=True)
class Readers:
    """Those of these roles alone are told, and why."""

    roles: frozenset[Role]
    because: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Supplement:
    """`outlined` are the headings whose words every reader of the ticket is told: no free text."""

    name: str
    label: str
    draft: Not
    amend: Not
    search: Not
    dossier: Not
    page: Not
    api: Not
    history: Not
    notices: Not
    board: Not
    export: Readers
    outlined: frozenset[str]

    def tells(self, heading: str, roles: frozenset[Role]) -> bool:
        """Whether an export tells whoever holds these roles what stands under a heading."""
        return heading in self.outlined or not roles.isdisjoint(self.export.roles)


_FREE = Not("free text of unknown columns: kept so that no cell is lost, not to be handed on")

SUPPLEMENT = Supplement(
    name="extra",
    label="补充信息",
    draft=Not("only a ledger has such columns"),
    amend=Not("only a ledger has such columns"),
    search=_FREE,
    dossier=_FREE,
    page=_FREE,
    api=_FREE,
    history=_FREE,
    notices=_FREE,
    board=_FREE,
    export=Readers(
        frozenset({Role.OFFICE, Role.HEAD, Role.INSPECTOR}),
        "the ledger goes out as it came in; the unit complained of is not told what others wrote",
    ),
    outlined=frozenset(
        {
            "序号", "问题来源", "行政区域", "责任单位", "整改阶段", "申请验收日期", "销号日期说明",
            "是否属实", "是否办结", "调查核实情况", "责令整改", "立案处罚", "罚款（万元）",
            "立案侦查", "拘留", "约谈", "问责", "责任人被处理情况",
        }
    ),
)  # fmt: skip
