"""The fields a template may name: what each stands for and how it is read from the facts.

A text field stands inside a line; a block field is a line of its own and makes paragraphs; a
table stands in an 附件 line; a day may also be the day of a 要求.
"""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from issues.notices.kinds import board, demands, enclosures, minutes
from issues.notices.kinds.claims import made_by
from issues.notices.kinds.claims.ahead import next_step
from issues.notices.kinds.frame import Body, named, subject
from issues.notices.kinds.own import meetings, typed
from issues.notices.kinds.shape import NoticeFactsDoc
from issues.notices.kinds.situation import origin, set_assigned, set_situation
from issues.notices.kinds.wording import basis_of, day, formal, listed, sentence
from issues.notices.page.document import Attachment
from issues.vocabulary import NoticeKind

LATER = "另行通知"
DEMANDS, CONSEQUENCE = "督办要求", "逾期后果"
"""Block fields made from the template's own 要求 and 后果 where a person wrote none."""

Facts = NoticeFactsDoc


class TextField(NamedTuple):
    hint: str
    read: Callable[[Facts], str]


class DayField(NamedTuple):
    """`find` answers the ISO day, or nothing."""

    hint: str
    find: Callable[[Facts], str | None]


class BlockField(NamedTuple):
    hint: str
    put: Callable[[Body, Facts], None]


class TableField(NamedTuple):
    hint: str
    make: Callable[[Facts, str], Attachment | None]


def _part(facts: Mapping[str, Any], group: str, name: str) -> Any:
    return (facts.get(group) or {}).get(name)


def _group(group: str, name: str) -> Callable[[Facts], str]:
    return lambda facts: formal(_part(facts, group, name) or "")


def _count(name: str) -> Callable[[Facts], str]:
    return lambda facts: str(board.board_of(facts).get(name, 0))


def _cards(name: str) -> Callable[[Facts], str]:
    """Nothing where the board kept no cards."""
    return lambda facts: str(board.board_of(facts).get(name, ""))


def _source(facts: Facts) -> str:
    issues = facts["issues"]
    return origin(issues[0]) if len(issues) == 1 else ""


def _reason(group: str, name: str) -> Callable[[Facts], str]:
    def read(facts: Facts) -> str:
        text = _part(facts, group, name)
        return sentence(text) if text else ""

    return read


def _meeting_time(facts: Facts) -> str:
    meeting = facts.get("meeting") or {}
    on = day(meeting.get("on"))
    return f"{on}{formal(meeting.get('time') or '')}" if on else LATER


def _attendees(facts: Facts) -> str:
    return listed(map(formal, (facts.get("meeting") or {}).get("attendees") or [])) or LATER


def _or_later(group: str, name: str) -> Callable[[Facts], str]:
    read = _group(group, name)
    return lambda facts: read(facts) or LATER


def _report_due(facts: Facts) -> str | None:
    return (facts.get("meeting") or {}).get("report_due") or facts.get("reply_due")


GROUNDS: dict[str, tuple[str, ...]] = {
    NoticeKind.N1: ("已出现红色预警情形", "已出现黄色预警情形", "现挂红牌", "现挂黄牌"),
    NoticeKind.N2: (
        "已触发红牌督办情形", "已触发红色督办情形", "已触发黄牌督办情形", "已触发黄色督办情形",
    ),
    NoticeKind.N3: ("已触发红牌督办情形", "已触发红色督办情形"),
    NoticeKind.N4: ("推进不力",),
}  # fmt: skip
"""What a paper may be written upon, the gravest first. 牌 is a card, 色 a colour."""
_STEPS = (
    ("初验", "first_passed_on"), ("现场核查", "checked_on"), ("审定", "approved_on"),
    ("公示", "publicised_on"),
)  # fmt: skip


def _ground(facts: Facts) -> str:
    """By the reasons that the paper lists: not by a lighter one that it folds away."""
    listed_alone: Any = [
        issue | {"reasons": [one | {"within": []} for one in issue.get("reasons") or ()]}
        for issue in facts["issues"]
    ]
    facts = facts | {"issues": listed_alone}
    for words in GROUNDS.get(facts["kind"], ()):
        if not any(made.lacking(facts) for made in made_by(words)):
            return words
    return ""


