"""Words of proof, of checking it, and of the targets it is held against."""

from enum import Enum

from issues.vocabulary.ticket import Action
from issues.vocabulary.word import Word


class Made(Enum):
    """When a file is rightly made, against the work and the unit's word that it is finished."""

    ANY_TIME = "any time"
    AT_WORK = "while the work goes on"
    ONCE_FINISHED = "once it is finished, before acceptance is asked for"
    IN_CHECKING = "after acceptance is asked for"


_TOLD = (Action.REPORT_PROGRESS, Action.ANSWER_TASK)
"""The acts by which a unit says what it has done."""


class EvidenceKind(Word):
    """In the order of every list: upload, checklist, files of a ticket.

    `made`: what the checklist may ask for and which date contradicts the unit's word follow from
    it. `sent_with`: the acts whose own form takes such files.
    """

    made: Made
    sent_with: tuple[Action, ...]

    def __init__(
        self, _code: str, _label: str = "", made: Made = Made.ANY_TIME, *sent_with: Action
    ) -> None:
        self.made, self.sent_with = made, sent_with

    PLAN = "plan", "整改方案", Made.ANY_TIME
    BEFORE = "before", "整改前照片", Made.ANY_TIME
    DURING = "during", "整改中照片", Made.AT_WORK, *_TOLD
    AFTER = "after", "整改后照片", Made.AT_WORK, *_TOLD
    COMPLETION = "completion", "完工资料", Made.AT_WORK, *_TOLD
    MONITORING = "monitoring", "监测报告", Made.ONCE_FINISHED, Action.REPORT_PROGRESS
    SIMILAR = "similar", "举一反三清单", Made.ANY_TIME
    MECHANISM = "mechanism", "长效机制", Made.ANY_TIME
    REVISIT = "revisit", "群众回访", Made.ONCE_FINISHED
    PENALTY = "penalty", "处罚材料", Made.ANY_TIME
    ACCEPTANCE = "acceptance", "验收意见", Made.IN_CHECKING
    PUBLICITY = "publicity", "公示材料", Made.IN_CHECKING
    CONCLUSION = "conclusion", "上级结论或批准文件", Made.IN_CHECKING
    SITE_CHECK = (
        "site_check", "现场核查资料", Made.IN_CHECKING,
        Action.RECORD_SITE_CHECK, Action.RECORD_LOOKBACK,
    )  # fmt: skip
    KEEPER_VISIT = "keeper_visit", "包保查看照片", Made.ANY_TIME
    OTHER = "other", "其他", Made.ANY_TIME, *_TOLD


class FlagKind(Word):
    SAME_BYTES = "same_bytes", "与其他事项文件相同"
    NEAR_IDENTICAL = "near_identical", "与其他照片高度相似"
    TAKEN_BEFORE_ASSIGNMENT = "taken_before_assignment", "拍摄早于交办"
    TAKEN_AFTER_FINISH = "taken_after_finish", "拍摄晚于申报完成"
    FAR_FROM_PLACE = "far_from_place", "拍摄地点偏离点位"
    LAST_MINUTE = "last_minute", "临期集中上传"
    FINISH_BEFORE_WORK = "finish_before_work", "申报完成早于施工"
    EDITED_BY_SOFTWARE = "edited_by_software", "经软件编辑"
    REPEATED_TEXT = "repeated_text", "进展描述雷同"
    ODD_END = "odd_end", "文件结尾异常"


class Ruling(Word):
    """What a reviewer found of a flag."""

    UPHELD = "upheld", "属实"
    DISMISSED = "dismissed", "排除"


class Conclusion(Word):
    """What a site check finds, of a ticket or of one measure."""

    PASS = "pass", "核查通过"
    RETURN = "return", "退回整改"
    FAKE = "fake", "虚假整改"


class LookbackResult(Word):
    PASS = "pass", "核查通过"
    RELAPSE = "relapse", "整改反弹"
    FAKE = "fake", "虚假整改"


class ReturnCode(Word):
    NOT_DONE = "1", "措施未完成"
    NOT_PUNISHED = "2", "违法行为未查处"
    BELOW_NORM = "3", "效果未达标"
    NOT_EXTENDED = "4", "举一反三不到位"
    NO_MECHANISM = "5", "长效机制未建立"
    UNPROVEN = "6", "佐证缺失或无法核实"
    DISSATISFIED = "7", "群众不满意"


class ReturnGround(Word):
    """Why a form is given back: how it is written, or what it says."""

    FORM = "form", "形式"
    SUBSTANCE = "substance", "实质"


class Satisfaction(Word):
    """What who complained says of the outcome when called back."""

    SATISFIED = "satisfied", "满意"
    FAIRLY = "fairly", "基本满意"
    DISSATISFIED = "dissatisfied", "不满意"
    UNSAID = "unsaid", "不评价"


class CallbackProposal(Word):
    """What a call-back proposes; a person does it by its own act, or does not."""

    RECHECK = "recheck", "复核"
    LOOKBACK = "lookback", "回头看"


class Standard(Word):
    """The five standards of closure."""

    DONE = "1", "整改措施全部完成"
    PUNISHED = "2", "违法行为已查处或不存在违法行为"
    EFFECTIVE = "3", "整改效果符合法律和标准规范"
    EXTENDED = "4", "举一反三已完成"
    LASTING = "5", "长效机制已建立"


class Sense(Word):
    """On which side of its value a target holds. `sign` is how a page writes it."""

    sign: str

    def __init__(self, _code: str, _label: str = "", sign: str = "") -> None:
        self.sign = sign

    GE = "ge", "不低于", "≥"
    GT = "gt", "大于", "＞"
    LE = "le", "不超过", "≤"
    LT = "lt", "小于", "＜"


class Nature(Word):
    """How a target is judged: by what has come together, by where it stands, by every reading."""

    COUNT = "count", "累计完成"
    LEVEL = "level", "达到水平"
    KEEP = "keep", "持续保持"


class TargetState(Word):
    MET = "met", "已达标"
    NOT_MET = "not_met", "未达标"
    UNKNOWN = "unknown", "无读数"


class PointState(Word):
    """How a target of the year's programme stands: a count may be short of it and on its line."""

    MET = "met", "已达标"
    ON_LINE = "on_line", "按序时推进"
    NOT_MET = "not_met", "未达标"
    UNKNOWN = "unknown", "无读数"
