"""What each act on a notice asks for; drawn and checked like the acts on a ticket."""

from issues.act_fields import GROUND, REASON, Field, optional
from issues.models import Notice
from issues.notices.demanded import fields_of_answer
from issues.vocabulary import NoticeAct, NoticeKind

URGENCIES = (("特急", "特急"), ("加急", "加急"), ("无", "不标注"))
OUTCOMES = (("returned", "退回整改"), ("closed", "销号"), ("lifted", "摘牌"))
NO_URGENCY = "无"
FORMS = (("bulletin", "通报"), ("report", "专报"))

_DEMAND = (
    optional("text", "long_text", "要求", limit=500),
    optional("due", "date", "完成时限"),
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
_REPLY_DUE = optional("reply_due", "date", "反馈时限", hint="不填则按规则推算")
_OF_KIND = {
    NoticeKind.N4: (
        optional("meeting_on", "date", "约谈日期"),
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
        optional("clue_text", "long_text", "移交的线索"),
        optional("clue_proofs", "long_text", "移交材料", hint="每行一件"),
        _REPLY_DUE,
    ),
    NoticeKind.N8: (
        optional("outcome_what", "choice", "通知事项", choices=OUTCOMES),
        optional("outcome_reason", "long_text", "理由", limit=1000),
    ),
}


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
    words = (*_WORDS, *_OF_KIND.get(kind, ()))
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
        NoticeAct.RETURN_REPLY: (
            Field("reason", "long_text", "退回理由", limit=1000),
            Field("due", "date", "重新答复时限"),
            GROUND,
        ),
    }.get(act, ())


def fields_for(act: NoticeAct, notice: Notice) -> tuple[Field, ...]:
    """Of one notice: a centre's 通报 is no 专报 and becomes none."""
    found = fields_of(act, notice.kind)
    return found if notice.centre_id is None else tuple(f for f in found if f.name != "form")
