"""A ticket and what is told of it, as JSON Schemas."""

from collections.abc import Callable

from issues.api.openapi.words import (
    Schema,
    a_day,
    array,
    flag,
    group,
    number,
    one_of,
    or_null,
    text,
    whole_number,
)
from issues.tickets.field import TicketField
from issues.tickets.fields import IN_API
from issues.vocabulary import CARDS, Colour, DeadlineKind, FoundIn, ProposalState, Rule, Status

BARE = tuple(Colour)
COLOUR = one_of("颜色", BARE)

CARD_COUNTS = group(
    {colour.value: whole_number(f"{colour.label}牌次数") for colour in CARDS}, "累计挂牌次数"
)
REASON = group(
    {
        "rule": one_of("规则", Rule),
        "since": a_day("从哪天起"),
        "because": text("原因"),
    }
)
_CHANGE = group(
    {
        "on": a_day("变化之日"),
        "colour": one_of("变为", CARDS),
        "rules": array(one_of("规则", Rule), "触发的规则"),
    },
    "无新情况时下一次变色",
)
_MEASURE = group(
    {
        "id": whole_number("标识"),
        "no": whole_number("序号"),
        "text": text("措施内容"),
        "unit": text("责任单位"),
        "person": text("责任人"),
        "start": or_null(a_day("开始日期")),
        "deadline": or_null(a_day("时限")),
        "deadline_text": text("时限（原文）"),
        "target": or_null(number("目标值")),
        "unit_of_target": or_null(text("计量单位")),
        "reported": or_null(number("填报值")),
        "confirmed": or_null(number("确认值")),
        "reported_done": flag("填报已完成"),
        "done": flag("确认已完成"),
    }
)
_OBJECTION = group(
    {
        "id": whole_number("标识"),
        "who": text("异议人"),
        "text": text("异议内容"),
        "on": a_day("提出日期"),
        "upheld": or_null(flag("是否成立")),
        "reason": text("处理理由"),
        "decided_on": or_null(a_day("处理日期")),
    }
)
_EXTENSION = group(
    {
        "id": whole_number("标识"),
        "round": whole_number("轮次"),
        "asked_on": a_day("申请日期"),
        "cause": text("延期原因"),
        "progress": text("申请时进展"),
        "old_deadline": a_day("原时限"),
        "deadline": a_day("申请延至"),
        "state": one_of("结果", ("pending", "granted", "refused")),
        "decided_on": or_null(a_day("审定日期")),
        "opinion": text("意见"),
        "document": or_null(whole_number("上级批准文件")),
    }
)
_CARD = group(
    {
        "id": whole_number("标识"),
        "round": whole_number("轮次"),
        "colour": one_of("牌色", CARDS),
        "raised_on": a_day("挂牌日期"),
        "reason": text("挂牌理由"),
        "lifted_on": or_null(a_day("摘牌日期")),
        "lift_reason": text("摘牌理由"),
        "watch": flag("黄·观察"),
    }
)


_PROPOSAL = group(
    {
        "centre": text("县级指挥中心"),
        "colour": one_of("建议的牌色", CARDS),
        "reason": text("建议理由"),
        "proposed_on": a_day("建议日期"),
        "state": one_of("结果", ProposalState),
        "answered_on": or_null(a_day("答复日期")),
        "answer": text("答复，或撤回的理由"),
        "listed": or_null(one_of("所挂的牌", CARDS)),
    }
)


_KINDS: dict[str, Callable[[str, TicketField], Schema]] = {
    "choice": lambda title, field: _or_none(one_of(title, dict(field.choices)), field),
    "choices": lambda title, field: array(one_of(title, dict(field.choices)), title),
    "units": lambda title, _: array(text("单位"), title),
    "unit": lambda title, _: or_null(text(title)),
    "account": lambda title, _: or_null(text(title)),
    "date": lambda title, _: or_null(a_day(title)),
    "decimal": lambda title, _: or_null(number(title)),
    "integer": lambda title, _: or_null(whole_number(title)),
    "flag": lambda title, _: flag(title),
}
"""What a field's value looks like; every other kind is a text."""


def _or_none(schema: Schema, field: TicketField) -> Schema:
    return schema if field.is_required else or_null(schema)


def _of_kind(field: TicketField) -> Schema:
    title = field.api_label or field.label
    if field.type in _KINDS:
        return _KINDS[field.type](title, field)
    return or_null(text(title)) if field.is_nullable else text(title)


_SAID: dict[str, Schema] = {
    "number": text("编号"),
    "version": whole_number("版本，即 ETag"),
    **{field.name: _of_kind(field) for field in IN_API},
}
_WHEN: dict[str, Schema] = {
    "assigned_on": or_null(a_day("交办日期")),
    "deadline_kind": one_of("时限类型", DeadlineKind),
    "claimed_on": or_null(a_day("申请验收日期")),
    "publicity_from": or_null(a_day("公示开始")),
    "publicity_until": or_null(a_day("公示结束")),
    "interim_on": or_null(a_day("阶段性办结日期")),
    "closed_on": or_null(a_day("销号日期")),
    "closed_on_recorded": or_null(flag("销号日期有记载；否为导入时的推定")),
}
_STANDS: dict[str, Schema] = {
    "status": one_of("状态", Status),
    "round": whole_number("轮次"),
    "merged_into": or_null(text("并入的编号")),
    "colour": or_null(COLOUR | {"title": "显示颜色"}),
    "computed": or_null(COLOUR | {"title": "计算颜色"}),
    "card": or_null(one_of("牌", CARDS)),
    "pending": flag("待确认"),
    "reasons": array(REASON, "为什么是这个颜色"),
    "next_change": {"anyOf": [_CHANGE, {"type": "null"}], "title": "下一次变色"},
    "policy": whole_number("规则版本"),
}
_BELOW: dict[str, Schema] = {
    "measures": array(_MEASURE, "整改措施"),
    "objections": array(_OBJECTION, "公示异议"),
    "extensions": array(_EXTENSION, "延期"),
    "cards": array(_CARD, "挂牌摘牌"),
    "card_proposals": array(_PROPOSAL, "县级的挂牌建议"),
    "card_counts": CARD_COUNTS,
}
_FOUND = group(
    {"where": one_of("在哪一类内容中", FoundIn), "label": text("哪一处"), "text": text("原文节选")}
)
_SIMILAR = group({
    "number": text("编号"), "title": text("标题"), "likeness": number("相近程度，0到1"),
    "because": array(group({"what": text("比的是什么"), "how": text("怎样相近")}), "为什么"),
})  # fmt: skip
TICKET = group({**_SAID, **_WHEN, **_STANDS, **_BELOW}, "事项")
FOUND_TICKET = group(
    {**TICKET["properties"], "found_in": array(_FOUND, "q 中的文字在哪里找到，最多三处")},
    "台账中的事项",
)
_TOLD = {"similar": array(_SIMILAR, "可能是同一问题的事项，最相近的在前；没有时不写")}
ENTERED_TICKET: Schema = {
    **TICKET, "title": "刚登记的事项", "properties": {**TICKET["properties"], **_TOLD},
}  # fmt: skip
