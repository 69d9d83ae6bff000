"""What a paper says in counts of the measures of a ticket: how many, how much of it confirmed."""

import re
from collections.abc import Iterator
from fractions import Fraction

from issues.notices.kinds.claims.amounts import is_done
from issues.notices.kinds.claims.claim import Claim, Facts, Said, row
from issues.notices.kinds.claims.figures import figure_in
from issues.notices.kinds.claims.records import none
from issues.notices.kinds.past import DoneFacts
from issues.notices.kinds.shape import IssueFacts, MeasureFacts
from issues.notices.kinds.wording import listed

_UNIT = (
    r"(?:项|处|个|条|座|家|户|台|套|口|公里|千米|米|吨|亩|公顷|平方米|平方公里|立方米)"
    r"(?!工作日|百分点|多?月|季度|阶段|方面|年)"
)
_FIGURE = r"\d+(?:\.\d+)?"
_OF = r"(?:的|了|整改|治理|修复|措施|任务|工作|目标|点位|问题|其中|均|全部|经|共|数|量|为)"
_PIECES = frozenset({"项", "条", "个"})
"""Measures themselves are counted by these."""
_NOUN = r"(?:之?前|后|时|[^，。；]{0,4}的)"


def _issues(facts: Facts) -> list[IssueFacts]:
    """Of a bulletin the board is counted, not its measures."""
    return [] if facts.get("kind") == "N5" else facts.get("issues") or []


def _measures(issue: IssueFacts) -> list[MeasureFacts]:
    return issue.get("progress") or []


def _figure(text: str | None) -> Fraction | None:
    try:
        return Fraction(text or 0)
    except ValueError:  # in words
        return None


def _unit_in(words: str) -> str:
    found = re.search(rf"{_FIGURE}({_UNIT})", words)
    return found[1] if found else ""


def _counted(by_issue: list[list[Fraction]]) -> list[Fraction]:
    """Those of each ticket, and the sum over the tickets where each has one figure."""
    sums = [sum(of, Fraction(0)) for of in by_issue if len(of) == 1]
    whole = [sum(sums, Fraction(0))] if len(sums) == len(by_issue) > 1 else []
    return [one for of in by_issue for one in of] + whole


def _wrong(facts: Facts, said: Said, known: list[Fraction], record: str) -> str:
    if not _issues(facts) or figure_in(said.words) in known:
        return ""
    numbers = listed(issue.get("number", "") for issue in _issues(facts))
    told = "、".join(_written(one) for one in dict.fromkeys(known))
    return f"{numbers}{record}{f'为{told}' if told else '没有登记'}，与所写“{said.words}”不符"


def _written(figure: Fraction) -> str:
    return str(figure.numerator) if figure.denominator == 1 else f"{float(figure):g}"


def _how_many(facts: Facts, said: Said) -> str:
    counts = [[Fraction(len(_measures(issue)))] for issue in _issues(facts)]
    return _wrong(facts, said, _counted(counts), "整改措施项数")


def _finished(facts: Facts, said: Said) -> str:
    """So many measures are done, or so much of what a measure aims at is confirmed."""
    unit = _unit_in(said.words)
    known = [list(_done_of(issue, unit)) for issue in _issues(facts)]
    if not any(known) and not re.search("完成|确认|整改|落实", said.words):
        return ""
    return _wrong(facts, said, _counted(known), "经确认完成数")


def _done_of(issue: IssueFacts, unit: str) -> Iterator[Fraction]:
    measures = _measures(issue)
    if unit in _PIECES:
        yield Fraction(len(measures) if is_done(issue) else sum(_ended(one) for one in measures))
    of_unit = [one for one in measures if one.get("unit_of_target") == unit]
    figures = [_figure(one.get("confirmed")) or Fraction(0) for one in of_unit]
    yield from figures
    if len(figures) > 1:
        yield sum(figures, Fraction(0))


def _ended(measure: MeasureFacts) -> bool:
    return bool(measure.get("done"))


def _left(facts: Facts, said: Said) -> str:
    known = [
        [Fraction(sum(not _ended(one) for one in _measures(issue))), *_rest(issue, said)]
        for issue in _issues(facts)
    ]
    return _wrong(facts, said, _counted(known), "未经确认完成数")


