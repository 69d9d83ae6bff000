"""Words of the scores: what a point is booked for, in which half it counts, what became of it."""

from issues.vocabulary.word import Word


class ScoreHalf(Word):
    """The two halves of a unit's hundred points."""

    PROCESS = "process", "过程分"
    RESULT = "result", "结果分"


class ScoreRule(Word):
    """What a point is booked for. `half`: where it counts; `sign`: whether it is lost or won."""

    half: ScoreHalf
    sign: int

    def __init__(
        self, _code: str, _label: str = "", half: ScoreHalf = ScoreHalf.PROCESS, sign: int = -1
    ) -> None:
        self.half, self.sign = half, sign

    SECOND_YELLOW = "second_yellow", "再次挂黄牌", ScoreHalf.PROCESS
    RED = "red", "挂红牌", ScoreHalf.PROCESS
    REPORT_MISSED = "report_missed", "漏报进展", ScoreHalf.PROCESS
    REPLY_LATE = "reply_late", "逾期答复督办", ScoreHalf.PROCESS
    FAKE = "fake", "虚假整改", ScoreHalf.RESULT
    RELAPSE = "relapse", "整改反弹", ScoreHalf.RESULT
    OVERDUE = "overdue", "逾期未完成整改", ScoreHalf.RESULT
    RETURNED = "returned", "验收核查退回", ScoreHalf.RESULT
    TARGET_MISSED = "target_missed", "目标到期未达标", ScoreHalf.RESULT
    EARLY = "early", "提前销号且一次通过", ScoreHalf.RESULT, 1


class ScoreShare(Word):
    """As what a unit bears its part of a point."""

    PRIMARY = "primary", "主责"
    LEAD = "lead", "牵头"
    COUNTY = "county", "属地县（区）"
    LINE = "line", "条线"


class ScoreState(Word):
    """What became of a booked point."""

    BOOKED = "booked", "已记分"
    APPEALED = "appealed", "申诉待裁定"
    UPHELD = "upheld", "申诉成立，分值已恢复"
    REJECTED = "rejected", "申诉不成立"


class EntryKind(Word):
    """Why an entry stands in the book of a unit."""

    BOOKING = "booking", "记分"
    CORRECTION = "correction", "据实更正"
    RESTORED = "restored", "申诉恢复"


class ScoreAct(Word):
    """An act on the scores, as its history names it."""

    BOOK = "book", "核算记分"
    APPEAL = "appeal", "申诉"
    UPHOLD = "uphold", "裁定申诉成立"
    REJECT = "reject", "裁定申诉不成立"
    PUBLISH = "publish", "公布季度得分"
    SIGN_SHEET = "sign_sheet", "签发得分单"
