"""What each act asks for: one table that draws the forms, answers the API and checks both.

Names and required fields are those of the API's contract, «Bodies of the acts».
"""

from issues.act_fields.field import Choices, Field, all_optional, optional
from issues.act_fields.ticket import AMENDED, DRAFT, MEASURE, OUTCOME, PLAN, TARGET, TARGETS
from issues.vocabulary import (
    CARDS,
    Action,
    Conclusion,
    ExposureLevel,
    FindingResult,
    LinkKind,
    LookbackResult,
    ReturnCode,
    ReturnGround,
    Standard,
)

__all__ = [
    "AMENDED", "CLEARANCE", "DRAFT", "FIELDS", "MEASURE", "OUTCOME", "PLAN", "REVOCATION", "TARGET",
    "TARGETS", "Choices", "Field", "fields_of", "optional",
]  # fmt: skip

NOTE = optional("note", "long_text", "备注")
REASON = Field("reason", "long_text", "理由")
CLEARANCE = (Field("user", "account", "授权给"), REASON, Field("until", "date", "有效至"))
"""What the head says of whom, so that they may read who complained of a ticket."""
REVOCATION = (Field("user", "account", "收回谁的授权"), REASON)
OPINION = optional("opinion", "long_text", "意见")
GROUND = optional(
    "ground", "choice", "退回属于", choices=tuple(ReturnGround.choices()),
    hint="形式：格式、签章、缺项等；实质：内容不实、不足。用于统计减负。",
)  # fmt: skip
CODE = Field("code", "choice", "退回原因", choices=tuple(ReturnCode.choices()))

_DATED_MEASURE = (
    Field("id", "integer", "措施"),
    optional("deadline", "date", "完成时限"),
    optional("deadline_text", "deadline", "时限（原文）", limit=120),
)
_REPORTED = (
    Field("id", "integer", "措施"),
    optional("reported", "decimal", "累计完成值"),
    optional("done", "flag", "已完成"),
)
_CHECKED = (
    Field("id", "integer", "措施"),
    Field("conclusion", "choice", "核查结论", choices=tuple(Conclusion.choices())),
)

_TASK = Field("task", "integer", "任务", asks="请选择任务")
_CARD = Field(
    "colour", "choice", "牌色", choices=tuple((card.value, f"{card.label}牌") for card in CARDS)
)
_WITH_REASON = (REASON,)
_WITH_OPINION = (OPINION,)
_RETURN = (CODE, REASON, GROUND)
_RETURN_FORM = (REASON, GROUND)

