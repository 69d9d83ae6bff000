"""What a paper says of the colour that is shown and of the card that stands, and for how long.

牌 is a card, 色 a colour: never one for the other.
"""

import re
from datetime import date

from issues.notices.kinds.claims.claim import Claim, Facts, Lacks, Said, row
from issues.notices.kinds.claims.figures import DAY_OF, figure_in
from issues.notices.kinds.claims.records import carded, each, fired
from issues.notices.kinds.shape import IssueFacts

RED, YELLOW = "红牌", "黄牌"
_TURNED = (
    r"(?:[为转变亮呈系]|处于|属于?|进入|转入|列入|列为|升[至为级]|显示|[判评标]定?为|定为)"
    r"(?:成|了|为)?"
)
_CHANGED = re.compile("[转变升曾入]|亮")
_LEAST = re.compile(r"超过?|满|达|余|多")
_GAP = r"[^，。；：、\d不未牌]"
_LONG = r"\d+(?:余?天|日|个多?月)(?!内|前|后|[以之]内)"


def _days(issue: IssueFacts, colour: str, label: str) -> list[str]:
    """Since when each reason of the colour holds, and its card."""
    told = [*(issue.get("reasons") or ())]
    told += [lighter for one in told for lighter in one.get("within") or ()]
    days = [one.get("since") or "" for one in told if one["rule"].startswith(colour)]
    card = issue.get("card")
    return [*days, card["on"]] if card and card.get("label") == label else days


def _shown(sign: str, colour: str, label: str) -> Lacks:
    def lacks(facts: Facts, said: Said) -> str:
        def holds(issue: IssueFacts) -> bool:
            days = _days(issue, colour, label)
            if said.on:
                return any(on and said.on.is_of(on) for on in days)
            is_past = colour == "R" or _CHANGED.search(said.words)
            return bool(days) and (bool(is_past) or not _days(issue, "R", RED))

        if facts.get("kind") == "N5" and not facts.get("issues"):
            return ""
        return each(holds, f"{said.on or ''}显示{sign}色的记录")(facts, said)

    return lacks


def _is_green(issue: IssueFacts) -> bool:
    return not issue.get("reasons") and not issue.get("card")


def spans(first: str, last: str, words: str) -> bool:
    """So many days or months as the words say lie between, or at least so many (满, 余)."""
    began, until, wanted = date.fromisoformat(first), date.fromisoformat(last), figure_in(words)
    if "月" in words:
        months = (until.year - began.year) * 12 + until.month - began.month
        had = months - (until.day < began.day)
    else:
        had = (until - began).days
    return had >= wanted if _LEAST.search(words) else had == wanted


def _card_days(facts: Facts, said: Said) -> str:
    as_of = facts.get("as_of")
    label = next((label for label in (RED, YELLOW) if label in said.words), "")

    def holds(issue: IssueFacts) -> bool:
        card = issue.get("card")
        if not card or not as_of or (label and card["label"] != label):
            return False
        return spans(card["on"], as_of, said.words)

    return each(holds, f"与“{said.words}”相符的挂牌记录")(facts, said)


def _colour(sign: str) -> str:
    return (
        rf"{_TURNED}{sign}(?:色|灯)(?![预督].情形)|"
        rf"(?:已|被|又|再次)[^，。；未不现]{{0,4}}[转变升亮]{sign}(?!牌)|[转变]{sign}(?![牌色灯])|"
        rf"{DAY_OF}[^，。；的未不]{{0,4}}[转变亮]{sign}(?!牌)|亮{sign}灯"
    )


def _standing(label: str) -> str:
    return (
        rf"触发{label}督办情形|现挂{label}|{label}(?:至今|仍|尚)?未(?:摘|解除)|"
        rf"(?:[为系在]|处于|属于?|列[为入]|纳入)(?:了)?{label}(?:督办)?"
        r"(?:事项|问题|期|状态|阶段|管理|名单|范围)"
    )


COLOURS: tuple[Claim, ...] = (
    row(
        "触发黄色规则", r"黄色(?:预警|督办)情形",
        each(fired("Y"), "黄色规则触发记录"),
    ),
    row(
        "触发红色规则", r"红色(?:预警|督办)情形",
        each(fired("R"), "红色规则触发记录"),
    ),
    row("显示黄色", _colour("黄"), _shown("黄", "Y", YELLOW)),
    row("显示红色", _colour("红"), _shown("红", "R", RED)),
    row(
        "显示绿色", rf"{_TURNED}绿(?:色(?![发转企低生矿能])|灯)|[转变]绿(?![色灯牌化])",
        lambda facts, said: "" if facts.get("kind") == "N5" and not facts.get("issues")
        else each(_is_green, "显示绿色的记录")(facts, said),
    ),
    row("现挂黄牌", _standing(YELLOW), each(carded(YELLOW), "正在悬挂的黄牌")),
    row("现挂红牌", _standing(RED), each(carded(RED), "正在悬挂的红牌")),
    row(
        "挂牌天数",
        rf"(?:[红黄]牌|挂牌)(?:督办)?期?{_GAP}{{0,4}}(?:已|满|达|超|整){_GAP}{{0,3}}{_LONG}|"
        rf"已{_GAP}{{0,6}}[红黄]牌(?:督办)?[共达满了]?{_LONG}",
        _card_days,
    ),
)  # fmt: skip