def _rest(issue: IssueFacts, said: Said) -> Iterator[Fraction]:
    for one in _measures(issue):
        target = _figure(one.get("target"))
        if target and one.get("unit_of_target") == _unit_in(said.words):
            yield target - (_figure(one.get("confirmed")) or 0)


def _target(facts: Facts, said: Said) -> str:
    """What a measure aims at; a figure of the goal, as it is written, is the ticket's own."""
    unit, figure = _unit_in(said.words), figure_in(said.words)
    texts = [f"{i.get('goal')}{i.get('problem')}{i.get('criteria')}" for i in _issues(facts)]
    if any(re.search(rf"(?<![\d.]){_written(figure)}{unit}", text) for text in texts):
        return ""
    known = [
        [_figure(m.get("target")) or Fraction(0) for m in _measures(issue)
         if m.get("target") and m.get("unit_of_target") == unit]
        for issue in _issues(facts)
    ]  # fmt: skip
    return _wrong(facts, said, _counted(known), f"整改目标（{unit}）")


def _moved(issue: IssueFacts) -> list[DoneFacts]:
    """What was confirmed of it."""
    return [
        {"on": ""}
        for one in _measures(issue)
        if _ended(one) or (_figure(one.get("confirmed")) or 0)
    ]


PROGRESS: tuple[Claim, ...] = (
    row(
        "措施项数",
        r"(?:共|共有|计|合计|列有|列出|确定|制定|明确)(?:了)?(?:整改)?措施(?:共|计|为|有)?\d+[项条个]|"
        r"(?:共有?|计|(?<![还尚仍没共])有|确定了|制定了|明确了|列有)\d+[项条个](?:整改)?措施|"
        r"(?:整改)?措施(?:共有?|计|总数为?|合计)\d+[项条个]",
        _how_many, unless="未|其中|完成|落实",
    ),
    row(
        "完成数量",
        rf"(?:已|累计|现已)(?:均|经|经核实)?(?:完成|确认|整改|落实)(?:完成|到位)?{_OF}{{0,4}}{_FIGURE}{_UNIT}|"
        rf"(?:已|累计)(?:修复|治理|整治|改造|建成){_OF}{{0,3}}{_FIGURE}{_UNIT}|"
        rf"措施(?:已|均)?完成(?:了)?{_FIGURE}[项条个]|"
        rf"经?确认完成{_OF}{{0,3}}{_FIGURE}{_UNIT}|完成了{_OF}{{0,3}}{_FIGURE}{_UNIT}|"
        rf"{_FIGURE}[项条个](?:整改)?措施(?:均|都)?已(?:全部)?(?:完成|落实)",
        _finished,
    ),
    row(
        "未完成数量",
        rf"(?:尚有|还有|仍有|剩余|还剩|尚余){_OF}{{0,3}}{_FIGURE}{_UNIT}(?:整改)?(?:措施|任务)?(?:未|尚未|没有)(?:完成|整改|落实|确认)|"
        rf"(?:尚余|剩余|还剩|仅剩){_FIGURE}{_UNIT}|"
        rf"(?:未|尚未)完成{_OF}{{1,3}}{_FIGURE}{_UNIT}|{_FIGURE}[项条个](?:整改)?措施(?:尚|仍)?未(?:完成|落实)",
        _left,
    ),
    row("目标数量", rf"目标(?:任务|值|数|总数|数量)?(?:共|为|是|：)?{_FIGURE}{_UNIT}", _target),
    row(
        "没有进展",
        r"(?:毫无|全无|没有任何|没有丝毫|无任何|未有任何|未取得任何)(?:实质性?)?(?:整改)?进展|零进展|"
        r"(?:至今|仍|一直|始终|迄今|从)(?:尚|仍|然)?未(?:开展|进行|着手|启动)?(?:任何)?整改(?!到|完|彻|方案|措施|的|工作完|任务完)|"
        r"(?:整改|工作|措施)(?:至今|仍|一直|始终|均|都)?(?:尚|仍)?未(?:启动|开展|动工|开工|着手)|"
        r"(?:进度|完成率|进展)(?:仍|依然|至今|均)?[为是](?:零|〇|0(?:%|$|(?=[，。；])))|按兵不动|"
        r"(?:至今|仍|一直)(?:尚|仍)?未(?:启动|动工|开工)",
        none(_moved, "经确认的进展"),
    ),
)  # fmt: skip
