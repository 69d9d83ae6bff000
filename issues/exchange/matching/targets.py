"""What a column of a sheet can be: every field a ledger is read into, in the words of a page."""

from typing import NamedTuple

from issues.tickets.fields import READ
from issues.tickets.life import COLUMNS

TICKET, MEASURE, COMPLAINT = "问题", "整改措施", "信访件办理"
KEEP, LEAVE = "keep", "leave"
"""What else may be done with a column: kept as supplementary info as it stands, or left out."""
PERSONS = frozenset(
    {"contact", "sponsor", "keepers", "area_keeper", "section_keeper", "household_keeper"}
)
"""Fields that name people: beside a unit in one cell, theirs is what names no unit."""


class Target(NamedTuple):
    """`kind` is a type of `issues.tickets.field`, or `deadline`."""

    label: str
    group: str
    kind: str

    @property
    def joins(self) -> bool:
        """Whether several columns may be put together in it."""
        return self.kind in {"long_text", "units", "unit", "names"}

    @property
    def is_units(self) -> bool:
        return self.kind in {"units", "unit"}


_LIFE = {
    "order": "text", "number": "text", "keepers": "names", "assigned_on": "date",
    "stage": "text", "claimed_on": "date", "closed": "flag", "closed_on": "date",
}  # fmt: skip
_KINDS = {"deadline": "deadline", "sponsor": "names", "contact": "names", "place": "long_text"}


def _of_tickets() -> dict[str, Target]:
    found = {
        ledger.key or field.name: Target(
            ledger.headings[0], TICKET, _KINDS.get(field.name, field.type)
        )
        for field, ledger in READ.items()
    }
    life = {c.key: Target(c.headings[0], TICKET, _LIFE[c.key]) for c in COLUMNS}
    first = ("order", "number")
    ahead = {name: life[name] for name in first}
    return ahead | found | {name: one for name, one in life.items() if name not in first}


TARGETS: dict[str, Target] = _of_tickets() | {
    "m_no": Target("措施序号", MEASURE, "integer"),
    "m_text": Target("具体措施", MEASURE, "long_text"),
    "m_units": Target("措施责任单位", MEASURE, "units"),
    "m_start": Target("措施启动时间", MEASURE, "date"),
    "m_deadline": Target("措施完成时限", MEASURE, "deadline"),
    "m_target": Target("措施目标值", MEASURE, "decimal"),
    "m_confirmed": Target("措施完成值", MEASURE, "decimal"),
    "m_unit_of_target": Target("措施计量单位", MEASURE, "text"),
    "m_progress": Target("措施进展", MEASURE, "long_text"),
    "m_done": Target("措施是否完成", MEASURE, "flag"),
    "findings": Target("调查核实情况", COMPLAINT, "long_text"),
    "verified": Target("是否属实", COMPLAINT, "choice"),
    "handling": Target("处理和整改情况", COMPLAINT, "long_text"),
    "outcome": Target("是否办结", COMPLAINT, "choice"),
    "ordered": Target("责令整改", COMPLAINT, "integer"),
    "penalised": Target("立案处罚", COMPLAINT, "integer"),
    "fine": Target("罚款", COMPLAINT, "decimal"),
    "investigated": Target("立案侦查", COMPLAINT, "integer"),
    "detained": Target("拘留", COMPLAINT, "integer"),
    "summoned": Target("约谈", COMPLAINT, "integer"),
    "held_to_account": Target("问责", COMPLAINT, "integer"),
    "punished": Target("责任人被处理情况", COMPLAINT, "long_text"),
}
GROUPS = (TICKET, MEASURE, COMPLAINT)


def of_group(group: str) -> dict[str, Target]:
    return {name: target for name, target in TARGETS.items() if target.group == group}
