"""What a paper says of how things stand: colours, cards, lateness, what it hands over."""

import re

from issues.notices.kinds.claims.claim import Claim, Facts, Said, row
from issues.notices.kinds.claims.colours import RED, spans
from issues.notices.kinds.claims.records import carded, each, fired, is_pressed
from issues.notices.kinds.shape import IssueFacts
from issues.notices.kinds.wording import listed

CITED = re.compile(
    r"[^\s，。；：、（）()《》“”‘’〔〕［］\[\]【】]{0,16}(?:\d{4}|[零〇○一二三四五六七八九]{4})年第?\d+号"
    r"(?:督办|提示|约谈|交办|挂牌|红牌|黄牌)?(?:通知|函|通报|文书|文件)|"
    r"[^\s，。；：、（）()《》“”‘’〔〕［］\[\]【】]{0,16}\s*[〔［\[【（(]\s*\d{4}\s*[〕］\]】）)]\s*第?\s*\d+\s*号"
)
"""A 文号 with what stands before it, in whatever brackets."""
MARKS = re.compile("[“”‘’]")
"""Around a word they change nothing: “回头看” is a word without them."""


def _clue(facts: Facts, _said: Said) -> str:
    return "" if (facts.get("clue") or {}).get("text") else "尚未写明移交的线索"


def _none_before(facts: Facts, _said: Said) -> str:
    told = [
        notice["number"]
        for issue in facts.get("issues") or []
        for notice in issue.get("earlier_notices") or []
    ]
    return f"此前已印发{listed(told)}" if told else ""


def _cited(facts: Facts, said: Said) -> str:
    """What the register says of a number that is the city's own."""
    return (facts.get("cited") or {}).get(said.words, "")


def _rounds(facts: Facts, said: Said) -> str:
    """The city was gone through: a round is closed. Facts that kept none are of an earlier time."""
    known = facts.get("rounds")
    if known is None or (facts.get("bulletin") or {}).get("anchor"):
        return ""
    held = [on for on in known if said.on is None or said.on.is_of(on)]
    return "" if held else f"没有{said.on or ''}已结束的调度"


def _is_due_for_listing(facts: Facts, said: Said) -> str:
    """挂牌督办: a red card of so many days, or exposed, or found fake or relapsed."""
    days, as_of = facts.get("card_days"), facts.get("as_of") or ""

    def holds(issue: IssueFacts) -> bool:
        card = issue.get("card")
        is_long = carded(RED)(issue) and card and spans(card["on"], as_of, f"满{days or 0}天")
        return bool(is_long) or fired("R5", "R6")(issue)

    lack = f"挂满{days}天的红牌，也没有被通报曝光、认定虚假整改或者反弹的记录"
    return each(holds, lack)(facts, said)


STATES: tuple[Claim, ...] = (
    row(
        "黄牌督办的情形", r"现[^。；]*予以黄牌督办",
        each(is_pressed, "正在悬挂的牌，也没有触发规则"), ("N2",),
    ),
    row(
        "红牌督办的情形", r"现[^。；]*予以红牌督办",
        each(
            lambda issue: carded(RED)(issue) or fired("R")(issue),
            "正在悬挂的红牌，也没有触发红色规则",
        ),
        ("N3",),
    ),
    row("挂牌督办的情形", "", _is_due_for_listing, ("N6",)),
    row(
        "推进不力", r"推进不力|推进缓慢|进展滞后",
        each(is_pressed, "正在悬挂的牌，也没有触发规则"),
    ),
    row(
        "已逾期", r"已逾期|逾期\d+余?天",
        each(fired("R1", "R3", "R4", "Y3", "Y4", "Y6"), "逾期规则触发记录"),
    ),
    row("移交的线索", r"(?:发现|移交)[^，。；]*线索|线索移交", _clue, ("N7",), "clue_text"),
    row("此前未印发文书", r"(?:此前|以来)未[^。；]*印发", _none_before),
    row(
        "督办未回应", r"(?:至今|仍|逾期)未(?:签收|答复|反馈)",
        each(fired("Y6", "R4"), "逾期未签收、未答复的记录"),
    ),
    row(
        "虚假整改或反弹",
        r"(?:发现|查实|存在|认定|确属|出现|涉嫌)[^，。；]{0,8}(?:虚假整改|反弹|弄虚作假)|"
        r"(?:问题|事项|污染|现象|整改)(?:已|又|再次|再度|明显|严重|有所|仍|反复)*反弹|反弹(?:严重|明显|突出)|"
        r"已[^，。；未不]{0,4}反弹|弄虚作假|虚假整改",
        each(fired("R6"), "认定虚假整改或者反弹的记录"),
        unless=r"[查惩整]处|查办|打击|追究|追责|排查|核查(?!发现)|论处|零容忍|回头看|[严慎].{0,2}防",
    ),
    row(
        "已调度",
        r"(?:进行|开展|组织|实施)了[^，。；未不]{0,6}调度|(?:已|经)[^，。；未不]{0,12}调度",
        _rounds, ("N5", "N5-report", "N5-county"),
    ),
    row(
        "引用的文号", CITED.pattern, _cited,
    ),
)  # fmt: skip
