"""The shapes the API answers with, as JSON Schemas by name."""

from issues.api.board.schema import BOARD, CHANGES
from issues.api.evidence.schema import COMPLAINT_ORIGINAL, READING
from issues.api.openapi.words import (
    Schema,
    a_day,
    a_moment,
    array,
    flag,
    group,
    one_of,
    or_null,
    ref,
    text,
    whole_number,
)
from issues.api.supervision.schema import COVERT_NOTE, INSTRUCTION
from issues.api.ticket.schema import REASON, TICKET
from issues.vocabulary import (
    CARDS,
    Colour,
    EvidenceKind,
    FlagKind,
    LookbackResult,
    NoticeKind,
    NoticeStatus,
    Rule,
)

_ROUND: dict[str, Schema] = {
    "id": whole_number("标识"),
    "on": a_day("调度日期"),
    "status": one_of("状态", ("open", "closed")),
    "closed_on": or_null(a_day("结束日期")),
    "digest": or_null(text("固定看板的摘要")),
}
_ROUND_ITEM = group(
    {
        "number": text("编号"),
        "computed": one_of("计算颜色", CARDS),
        "card": or_null(one_of("研判前挂牌", CARDS)),
        "rules": array(text("规则")),
        "decision": or_null(one_of("研判", ("confirm", "hold", "raise"))),
        "colour": or_null(one_of("牌色", CARDS)),
        "reason": or_null(text("理由")),
    }
)
_RUNNING = (Colour.RED, Colour.YELLOW, Colour.GREEN)
_TOTALS = group({colour.value: whole_number(colour.label) for colour in _RUNNING})
SCHEMAS: dict[str, Schema] = {
    "Ticket": TICKET,
    "Changes": CHANGES,
    "Firing": group(
        {**REASON["properties"], "facts": {"type": "object", "title": "计算依据"}}, "触发的规则"
    ),
    "HistoryRow": group(
        {
            "seq": whole_number("序号"),
            "action": text("办理动作"),
            "actor": text("办理人"),
            "unit": text("单位"),
            "at": a_moment("时间"),
            "before": text("办理前状态"),
            "after": text("办理后状态"),
            "reason": text("理由或意见"),
            "digest": text("摘要"),
        },
        "办理记录",
    ),
    "AvailableAction": group(
        {
            "action": text("动作"),
            "label": text("名称"),
            "fields": array(
                group(
                    {
                        "name": text("字段"),
                        "type": text("类型"),
                        "required": flag("必填"),
                        "choices": array(text("可选值"), "可选值"),
                        "label": text("名称"),
                    }
                ),
                "字段",
            ),
        },
        "可办动作",
    ),
    "Evidence": group(
        {
            "id": whole_number("标识"),
            "kind": one_of("类别", EvidenceKind),
            "version": whole_number("版本"),
            "name": text("文件名"),
            "size": whole_number("字节数"),
            "sha256": text("摘要"),
            "taken_at": or_null(text("拍摄时间(相机本地时间)")),
            "uploaded_at": a_moment("上传时间"),
            "by": text("上传人"),
            "flags": array(ref("Flag"), "疑点,只对审核人员显示"),
        },
        "佐证材料",
    ),
    "Reading": READING,
    "ComplaintOriginal": COMPLAINT_ORIGINAL,
    "Flag": group(
        {
            "kind": one_of("疑点", FlagKind),
            "with": {"title": "与哪份材料或事项"},
            "because": text("原因"),
            "ruling": or_null(text("认定")),
        },
        "疑点",
    ),
    "Board": BOARD,
    "Unit": group(
        {
            "code": text("代码"),
            "name": text("名称"),
            "short_name": text("简称"),
            "kind": text("类别"),
            "region": text("行政区域"),
        },
        "单位",
    ),
    "Notice": group(
        {
            "id": whole_number("标识"),
            "version": whole_number("版本,即 ETag"),
            "kind": one_of("种类", NoticeKind),
            "status": one_of("状态", NoticeStatus),
            "number": or_null(text("文号")),
            "title": text("标题"),
            "issues": array(text("编号"), "所涉事项"),
            "trigger": text("起因"),
            "unit": text("主送单位"),
            "signed_on": or_null(a_day("签发日期")),
            "sign_due": or_null(a_day("签收期限")),
            "reply_due": or_null(a_day("答复期限")),
            "acknowledged_at": or_null(a_moment("签收时间")),
            "replied_at": or_null(a_moment("答复时间")),
            "sha256": or_null(text("签发件摘要")),
        },
        "督办文书",
    ),
    "Lookback": group(
        {
            "number": text("编号"),
            "planned_on": a_day("计划日期"),
            "why": text("起因"),
            "done_on": or_null(a_day("完成日期")),
            "result": or_null(one_of("结果", LookbackResult)),
        },
        "回头看",
    ),
    "Instruction": INSTRUCTION,
    "CovertNote": COVERT_NOTE,
    "Round": group(_ROUND, "调度"),
    "RoundWhole": group(_ROUND | {"items": array(_ROUND_ITEM)}, "调度及各件研判"),
    "Complainant": {
        "type": "object",
        "title": "举报人(严格保密)",
        "properties": {
            "name": text("姓名"),
            "phone": text("电话"),
            "address": text("地址"),
            "note": text("说明"),
        },
        "additionalProperties": False,
    },
    "Policy": {
        "type": "object",
        "title": "规则",
        "properties": {
            "number": whole_number("版本"),
            "name": text("名称"),
            "effective_from": or_null(a_day("生效之日")),
        },
        "required": ["number", "name", "effective_from"],
        "additionalProperties": True,
    },
    "Comparison": group(
        {
            "on": a_day("按哪一天比较"),
            "changes": array(
                group(
                    {
                        "number": text("编号"),
                        "from": one_of("现在的颜色", _RUNNING),
                        "to": one_of("改后的颜色", _RUNNING),
                        "rules": array(one_of("规则", Rule), "使其变色的规则"),
                    }
                ),
                "会变色的事项",
            ),
            "totals": group({"from": _TOTALS, "to": _TOTALS}, "办理中事项的合计"),
        },
        "试算结果",
    ),
    "Problem": group(
        {
            "type": text("类别"),
            "title": text("概括"),
            "status": whole_number("状态码"),
            "detail": text("说明"),
            "errors": {
                "type": "object",
                "title": "各字段的错误",
                "additionalProperties": array(text("说明")),
            },
        },
        "不能办理",
    ),
}
SCHEMAS["Evidence"]["required"].remove("flags")
SCHEMAS["Problem"]["properties"]["reference"] = text("故障编号")