FIELDS: dict[Action, tuple[Field, ...]] = {
    Action.REGISTER: DRAFT,
    Action.EDIT: all_optional(DRAFT),
    Action.ASSIGN: (),
    Action.ACKNOWLEDGE: (),
    Action.DECLINE: _WITH_REASON,
    Action.SUBMIT_PLAN: (PLAN, TARGETS),
    Action.APPROVE_PLAN: _WITH_OPINION,
    Action.RETURN_PLAN: _RETURN_FORM,
    Action.REPORT_PROGRESS: (
        Field("text", "long_text", "进展情况"),
        optional("measures", "rows", "各项措施", fields=_REPORTED),
    ),
    Action.CONFIRM_PROGRESS: _WITH_OPINION,
    Action.RETURN_PROGRESS: _RETURN_FORM,
    Action.REQUEST_EXTENSION: (
        Field("cause", "long_text", "延期原因"),
        Field("progress", "long_text", "目前进展"),
        Field("deadline", "date", "申请延至"),
    ),
    Action.GRANT_EXTENSION: (OPINION, optional("document", "evidence", "上级批准文件")),
    Action.REFUSE_EXTENSION: _WITH_REASON,
    Action.REQUEST_ACCEPTANCE: (Field("text", "long_text", "完成情况说明"),),
    Action.PASS_FIRST_ACCEPTANCE: _WITH_OPINION,
    Action.RETURN_ACCEPTANCE: _RETURN,
    Action.RECORD_SITE_CHECK: (
        Field("at", "moment", "核查时间"),
        Field("place", "text", "核查地点", limit=500),
        optional("lon", "decimal", "经度", hint="手机定位的坐标，小数度"),
        optional("lat", "decimal", "纬度", hint="手机定位的坐标，小数度"),
        Field("inspectors", "names", "核查人员", hint="须有两名督察员，姓名用顿号隔开"),
        Field("conclusion", "choice", "核查结论", choices=tuple(Conclusion.choices())),
        Field("measures", "rows", "各项措施", fields=_CHECKED),
        Field("photos", "evidences", "现场照片"),
        optional("code", "choice", "退回原因", choices=CODE.choices),
        optional("reason", "long_text", "理由"),
    ),
    Action.PROCEED: _WITH_REASON,
    Action.APPROVE_CLOSURE: (
        Field("standards", "choices", "销号五项标准", choices=tuple(Standard.choices())),
        OPINION,
        optional("conclusion", "evidence", "上级结论文件"),
    ),
    Action.RETURN_CLOSURE: _RETURN,
    Action.RECORD_OBJECTION: (
        Field("who", "text", "异议人", limit=80),
        Field("text", "long_text", "异议内容"),
        Field("on", "date", "提出日期"),
    ),
    Action.UPHOLD_OBJECTION: _WITH_REASON,
    Action.DISMISS_OBJECTION: _WITH_REASON,
    Action.CLOSE: (),
    Action.INTERIM_CLOSE: (REASON, Field("measures", "rows", "其余措施", fields=_DATED_MEASURE)),
    Action.RECORD_LOOKBACK: (
        Field("result", "choice", "回头看结果", choices=tuple(LookbackResult.choices())),
        Field("at", "moment", "时间"),
        Field("place", "text", "地点", limit=500),
        Field("inspectors", "names", "督察员", hint="用顿号隔开"),
        Field("text", "long_text", "情况说明"),
    ),
    Action.PLAN_LOOKBACK: (
        Field("planned_on", "date", "计划日期"),
        Field("reason", "text", "起因", limit=80, hint="如群众反映异味、季节性排放"),
        optional("inspector", "account", "督察员"),
    ),
    Action.INSTRUCT: (
        Field("text", "long_text", "批示内容"),
        optional("unit", "unit", "办理单位", hint="不选为市环委办经办"),
        Field("due_on", "date", "办结期限"),
    ),
    Action.REPLY_INSTRUCTION: (Field("text", "long_text", "办理情况"),),
    Action.REOPEN: (REASON, Field("deadline", "date", "新的整改时限")),
    Action.RECORD_EXPOSURE: (
        Field("level", "choice", "级别", choices=tuple(ExposureLevel.choices())),
        Field("medium", "text", "文件或媒体", limit=120),
        Field("on", "date", "日期"),
        REASON,
        Field("document", "evidence", "证明材料"),
    ),
    Action.RECORD_FINDING: (
        Field("result", "choice", "认定结果", choices=tuple(FindingResult.choices())),
        Field("on", "date", "认定日期"),
        REASON,
        Field("document", "evidence", "证明材料"),
    ),
    Action.RECORD_OUTCOME: OUTCOME,
    Action.RAISE_CARD: (_CARD, REASON),
    Action.LIFT_CARD: (
        REASON,
        optional("report", "evidence", "主要负责人签字的报告"),
        optional("check", "evidence", "现场核查材料"),
    ),
    Action.DELEGATE: _WITH_REASON,
    Action.RECALL: _WITH_REASON,
    Action.HAND_TASK: (
        Field("unit", "unit", "承办单位"),
        Field("text", "long_text", "任务内容"),
        Field("due_on", "date", "办理期限"),
    ),
    Action.ANSWER_TASK: (
        _TASK,
        Field("text", "long_text", "办理情况"),
        optional("files", "evidences", "证明材料"),
    ),
    Action.CONFIRM_TASK: (_TASK, OPINION),
    Action.RETURN_TASK: (
        _TASK, REASON, optional("due_on", "date", "新的办理期限", hint="不填为原来的期限。"),
        GROUND,
    ),
    Action.PROPOSE_CARD: (_CARD, REASON),
    Action.WITHDRAW_PROPOSAL: _WITH_REASON,
    Action.DECLINE_PROPOSAL: _WITH_REASON,
    Action.AMEND: (Field("fields", "changes", "调整内容", fields=AMENDED), REASON),
    Action.COMMENT: (Field("text", "long_text", "留言"),),
    Action.LINK: (
        Field("to", "issue", "关联事项编号", hint="同一问题的，该事项为主事项，看板只计它的颜色。"),
        Field("kind", "choice", "关联类别", choices=tuple(LinkKind.choices())),
        REASON,
    ),
    Action.UNLINK: (Field("to", "issue", "关联事项编号"), REASON),
    Action.MERGE: (Field("into", "issue", "并入事项编号"), REASON),
    Action.WITHDRAW: _WITH_REASON,
}  # fmt: skip


def fields_of(action: Action) -> tuple[Field, ...]:
    """The fields of an act with the note that every act may take."""
    return (*FIELDS[action], NOTE) if action in FIELDS else (NOTE,)
