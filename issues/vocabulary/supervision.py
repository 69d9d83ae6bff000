"""Words of supervision: colours, rules, notices, exposures."""

from issues.vocabulary.word import Word


class Colour(Word):
    """In the order they stand in everywhere. `shape` is drawn beside the word, never colour alone.

    `counted` is what a tally calls it.
    """

    shape: str
    counted: str

    def __init__(self, code: str, _label: str = "", shape: str = "", counted: str = "") -> None:
        self.shape, self.counted = shape, counted or code

    RED = "red", "红", "●"
    YELLOW = "yellow", "黄", "▲"
    GREEN = "green", "绿", "■"
    GREY = "grey", "已销号", "◇", "closed"


CARDS = (Colour.RED, Colour.YELLOW)
RUNNING = (*CARDS, Colour.GREEN)
"""The colours of what is not struck off."""
WORST_FIRST = tuple(Colour)
"""The order of colours where it is counted in places."""


class Rule(Word):
    """The fifteen rules (docs/rules.md)."""

    Y1 = "Y1", "临期"
    Y2 = "Y2", "滞后"
    Y3 = "Y3", "节点逾期"
    Y4 = "Y4", "漏报"
    Y5 = "Y5", "验收退回"
    Y6 = "Y6", "督办未回应"
    Y7 = "Y7", "未达标"
    R1 = "R1", "逾期"
    R2 = "R2", "严重滞后"
    R3 = "R3", "节点严重逾期"
    R4 = "R4", "升级"
    R5 = "R5", "曝光"
    R6 = "R6", "虚假或反弹"
    R7 = "R7", "再次退回"
    R8 = "R8", "到期未达标"

    @property
    def colour(self) -> Colour:
        return Colour.RED if self.value.startswith("R") else Colour.YELLOW


class NoticeKind(Word):
    N0 = "N0", "交办通知"
    N1 = "N1", "提示函"
    N2 = "N2", "督办通知书（黄牌）"
    N3 = "N3", "督办通知书（红牌）"
    N4 = "N4", "约谈通知"
    N5 = "N5", "通报"
    N6 = "N6", "挂牌督办"
    N7 = "N7", "问责线索移交函"
    N8 = "N8", "退回销号摘牌通知"
    N9 = "N9", "其他公文"


class NoticeStatus(Word):
    DRAFT = "draft", "待签发"
    SIGNED = "signed", "已签发"
    VOID = "void", "已作废"


class NoticeAct(Word):
    """Acts on a notice. The label is what the button says."""

    DRAFT = "draft", "起草"
    EDIT = "edit", "修改"
    SIGN = "sign", "签发"
    VOID = "void", "作废"
    ACKNOWLEDGE = "acknowledge", "签收"
    REPLY = "reply", "答复"
    ACCEPT_REPLY = "accept_reply", "认可答复"
    RETURN_REPLY = "return_reply", "退回答复"
    OPINE = "opine", "登记意见"
    ADD_MEASURES = "add_measures", "列入整改措施"


class FindingResult(Word):
    FAKE = "fake", "虚假整改"
    RELAPSE = "relapse", "整改反弹"


class ExposureLevel(Word):
    PROVINCE = "province", "省级通报"
    STATE = "state", "国家通报"
    MEDIA_PROVINCE = "media_province", "省级主流媒体曝光"
    MEDIA_STATE = "media_state", "中央主流媒体曝光"


class AnswerState(Word):
    """What a unit says of one requirement of a paper: that it is done, or by which day it will."""

    DONE = "done", "已完成"
    BY = "by", "限期完成"
