"""What each act on a notice asks for; drawn and checked like the acts on a ticket."""

from dataclasses import replace

from issues.act_fields import GROUND, REASON, Field, optional
from issues.act_fields.field import COMING
from issues.models import Notice
from issues.notices.demanded import fields_of_answer
from issues.notices.kinds import MINUTES
from issues.notices.kinds.own.secrecy import MARKS
from issues.notices.receipts.points import RETURNED
from issues.vocabulary import NoticeAct, NoticeKind

URGENCIES = (("特急", "特急"), ("加急", "加急"), ("无", "不标注"))
OUTCOMES = (("returned", "退回整改"), ("closed", "销号"), ("lifted", "摘牌"))
NO_URGENCY = "无"
FORMS = (("bulletin", "通报"), ("report", "专报"))
REVIEW, COSIGN = "review", "cosign"
STEPS = ((REVIEW, "核稿"), (COSIGN, "会签"))
AGREED = (("yes", "同意"), ("no", "不同意"))

_DEMAND = (
    optional("text", "long_text", "要求", limit=500),
    optional("due", "date", "完成时限", when=COMING),
)
_WORDS = (
    optional("title", "text", "标题", limit=120, hint="不填则按事项自动拟定，排版不超过三行"),
    optional("urgency", "choice", "紧急程度", choices=URGENCIES),
    optional("basis", "long_text", "依据", hint="每行一件", limit=1000),
    optional("demands", "rows", "督办要求", fields=_DEMAND),
    optional("consequence", "long_text", "逾期后果", limit=500, hint="不填则用本类文书的固定表述"),
    optional("copies", "long_text", "抄送", hint="每行一个单位或姓名", limit=1000),
    optional("contact_name", "text", "联系人", limit=40),
    optional("contact_phone", "text", "联系电话", limit=40),
)
_ANNEX = (
    Field("title", "text", "附件标题", limit=80, asks="请填写附件标题"),
    Field("text", "long_text", "附件内容", limit=8000, asks="请填写附件内容"),
)
_SENT = (
    optional(
        "recipients", "units", "主送单位",
        hint="不选则按种类确定；选几个单位时写在一件上，各自签收",
    ),
    optional(
        "addressees", "long_text", "系统外的主送机关", limit=600,
        hint="如上级机关、司法机关，每行一个，写全称",
    ),
    optional(
        "annexes", "rows", "自拟附件", fields=_ANNEX,
        hint="排在按模板生成的附件之后；内容每行一段，用“｜”或制表符隔开的行排成表格，第一行为表头",
    ),
    optional(
        "partners", "long_text", "联合行文机关", limit=400,
        hint="每行一个，只能是“设置”页“联合行文机关”所列；本机关为主办，各机关会签同意后才能签发",
    ),
)  # fmt: skip
_SECRET = (
    optional(
        "secrecy", "choice", "密级", choices=tuple(MARKS.items()),
        hint="涉及国家秘密的内容不得在非涉密系统中处理；标注后公开验真页不显示标题",
    ),
    optional("secrecy_term", "text", "保密期限", limit=10, hint="如1年、6个月、长期"),
    optional("copy_number", "text", "份号", limit=6, hint="6位数字，如000001"),
)  # fmt: skip
_OPINION = (
    Field("step", "choice", "环节", choices=STEPS),
    optional("organ", "text", "单位", limit=60, hint="联合行文会签填写联署机关全称"),
    Field("name", "text", "姓名", limit=40),
    Field("on", "date", "日期"),
    Field("agreed", "choice", "意见", choices=AGREED),
    optional("text", "long_text", "意见内容", limit=500),
)
OWED_AGAIN = Field("due", "date", "重新答复时限", when=COMING)
_TASK = (
    Field("text", "long_text", "议定事项", limit=500),
    optional("unit", "unit", "责任单位", hint="不填为主责单位"),
    Field("due", "date", "完成时限"),
)
_MEETING = (
    optional("meeting_on", "date", "会议日期"),
    optional("meeting_time", "text", "会议时间", limit=40),
    optional("meeting_place", "text", "会议地点", limit=80),
    optional("meeting_host", "text", "主持人", limit=80),
    optional("minutes_present", "names", "出席人员", hint="写单位和姓名，用顿号隔开"),
    optional("minutes_absent", "names", "请假人员"),
    optional("minutes_observers", "names", "列席人员"),
    optional("minutes_points", "long_text", "会议情况", hint="每行一段", limit=5000),
    optional("minutes_statement", "long_text", "单位表态", limit=2000),
    optional(
        "minutes_tasks", "rows", "议定事项", fields=_TASK,
        hint="签发后可在本页列入事项的整改措施",
    ),
)  # fmt: skip
_SUBJECT = optional("subject", "text", "事由", limit=80, hint="写在标题“关于……”之后，不填则按事项")
_BODY = optional(
    "body", "long_text", "正文", limit=20_000,
    hint="每行一段，以“一、”“（一）”“1.”开头的行按层次排，序号自动编；结尾语由模板加",
)  # fmt: skip
_REPLY_DUE = optional("reply_due", "date", "反馈时限", hint="不填则按规则推算", when=COMING)
_REPLY_ASKED = optional("reply_due", "date", "反馈时限", hint="需要对方答复的填写", when=COMING)
_OF_KIND = {
    NoticeKind.N4: (
        optional("meeting_on", "date", "约谈日期", when=COMING),
        optional("meeting_time", "text", "约谈时间", limit=40),
        optional("meeting_place", "text", "约谈地点", limit=80),
        optional("meeting_host", "text", "约谈人", limit=80),
        optional("meeting_attendees", "names", "参加人员"),
    ),
    NoticeKind.N5: (
        optional("form", "choice", "文书形式", choices=FORMS, hint="专报报送上级，没有主送单位"),
    ),
    NoticeKind.N6: (_REPLY_DUE,),
    NoticeKind.N7: (
        optional(
            "clue_source", "long_text", "线索来源", hint="如现场核查、群众举报、审计移送", limit=500
        ),
        optional("clue_subjects", "long_text", "涉及的单位和人员", limit=500),
        optional("clue_text", "long_text", "移交的线索", hint="只写发现的事实，不作责任认定"),
        optional("clue_proofs", "long_text", "移交材料", hint="每行一件"),
        _REPLY_DUE,
    ),
    NoticeKind.N8: (
        optional("outcome_what", "choice", "通知事项", choices=OUTCOMES),
        optional("outcome_reason", "long_text", "理由", limit=1000),
    ),
    NoticeKind.N9: (_SUBJECT, _BODY, *_MEETING, _REPLY_ASKED),
}
_OF_MINUTES = frozenset(field.name for field in _MEETING)
_NOT_OF_MINUTES = frozenset({"body", "reply_due", "partners", "urgency"})
_UNASKED = frozenset({"demands", "consequence", "basis"})
"""What no paper of a person's own words (N9) is asked for."""


