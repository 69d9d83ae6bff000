"""C5 to C7: days the plan, the ledger's remark and the deadline do not agree upon."""

import re
from collections.abc import Iterator

from issues.rules.contradictions.days import days_in, months_in, promises
from issues.rules.contradictions.sources import Found, Paper, Text
from issues.rules.contradictions.words import plain
from issues.rules.dates.days import written
from issues.vocabulary import ContradictionKind, SourceKind

_BY = re.compile(r"(?:之?前|以前|底前|内|止)")
_MOVED = re.compile(
    r"(?:时限|期限|时间)[^。;\n\r]{0,24}?(?:调整为|延(?:期|长)?至|延至|推迟至|顺延至)$"
)
_EARLY = re.compile(r"提前完成|按期完成|按时完成|如期完成")


def promise_late(paper: Paper) -> Iterator[Found]:
    """Later than the ticket's deadline and any extension that was asked for."""
    until = max((day for day in (paper.deadline, paper.extended_to) if day), default=None)
    if paper.deadline is None or until is None:
        return
    for text in paper.of(SourceKind.REPORT, SourceKind.REPLY):
        for day in promises(text):
            if day.on > until:
                yield Found(
                    ContradictionKind.PROMISE_LATE,
                    f"承诺{written(day.on)}前完成，晚于整改时限{written(until)}"
                    f"（相差{(day.on - until).days}日）",
                    text.side(day.start, day.end),
                    paper.ticket(f"整改时限{written(until)}"),
                )


def plan_day(paper: Paper) -> Iterator[Found]:
    """The one day in a measure's text by which it is to be done, and its deadline."""
    for step in paper.steps:
        if step.deadline is None:
            continue
        text = step.words()
        words = plain(text.text)
        days = [*days_in(words, None)]
        days += [one for one in months_in(words) if all(one.start != day.start for day in days)]
        if len(days) != 1 or not _BY.match(words, days[0].end):
            continue
        day = days[0]
        if day.on != step.deadline:
            yield Found(
                ContradictionKind.PLAN_DAY,
                f"{step.name}文字写{written(day.on)}前，完成时限为{written(step.deadline)}"
                f"（相差{abs((day.on - step.deadline).days)}日）",
                text.side(day.start, day.end),
                step.side(f"{step.name}完成时限{written(step.deadline)}"),
            )


def remark_day(paper: Paper) -> Iterator[Found]:
    for text in paper.of(SourceKind.REMARK):
        yield from _moved(paper, text)
        yield from _early(paper, text)


def _moved(paper: Paper, text: Text) -> Iterator[Found]:
    """The day a remark says that the deadline was moved to, where nothing else has that day."""
    words = plain(text.text)
    known = {paper.deadline, paper.extended_to, *(step.deadline for step in paper.steps)}
    days = {one.start: one for one in (*months_in(words), *days_in(words, None))}
    for day in days.values():
        if _MOVED.search(words[: day.start]) and day.on not in known and paper.deadline:
            yield Found(
                ContradictionKind.REMARK_DAY,
                f"备注称时限调整为{written(day.on)}，事项时限为{written(paper.deadline)}",
                text.side(day.start, day.end),
                paper.ticket(f"整改时限{written(paper.deadline)}"),
            )


def _early(paper: Paper, text: Text) -> Iterator[Found]:
    """“提前完成” of what was claimed after its deadline."""
    found = _EARLY.search(plain(text.text))
    until = max((day for day in (paper.deadline, paper.extended_to) if day), default=None)
    if found is None or until is None or paper.claimed_on is None or paper.claimed_on <= until:
        return
    if re.search(r"未|不|没", text.text[max(0, found.start() - 4) : found.start()]):
        return
    yield Found(
        ContradictionKind.REMARK_DAY,
        f"备注称“{found[0]}”，申报完成之日{written(paper.claimed_on)}晚于时限{written(until)}"
        f"（相差{(paper.claimed_on - until).days}日）",
        text.side(*found.span()),
        paper.ticket(f"整改时限{written(until)}，申报完成{written(paper.claimed_on)}"),
    )
