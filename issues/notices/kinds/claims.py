"""Claims: what a paper says has happened, the words it says it with, the record it needs.

One row for each truth. A paper makes a claim where its words are printed, and where it is a paper
of that kind at all: a letter of closing claims the closure however it is worded.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple

from issues.notices.kinds.shape import DoneFacts, IssueFacts, NoticeFactsDoc
from issues.notices.kinds.wording import day, listed

DOCUMENT = "document"
"""Where a fault is told that stands at no field of a person's."""

Facts = NoticeFactsDoc
Lacks = Callable[[Facts], str]
"""What record is missing, in Chinese; nothing where the claim is proven."""


class Claim(NamedTuple):
    """`says`: the words that make it, None where only the paper itself does."""

    name: str
    says: re.Pattern[str] | None
    lacks: Lacks
    papers: tuple[str, ...] = ()
    field: str = DOCUMENT


def _each(holds: Callable[[IssueFacts], object], record: str) -> Lacks:
    """Every ticket of the paper has the record."""

    def lacks(facts: Facts) -> str:
        issues = facts.get("issues") or []
        if not issues:
            return f"本件没有列明事项，无从核对{record}"
        wanting = [issue.get("number", "") for issue in issues if not holds(issue)]
        return f"{listed(wanting)}没有{record}" if wanting else ""

    return lacks


def _fired(*rules: str) -> Callable[[IssueFacts], bool]:
    """A rule, or any of a colour by its first letter, has fired by the day of the facts."""
    return lambda issue: any(
        reason["rule"].startswith(rules) for reason in issue.get("reasons") or []
    )


def _carded(label: str) -> Callable[[IssueFacts], bool]:
    return lambda issue: (issue.get("card") or {}).get("label") == label


def _was_carded(label: str) -> Callable[[IssueFacts], bool]:
    return lambda issue: any(card["card"] == label for card in _done(issue, "cards"))


def _past(name: str) -> Callable[[IssueFacts], object]:
    return lambda issue: (issue.get("past") or {}).get(name)


def _done(issue: IssueFacts, name: str) -> Iterable[DoneFacts]:
    held: Mapping[str, Any] = issue.get("past") or {}
    found: Iterable[DoneFacts] = held.get(name) or ()
    return found


def _is_pressed(issue: IssueFacts) -> bool:
    """There is something to press for: a card stands, or a rule has fired."""
    return bool(issue.get("card") or issue.get("reasons"))


def _outcome(what: str, done: Callable[[IssueFacts], Iterable[DoneFacts]], record: str) -> Lacks:
    """The very one that an N8 tells, by its day and card; any in a paper of another kind."""

    def lacks(facts: Facts) -> str:
        told = facts.get("outcome") or {}
        on, card = (told.get("on"), told.get("card")) if told.get("what") == what else (None, None)

        def holds(issue: IssueFacts) -> bool:
            return any(
                (not on or one.get("on") == on) and (not card or one.get("card") == card)
                for one in done(issue)
            )

        return _each(holds, f"{day(on)}{record}")(facts)

    return lacks


def _closures(issue: IssueFacts) -> Iterable[DoneFacts]:
    on = (issue.get("past") or {}).get("closed_on")
    return [{"on": on}] if on else []


def _clue(facts: Facts) -> str:
    return "" if (facts.get("clue") or {}).get("text") else "尚未写明移交的线索"


def _meeting(part: str, label: str) -> Lacks:
    return lambda facts: "" if (facts.get("meeting") or {}).get(part) else f"尚未确定{label}"


def _none_before(facts: Facts) -> str:
    told = [
        notice["number"]
        for issue in facts.get("issues") or []
        for notice in issue.get("earlier_notices") or []
    ]
    return f"此前已印发{listed(told)}" if told else ""


def _claim(
    name: str, says: str, lacks: Lacks, papers: tuple[str, ...] = (), field: str = DOCUMENT
) -> Claim:
    return Claim(name, re.compile(says) if says else None, lacks, papers, field)


