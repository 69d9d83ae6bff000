"""What a paper says of how things stand: colours, cards, lateness, what it hands over."""

import re
from datetime import date

from issues.notices.kinds.claims.claim import Claim, Facts, Lacks, Said, row
from issues.notices.kinds.claims.figures import figure_in
from issues.notices.kinds.claims.records import carded, each, fired, is_pressed, past
from issues.notices.kinds.shape import IssueFacts
from issues.notices.kinds.wording import day, listed

CITED = re.compile(
    r"[^\s，。；：、（）()《》“”‘’〔〕［］\[\]【】]{0,16}\s*[〔［\[【（(]\s*\d{4}\s*[〕］\]】）)]\s*第?\s*\d+\s*号"
)
"""A 文号 with what stands before it, in whatever brackets."""
MARKS = re.compile("[“”‘’]")
"""Around a word they change nothing: “回头看” is a word without them."""
RED, YELLOW = "红牌", "黄牌"


def _clue(facts: Facts, _said: Said) -> str:
    return "" if (facts.get("clue") or {}).get("text") else "尚未写明移交的线索"


def _meeting(part: str, label: str) -> Lacks:
    return lambda facts, _: "" if (facts.get("meeting") or {}).get(part) else f"尚未确定{label}"


def _none_before(facts: Facts, _said: Said) -> str:
    told = [
        notice["number"]
        for issue in facts.get("issues") or []
        for notice in issue.get("earlier_notices") or []
    ]
    return f"此前已印发{listed(told)}" if told else ""


def _between(first: str, last: str) -> str:
    return str((date.fromisoformat(last) - date.fromisoformat(first)).days)


def _days_late(facts: Facts, said: Said) -> str:
    """So many days past a deadline of the ticket, or of a measure that is not done."""
    told, on = figure_in(said.words), facts.get("as_of")

    def holds(issue: IssueFacts) -> bool:
        undone = [one.get("deadline") for one in issue.get("progress") or () if not one.get("done")]
        days = [issue.get("deadline"), *undone]
        return any(told == _between(one, on) for one in days if one and on)

    return each(holds, f"截至{day(on)}逾期{told}天的记录")(facts, said)


def _share_late(facts: Facts, said: Said) -> str:
    def holds(issue: IssueFacts) -> bool:
        return any(said.words in one["because"] for one in issue.get("reasons") or ())

    return each(holds, f"“{said.words}”的计算")(facts, said)


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


STATES: tuple[Claim, ...] = (
    row(
        "触发黄色规则", r"黄色(?:预警|督办)情形|(?:转|变)为黄色|亮黄灯",
        each(fired("Y"), "黄色规则触发记录"),
    ),
    row(
        "触发红色规则", r"红色(?:预警|督办)情形|(?:转|变)为红色|亮红灯",
        each(fired("R"), "红色规则触发记录"),
    ),
    row(
        "现挂黄牌", r"触发黄牌督办情形|现挂黄牌|黄牌未(?:摘|解除)",
        each(carded(YELLOW), "正在悬挂的黄牌"),
    ),
    row(
        "现挂红牌", r"触发红牌督办情形|现挂红牌|红牌未(?:摘|解除)",
        each(carded(RED), "正在悬挂的红牌"),
    ),
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
    row(
        "推进不力", r"推进不力|推进缓慢|进展滞后",
        each(is_pressed, "正在悬挂的牌，也没有触发规则"),
    ),
    row(
        "已逾期", r"已逾期|逾期\d+天",
        each(fired("R1", "R3", "R4", "Y3", "Y4", "Y6"), "逾期规则触发记录"),
    ),
    row("逾期天数", r"(?:逾期|超期)[^，。；\d超达满不]{0,4}\d+(?:天|日)", _days_late),
    row("滞后幅度", r"滞后\d+(?:\.\d+)?个百分点", _share_late),
    row("移交的线索", r"(?:发现|移交)[^，。；]*线索|线索移交", _clue, ("N7",), "clue_text"),
    row("此前未印发文书", r"(?:此前|以来)未[^。；]*印发", _none_before),
    row(
        "督办未回应", r"(?:至今|仍|逾期)未(?:签收|答复|反馈)",
        each(fired("Y6", "R4"), "逾期未签收、未答复的记录"),
    ),
    row(
        "虚假整改或反弹", r"(?:发现|查实|存在|认定|确属|出现)[^，。；]{0,8}(?:虚假整改|反弹)",
        each(fired("R6"), "认定虚假整改或者反弹的记录"),
    ),
    row(
        "已调度",
        r"(?:进行|开展|组织|实施)了[^，。；未不]{0,6}调度|(?:已|经)[^，。；未不]{0,12}调度",
        _rounds, ("N5", "N5-report"),
    ),
    row(
        "引用的文号", CITED.pattern, _cited,
    ),
    row(
        "整改完成",
        r"(?:已|业已)(?:全部|全面|按期|如期|基本|实际)?(?:完成整改|整改到位|整改完[成毕])|"
        r"(?:整改|措施)(?:工作|任务)?(?:均|都)?已(?:经)?(?:全部|全面|按期|如期)?(?:完成|到位|落实)",
        each(
            lambda issue: past("closed_on")(issue)
            or past("approved_on")(issue)
            or (issue.get("progress") and all(one.get("done") for one in issue["progress"])),
            "措施全部经确认完成的记录",
        ),
    ),
    row("约谈地点", "", _meeting("place", "约谈地点"), ("N4",), "meeting_place"),
    row("约谈人", "", _meeting("host", "约谈人"), ("N4",), "meeting_host"),
    row("参加人员", "", _meeting("attendees", "参加人员"), ("N4",), "meeting_attendees"),
)  # fmt: skip