SEEN = optional(
    "paper", "text", "所见文书的校验值", limit=64, hint="与现在的文书不一致时不签发；不填则不核对"
)
"""What a confirming page carries along: the digest of the very paper that it shows."""
CONFIRMED = optional(
    "confirmed", "names", "已确认与记录不同之处", hint="每处的确认码，见文书各段；有未确认的不签发"
)
"""The departures from the record that the signer confirmed, each by its token."""
OF_SIGNING = frozenset({SEEN.name, CONFIRMED.name})
"""What is sent along with a signing and is no word of the paper."""


def fields_of(act: NoticeAct, kind: NoticeKind) -> tuple[Field, ...]:
    """Signing takes the words of an edit as well: they are signed in the same act."""
    words = (*_WORDS, *_OF_KIND.get(kind, ()), *_SENT, *_SECRET)
    if kind is NoticeKind.N9:
        own = _OF_KIND[kind]
        words = (*own, *(one for one in words if one.name not in _UNASKED and one not in own))
    if act is NoticeAct.EDIT:
        return words
    if act is NoticeAct.SIGN:
        return (*words, SEEN, CONFIRMED)
    return {
        NoticeAct.VOID: (REASON,),
        NoticeAct.ACKNOWLEDGE: (
            Field("name", "text", "签收人", limit=40),
            Field("phone", "text", "联系电话", limit=40),
        ),
        NoticeAct.REPLY: fields_of_answer(kind),
        NoticeAct.OPINE: _OPINION,
        NoticeAct.RETURN_REPLY: (
            Field("reason", "long_text", "退回理由", limit=1000),
            OWED_AGAIN,
            GROUND,
            RETURNED,
        ),
    }.get(act, ())


def fields_for(act: NoticeAct, notice: Notice) -> tuple[Field, ...]:
    """Of one notice: a centre's 通报 is no 专报 and becomes none."""
    found = fields_of(act, notice.kind)
    if notice.kind is NoticeKind.N9 and act in {NoticeAct.EDIT, NoticeAct.SIGN}:
        is_minutes = notice.facts.get("form") == MINUTES
        out = _NOT_OF_MINUTES if is_minutes else _OF_MINUTES
        found = tuple(field for field in found if field.name not in out)
    if act is NoticeAct.OPINE and (partners := notice.facts.get("partners")):
        choices = tuple((name, name) for name in partners)
        found = tuple(
            replace(one, type="choice", choices=choices) if one.name == "organ" else one
            for one in found
        )
    return found if notice.centre_id is None else tuple(f for f in found if f.name != "form")
