"""What a summons (N4) fixes: when, where, who hears it and who comes. “另行通知” fixes nothing."""

import re

from issues.notices.kinds.claims.claim import Claim, Facts, Lacks, Said, row

_OPEN = re.compile(
    r"另(?:行|作|外)?(?:书面|电话|文)?(?:通知|告|定|约|确定|安排|明确|发)|待(?:定|通知|确定|明确|安排|议|商|告)|"
    r"未(?:定|确定|明确|落实)|[见按依看](?:后续|正式|会议|具体|补充)?(?:通知|短信|电话)|通知为准|为准|"
    r"届时|暂(?:定|缺|无|未)|不详|再(?:定|议|通知|告)|后(?:定|续通知|补)|视情|TBD|TBA|N/A",
    re.IGNORECASE,
)
_NOTHING = re.compile(r"[\W_]*|[\W_]*(?:无|略|空|同上|某某?|[xX×]+)[\W_]*")
_SAYS_OPEN = r"(?:时间|地点|约谈人|人员|名单)[^，。；\d]{0,4}"


def _fault(said: object) -> str:
    """What keeps words from fixing anything; nothing where they do."""
    text = "".join(str(said or "").split())
    if _NOTHING.fullmatch(text):
        return "empty"
    return "open" if _OPEN.search(text) else ""


def _meeting(part: str, label: str) -> Lacks:
    def lacks(facts: Facts, _said: Said) -> str:
        told = (facts.get("meeting") or {}).get(part)
        words = told if isinstance(told, list) else [told]
        faults = [_fault(one) for one in words] or ["empty"]
        if "open" in faults:
            return f"{label}还没有定下来（“{'、'.join(map(str, words))}”）"
        return f"尚未确定{label}" if "empty" in faults else ""

    return lacks


def _time(facts: Facts, _said: Said) -> str:
    """Its day is set; an hour, where one is told, is an hour."""
    meeting = facts.get("meeting") or {}
    if not meeting.get("on"):
        return "尚未确定约谈日期"
    time = meeting.get("time")
    return f"约谈时间还没有定下来（“{time}”）" if time and _fault(time) else ""


def _left_open(facts: Facts, said: Said) -> str:
    return f"约谈安排应当写明，不能写“{said.words}”" if facts.get("kind") == "N4" else ""


MEETING: tuple[Claim, ...] = (
    row("约谈时间", "", _time, ("N4",), "meeting_time"),
    row("约谈地点", "", _meeting("place", "约谈地点"), ("N4",), "meeting_place"),
    row("约谈人", "", _meeting("host", "约谈人"), ("N4",), "meeting_host"),
    row("参加人员", "", _meeting("attendees", "参加人员"), ("N4",), "meeting_attendees"),
    row(
        "约谈安排未定",
        _SAYS_OPEN + r"(?:另行(?:通知|告知|确定|安排)|另告|待定|未定|见通知|待通知)", _left_open,
    ),
)  # fmt: skip