def _steps(facts: Facts) -> str:
    """What every ticket went through before it was closed: 初验、现场核查和审定."""
    pasts = [issue.get("past") or {} for issue in facts["issues"]]
    done = [label for label, name in _STEPS if pasts and all(past.get(name) for past in pasts)]
    return "和".join(filter(None, (listed(done[:-1]), *done[-1:])))


def _site_check(facts: Facts) -> str:
    """Where the cards of this letter came off upon a site check that is on file."""
    on = _part(facts, "outcome", "on")
    lifts = [
        [one for one in (issue.get("past") or {}).get("lifts", ()) if one["on"] == on]
        for issue in facts["issues"]
    ]
    is_checked = lifts and all(any(one.get("is_checked") for one in of) for of in lifts)
    return "根据现场核查情况" if is_checked else ""


def _anchor(facts: Facts) -> str:
    """In groups, so that it can be read out and breaks between lines."""
    digest = board.board_of(facts).get("anchor", "")
    return " ".join(digest[place : place + 8] for place in range(0, len(digest), 8))


def _put_pressing(body: Body, facts: Facts) -> None:
    for text in board.pressing_told(facts):
        body.text(text)


TEXTS: dict[str, TextField] = {
    "事项": TextField("一件事项的问题名称；几件时为件数", lambda facts: subject(facts["issues"])),
    "事项名称": TextField("带编号和引号的事项名称，用在句中", named),
    "事项来源": TextField("来源、地点、主责和牵头单位；几件时为空", _source),
    "依据": TextField("本件的依据，以顿号相连", basis_of),
    "主送单位": TextField("主送机关全称", lambda facts: formal(facts.get("unit_name", ""))),
    "发文机关": TextField("发文机关全称", lambda facts: facts["issuer"]["name"]),
    "发文机关简称": TextField(
        "发文机关简称", lambda facts: facts["issuer"].get("short") or facts["issuer"]["name"]
    ),
    "反馈签字人": TextField(
        "由谁在反馈表上签字", lambda facts: formal(facts.get("reply_by") or "")
    ),
    "约谈时间": TextField("约谈的日期和时间，未定时为“另行通知”", _meeting_time),
    "约谈地点": TextField("约谈地点，未定时为“另行通知”", _or_later("meeting", "place")),
    "约谈人": TextField("约谈人，未定时为“另行通知”", _or_later("meeting", "host")),
    "参加人员": TextField("参加人员，未定时为“另行通知”", _attendees),
    "移交的线索": TextField("移交的线索", _reason("clue", "text")),
    "线索来源": TextField("移交函的线索来源", _reason("clue", "source")),
    "涉及对象": TextField("移交函涉及的单位和人员", _reason("clue", "subjects")),
    "公文事由": TextField("自拟文书的事由，未填时按事项", typed.subject_of),
    "会议概况": TextField("会议的时间、地点、主持人；没有日期时为空", typed.circumstances),
    "单位表态": TextField("会议纪要中单位的表态", meetings.statement),
    "理由": TextField("退回、销号或摘牌的理由", _reason("outcome", "reason")),
    "所摘的牌": TextField("红牌或黄牌", lambda facts: _group("outcome", "card")(facts) or "督办牌"),
    "督办情形": TextField("已触发的黄色、红色情形或现挂的牌；没有时为空", _ground),
    "下一步督办": TextField("逾期后的下一步：未挂牌为黄牌，已挂黄牌为红牌，以此类推", next_step),
    "完成要求": TextField(
        "“确保在整改时限内完成”；时限已过、没有时限、已申请验收时另有说法",
        demands.in_time,
    ),
    "所查原因": TextField("逾期原因、滞后原因；没有逾期、滞后时为空", demands.cause_asked),
    "应对措施": TextField("逾期、滞后时为“补救措施”，否则为“下一步措施”", demands.remedy_asked),
    "推进目标": TextField("逾期、滞后时为“赶上序时进度”，否则为“推进整改”", demands.catching_up),
    "推进不足": TextField("逾期后果中的条件，随有无逾期、滞后而不同", demands.not_caught_up),
    "未完成事项": TextField("“未完成事项”；已申请验收或者都已完成时为空", demands.undone),
    "销号经过": TextField("有记录的初验、现场核查、审定和公示；没有时为空", _steps),
    "核查情况": TextField("摘牌有现场核查材料的写明；没有时为空", _site_check),
    "问题总数": TextField("调度时清单内问题数", _count("total")),
    "红色数": TextField("显示红色的项数", _count("red")),
    "黄色数": TextField("显示黄色的项数", _count("yellow")),
    "绿色数": TextField("显示绿色的项数", _count("green")),
    "销号数": TextField("已销号项数", _count("closed")),
    "红牌数": TextField("正式挂红牌的项数，与颜色无关", _cards("red_cards")),
    "黄牌数": TextField("正式挂黄牌的项数，与颜色无关", _cards("yellow_cards")),
    "与上次相比": TextField("各色比上次调度增减；第一次调度为空", board.compared),
    "校验值": TextField("本次调度看板的校验值，八位一组", _anchor),
}
DAYS: dict[str, DayField] = {
    "签收时限": DayField("应签收的日期", lambda facts: facts.get("sign_due")),
    "反馈时限": DayField("应反馈的日期", lambda facts: facts.get("reply_due")),
    "约谈日期": DayField("约谈日期", lambda facts: (facts.get("meeting") or {}).get("on")),
    "约谈报告时限": DayField("约谈后报送报告的日期", _report_due),
    "办理日期": DayField("退回、销号或摘牌的日期", lambda f: (f.get("outcome") or {}).get("on")),
    "统计日期": DayField("调度看板的日期", lambda facts: board.board_of(facts).get("on")),
}
BLOCKS: dict[str, BlockField] = {
    "查明的情况": BlockField("来源、问题、目标、进展、督办事由、此前督办", set_situation),
    "交办事项": BlockField("来源、问题、目标和时限", set_assigned),
    "自拟正文": BlockField("草稿中填写的正文，按所写的“一、”“（一）”“1.”分层", typed.set_typed),
    "会议情况": BlockField("草稿中填写的会议情况，每行一段", typed.set_minutes_points),
    "议定事项": BlockField("草稿中填写的议定事项，逐项写明单位和时限", typed.set_minutes_tasks),
    "红黄色情况": BlockField("红色、黄色事项数，按主责单位分，以及挂牌数", _put_pressing),
}
OF_TEMPLATE = {
    DEMANDS: "草稿中填写的督办要求；未填时用本模板的“要求”各行",
    CONSEQUENCE: "草稿中填写的逾期后果；未填时用本模板的“后果”",
}
TABLES: dict[str, TableField] = {
    "事项清单": TableField("每件事项一行，多页时重复表头", enclosures.issue_list),
    "反馈表": TableField("单位填写的反馈表", enclosures.answer_sheet),
    "签收回执": TableField("单位填写的签收回执", enclosures.receipt),
    "约谈纪要": TableField("约谈时填写的纪要", minutes.minutes),
    "材料目录": TableField("移交材料目录", minutes.proofs),
    "统计表": TableField("各单位红黄绿统计表", board.counts_table),
    "统计图": TableField("各单位情况和历次变化两幅统计图", board.charts),
    "红黄色清单": TableField("看板上的红色、黄色事项；点名的只列点名的", board.pressing_list),
}
PHRASES = frozenset({"督办情形", "销号经过", "核查情况", "所摘的牌", "下一步督办"})
"""Fields whose words are claims of the paper, not words of the record."""
IN_LINES = frozenset({*TEXTS, *DAYS})
ON_THEIR_OWN = frozenset({*BLOCKS, *OF_TEMPLATE})


class Values(dict[str, str]):
    """Text of the fields of one notice, each read when it is first asked for."""

    def __init__(self, facts: Facts) -> None:
        self.facts = facts

    def __missing__(self, name: str) -> str:
        known = DAYS.get(name)
        self[name] = text = day(known.find(self.facts)) if known else TEXTS[name].read(self.facts)
        return text
