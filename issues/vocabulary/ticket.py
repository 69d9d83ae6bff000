"""Words of a ticket: its source, kind, status and the acts on it."""

from issues.vocabulary.word import Word


class Source(Word):
    """Where a problem was found (docs/rules.md)."""

    YD = "YD", "中央督察反馈"
    YX = "YX", "中央督察信访"
    SD = "SD", "省级督察反馈"
    SX = "SX", "省级督察信访"
    ZH = "ZH", "省级督察专函"
    JS = "JS", "警示片及长江经济带"
    AF = "AF", "市级暗访督导"
    ZC = "ZC", "自查发现"
    YG = "YG", "遥感线索"
    LD = "LD", "绿盾"
    RX = "RX", "12345热线"
    MT = "MT", "媒体曝光"
    GZ = "GZ", "年度工作要点"
    QT = "QT", "其他"


INSPECTION_SOURCES = frozenset({Source.YD, Source.SD, Source.ZH, Source.JS})
COMPLAINT_SOURCES = frozenset({Source.YX, Source.SX})


class ProblemType(Word):
    AIR = "大气", "大气"
    WATER = "水", "水"
    SOIL = "土壤", "土壤"
    NOISE = "噪声", "噪声"
    ECOLOGY = "生态", "生态"
    WASTE = "固废", "固废"
    RADIATION = "辐射", "辐射"
    OTHER = "其他", "其他"


class Truth(Word):
    """What looking into a complaint found of it."""

    FOUNDED = "founded", "属实"
    MOSTLY = "mostly", "基本属实"
    PARTLY = "partly", "部分属实"
    UNFOUNDED = "unfounded", "不属实"


class Status(Word):
    """Where a ticket stands (docs/rules.md)."""

    DRAFT = "draft", "待交办"
    ASSIGNED = "assigned", "待签收"
    PLANNING = "planning", "待报方案"
    PLAN_REVIEW = "plan_review", "方案待审"
    RECTIFYING = "rectifying", "整改中"
    FIRST_ACCEPTANCE = "first_acceptance", "待初验"
    SITE_CHECK = "site_check", "待核查"
    APPROVAL = "approval", "待审定"
    PUBLICITY = "publicity", "公示中"
    CLOSED = "closed", "已销号"
    STANDING = "standing", "已销号·长期坚持"
    MERGED = "merged", "已并案"
    WITHDRAWN = "withdrawn", "已撤销"
    TAKEN_BACK = "taken_back", "随导入撤回"


ENDED = frozenset({Status.CLOSED, Status.MERGED, Status.WITHDRAWN, Status.TAKEN_BACK})
OPEN = frozenset(Status) - ENDED - {Status.DRAFT}
OFF_BOARD = frozenset({Status.DRAFT, Status.MERGED, Status.WITHDRAWN, Status.TAKEN_BACK})
STRUCK_OFF = frozenset({Status.CLOSED, Status.STANDING})
UNPLANNED = frozenset({Status.DRAFT, Status.ASSIGNED, Status.PLANNING, Status.PLAN_REVIEW})
"""Where no plan is approved yet: its measures colour nothing."""
WORKED_ON = frozenset({Status.RECTIFYING, Status.STANDING})
"""Where progress is reported."""
IN_CHECKING = frozenset(
    {Status.FIRST_ACCEPTANCE, Status.SITE_CHECK, Status.APPROVAL, Status.PUBLICITY}
)


class DeadlineKind(Word):
    FIXED = "fixed", "限期完成"
    IMMEDIATE = "immediate", "立行立改"
    STANDING = "standing", "长期坚持"
    FIXED_THEN_STANDING = "fixed_then_standing", "限期完成，长期坚持"
    IMMEDIATE_THEN_STANDING = "immediate_then_standing", "立行立改，长期坚持"
    BY_MEASURES = "by_measures", "按序时进度"


LASTING = frozenset(
    {
        DeadlineKind.STANDING,
        DeadlineKind.FIXED_THEN_STANDING,
        DeadlineKind.IMMEDIATE_THEN_STANDING,
    }
)