_RED, _YELLOW = "红牌", "黄牌"
_STEP = r"(?:经|通过|已|完成)[^，。；：未不]{0,20}"
CLAIMS: tuple[Claim, ...] = (
    _claim("已交办", r"现将[^。；]*交办你单位", _each(_past("assigned_on"), "交办记录"), ("N0",)),
    _claim(
        "触发黄色规则", r"黄色(?:预警|督办)情形|(?:转|变)为黄色|亮黄灯",
        _each(_fired("Y"), "黄色规则触发记录"),
    ),
    _claim(
        "触发红色规则", r"红色(?:预警|督办)情形|(?:转|变)为红色|亮红灯",
        _each(_fired("R"), "红色规则触发记录"),
    ),
    _claim(
        "现挂黄牌", r"触发黄牌督办情形|现挂黄牌|黄牌未(?:摘|解除)",
        _each(_carded(_YELLOW), "正在悬挂的黄牌"),
    ),
    _claim(
        "现挂红牌", r"触发红牌督办情形|现挂红牌|红牌未(?:摘|解除)",
        _each(_carded(_RED), "正在悬挂的红牌"),
    ),
    _claim(
        "挂过黄牌", r"(?:已|被|予以)[^，。；]{0,6}挂黄牌",
        _each(_was_carded(_YELLOW), "挂黄牌的记录"),
    ),
    _claim(
        "挂过红牌", r"(?:已|被|予以)[^，。；]{0,6}挂红牌",
        _each(_was_carded(_RED), "挂红牌的记录"),
    ),
    _claim(
        "黄牌督办的情形", r"现[^。；]*予以黄牌督办",
        _each(_is_pressed, "正在悬挂的牌，也没有触发规则"), ("N2",),
    ),
    _claim(
        "红牌督办的情形", r"现[^。；]*予以红牌督办",
        _each(
            lambda issue: _carded(_RED)(issue) or _fired("R")(issue),
            "正在悬挂的红牌，也没有触发红色规则",
        ),
        ("N3",),
    ),
    _claim(
        "推进不力", r"推进不力|推进缓慢|进展滞后",
        _each(_is_pressed, "正在悬挂的牌，也没有触发规则"),
    ),
    _claim(
        "已逾期", r"已逾期|逾期\d+天",
        _each(_fired("R1", "R3", "R4", "Y3", "Y4", "Y6"), "逾期规则触发记录"),
    ),
    _claim(
        "已申请验收", r"提交的验收申请|已(?:于[^，。；]*)?(?:提出|提交|申请)[^，。；]{0,4}验收",
        _each(lambda issue: _past("claimed_on")(issue) or _done(issue, "returns"), "验收申请记录"),
    ),
    _claim(
        "验收退回", r"验收申请[^。；]*未予?通过|退回继续整改|予以退回",
        _outcome("returned", lambda issue: _done(issue, "returns"), "退回验收申请的记录"),
        ("N8-returned",), "outcome_what",
    ),
    _claim("初验", _STEP + "初验", _each(_past("first_passed_on"), "通过初验的记录")),
    _claim("现场核查", _STEP + "现场核查", _each(_past("checked_on"), "通过现场核查的记录")),
    _claim("审定", _STEP + "审定", _each(_past("approved_on"), "审定同意的记录")),
    _claim("公示", _STEP + "公示|公示期满", _each(_past("publicised_on"), "公示记录")),
    _claim(
        "销号", r"予以销号|符合销号条件|已(?:按程序|依规)销号",
        _outcome("closed", _closures, "销号记录"), ("N8-closed",), "outcome_what",
    ),
    _claim(
        "摘牌", r"解除(?:红牌|黄牌|督办牌)|(?:予以|已)摘牌|符合摘牌条件",
        _outcome("lifted", lambda issue: _done(issue, "lifts"), "摘牌记录"),
        ("N8-lifted",), "outcome_what",
    ),
    _claim(
        "虚假整改或反弹", r"(?:发现|查实|存在|认定|确属|出现)[^，。；]{0,8}(?:虚假整改|反弹)",
        _each(_fired("R6"), "认定虚假整改或者反弹的记录"),
    ),
    _claim("通报曝光", r"被[^，。；]{0,20}(?:通报|曝光)", _each(_fired("R5"), "通报曝光记录")),
    _claim("移交的线索", r"(?:发现|移交)[^，。；]*线索|线索移交", _clue, ("N7",), "clue_text"),
    _claim("此前未印发文书", r"(?:此前|以来)未[^。；]*印发", _none_before),
    _claim(
        "此前已印发文书", r"此前已[^。；]*印发",
        _each(lambda issue: issue.get("earlier_notices"), "此前印发文书的记录"),
    ),
    _claim(
        "督办未回应", r"(?:至今|仍|逾期)未(?:签收|答复|反馈)",
        _each(_fired("Y6", "R4"), "逾期未签收、未答复的记录"),
    ),
    _claim("约谈地点", "", _meeting("place", "约谈地点"), ("N4",), "meeting_place"),
    _claim("约谈人", "", _meeting("host", "约谈人"), ("N4",), "meeting_host"),
    _claim("参加人员", "", _meeting("attendees", "参加人员"), ("N4",), "meeting_attendees"),
)  # fmt: skip

_UNLESS = re.compile(
    r"(?<!现)将(?:按|依|予|提|于|由|在|视)|(?<!模)拟(?!定)|如果|若(?!干)|倘|应当|方可|后，?(?:按|方|再)|"
    r"的，(?:将|按|依|重新|一律|予以)"
)
"""Before a claim's words in their sentence: they tell what is to come, not what was."""
_NOT = ("不", "未", "没有", "并非", "防止", "避免", "以免")


def made_by(text: str) -> list[Claim]:
    """The claims that a text makes, each once."""
    return [claim for claim in CLAIMS if claim.says and any(_said(claim.says, text))]


def _said(says: re.Pattern[str], text: str) -> Iterable[bool]:
    for sentence in re.split("[。；\n]", text):
        for found in says.finditer(sentence):
            rest = re.split("[，：]", sentence[found.end() :])[0]
            before = sentence[: found.start()]
            is_told = not rest.endswith(("的", "后", "时")) and "后按" not in rest
            if is_told and not before.endswith(_NOT) and not _UNLESS.search(before):
                yield True


def sentence_of(claim: Claim, facts: Facts) -> str:
    """What is said where it is not proven; nothing where it is."""
    lack = claim.lacks(facts)
    return f"“{claim.name}”没有依据：{lack}。" if lack else ""