class Action(Word):
    """Acts on a ticket (docs/rules.md). The label is what the button says."""

    REGISTER = "register", "登记问题"
    IMPORT = "import", "导入台账"
    EDIT = "edit", "修改草稿"
    ASSIGN = "assign", "交办"
    ACKNOWLEDGE = "acknowledge", "签收"
    DECLINE = "decline", "申请改派"
    SUBMIT_PLAN = "submit_plan", "报送整改方案"
    APPROVE_PLAN = "approve_plan", "通过方案"
    RETURN_PLAN = "return_plan", "退回方案"
    REPORT_PROGRESS = "report_progress", "填报进展"
    CONFIRM_PROGRESS = "confirm_progress", "确认进展"
    RETURN_PROGRESS = "return_progress", "退回填报"
    REQUEST_EXTENSION = "request_extension", "申请延期"
    GRANT_EXTENSION = "grant_extension", "同意延期"
    REFUSE_EXTENSION = "refuse_extension", "不同意延期"
    REQUEST_ACCEPTANCE = "request_acceptance", "申请验收"
    PASS_FIRST_ACCEPTANCE = "pass_first_acceptance", "初验通过"
    RETURN_ACCEPTANCE = "return_acceptance", "初验退回"
    RECORD_SITE_CHECK = "record_site_check", "登记现场核查"
    PROCEED = "proceed", "仍予推进"
    APPROVE_CLOSURE = "approve_closure", "同意公示销号"
    RETURN_CLOSURE = "return_closure", "退回整改"
    RECORD_OBJECTION = "record_objection", "登记异议"
    UPHOLD_OBJECTION = "uphold_objection", "异议成立"
    DISMISS_OBJECTION = "dismiss_objection", "异议不成立"
    CLOSE = "close", "销号"
    INTERIM_CLOSE = "interim_close", "阶段性办结"
    RECORD_LOOKBACK = "record_lookback", "登记回头看"
    PLAN_LOOKBACK = "plan_lookback", "安排回头看"
    REOPEN = "reopen", "重新整改"
    RECORD_EXPOSURE = "record_exposure", "登记通报曝光"
    RECORD_FINDING = "record_finding", "认定虚假或反弹"
    RECORD_OUTCOME = "record_outcome", "登记查处情况"
    RAISE_CARD = "raise_card", "挂牌"
    LIFT_CARD = "lift_card", "摘牌"
    DELEGATE = "delegate", "交县级督办"
    RECALL = "recall", "收回县级督办"
    HAND_TASK = "hand_task", "交办任务"
    ANSWER_TASK = "answer_task", "答复任务"
    CONFIRM_TASK = "confirm_task", "确认任务"
    RETURN_TASK = "return_task", "退回任务"
    PROPOSE_CARD = "propose_card", "建议挂牌"
    WITHDRAW_PROPOSAL = "withdraw_proposal", "撤回挂牌建议"
    DECLINE_PROPOSAL = "decline_proposal", "不采纳挂牌建议"
    AMEND = "amend", "调整事项"
    COMMENT = "comment", "留言"
    INSTRUCT = "instruct", "批示"
    REPLY_INSTRUCTION = "reply_instruction", "答复批示"
    LINK = "link", "关联事项"
    UNLINK = "unlink", "解除关联"
    MERGE = "merge", "并案"
    WITHDRAW = "withdraw", "撤销"
    UPLOAD = "upload", "上传佐证材料"
    REPLACE = "replace", "更新佐证材料"


class TaskState(Word):
    """Where a task stands that a county handed on."""

    OPEN = "open", "待答复"
    ANSWERED = "answered", "待确认"
    CONFIRMED = "confirmed", "已确认"
    ENDED = "ended", "随收回结束"


class ProposalState(Word):
    """What became of a county's proposal to list a ticket."""

    WAITING = "waiting", "待答复"
    LISTED = "listed", "已挂牌"
    DECLINED = "declined", "未采纳"
    WITHDRAWN = "withdrawn", "已撤回"
    ENDED = "ended", "随收回或办结结束"


class LinkKind(Word):
    """What a person said two tickets are to each other."""

    SAME_PROBLEM = "same_problem", "同一问题"
    RELATED = "related", "相关问题"


GRAVE = frozenset(
    {
        Action.CLOSE, Action.MERGE, Action.WITHDRAW, Action.REOPEN, Action.RAISE_CARD,
        Action.LIFT_CARD, Action.RECORD_EXPOSURE, Action.RECORD_FINDING, Action.APPROVE_CLOSURE,
        Action.UPHOLD_OBJECTION, Action.RETURN_CLOSURE, Action.PROCEED,
    }
)  # fmt: skip
