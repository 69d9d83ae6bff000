"""C12, C15, C16: readings of monitoring against texts, reports and the course of the work."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

from issues.rules.contradictions.days import days_in
from issues.rules.contradictions.quantities import Quantity, quantities, shown, unit_of
from issues.rules.contradictions.sources import Found, Paper, Sample, Text
from issues.rules.contradictions.words import clause_start, plain
from issues.rules.dates.days import written
from issues.vocabulary import ContradictionKind, EvidenceKind, SourceKind

SAID = (SourceKind.REMARK, SourceKind.REPORT, SourceKind.REPLY, SourceKind.CLAIM)
_LIMIT = re.compile(
    r"≤|<|≥|>|不高于|不超过|低于|小于|高于|大于|限值|标准|目标|以内|以下|由|从|原|降幅|削减|下降(?!到|至)"
)
_BEFORE_WORK = re.compile(
    r"整改前|治理前|此前|原先|曾|去年|上年|暗访|督察发现|进水|进口|上游|最高|最低|平均|均值|峰值"
)
_HELD = re.compile(r"(?:监测|检测|采样|水质|水样)[^。;\n\r]{0,20}?(?:达标|合格|符合)")
_DATED = re.compile(r"报告|监测|检测")
RECENT = timedelta(days=31)
"""A text without a day of sampling is of the readings of the month before it."""


def reading_not_text(paper: Paper) -> Iterator[Found]:
    """A value named with its item, and the readings it can only be of: none of them says so."""
    items = sorted({sample.item for sample in paper.samples if sample.item}, key=len, reverse=True)
    for text in paper.of(*SAID):
        words = plain(text.text)
        for item in items:
            for place in re.finditer(re.escape(plain(item)), words):
                count = _value_after(words, place.end())
                if count is None:
                    continue
                samples = _meant(paper, text, words, item, count)
                if samples and not any(_says(count, one) for one in samples):
                    yield _not_read(text, place.start(), count, samples[-1])


def _value_after(words: str, place: int) -> Quantity | None:
    """The value right behind the item: no limit, no value from before."""
    count = next((one for one in quantities(words[place : place + 30])), None)
    if count is None:
        return None
    between = words[place : place + count.start]
    begin = clause_start(words, place)
    is_doubtful = _LIMIT.search(between) or _BEFORE_WORK.search(words[begin:place])
    if is_doubtful or re.search(r"[,。;!?\d]", between):
        return None
    end = place + count.end
    after = words[end : end + 6]
    if re.search(r"以下|以内|以上|降|升|~|-|至|到", after):
        return None
    return count._replace(start=place + count.start, end=end)


def _meant(paper: Paper, text: Text, words: str, item: str, count: Quantity) -> list[Sample]:
    """Those of the day the sentence names, else of the month before the text was written."""
    begin = max(words.rfind(mark, 0, count.start) for mark in "。;\n\r") + 1
    days = {day.on for day in days_in(words[begin : count.end], text.on)}
    own = [one for one in paper.samples if one.item == item and _is_like(count, one)]
    if days:
        return [one for one in own if one.sampled_on in days]
    if text.on is None or text.source is SourceKind.REMARK:
        return own if len(own) == 1 else []  # a remark is older than the act that last wrote it
    return [one for one in own if text.on - RECENT <= one.sampled_on <= text.on]


def _is_like(count: Quantity, sample: Sample) -> bool:
    known = unit_of(sample.unit)
    return known is not None and known[0] == count.dimension


def _says(count: Quantity, sample: Sample) -> bool:
    """The same value, rounded as the text rounds it."""
    known = unit_of(sample.unit)
    factor = count.amount / count.number if count.number else Decimal(1)
    value = sample.value * (known[1] if known else Decimal(1)) / factor
    exponent = count.number.as_tuple().exponent
    places = -exponent if isinstance(exponent, int) and exponent < 0 else 0
    return round(value, places) == count.number


def _not_read(text: Text, start: int, count: Quantity, sample: Sample) -> Found:
    said = f"{written(sample.sampled_on)}采样，{sample.item}{shown(sample.value)}{sample.unit}"
    return Found(
        ContradictionKind.READING_NOT_TEXT,
        f"文字写{sample.item}{shown(count.number)}{count.unit}，登记值为"
        f"{shown(sample.value)}{sample.unit}",
        text.side(start, count.end),
        sample.side(said),
    )


def sampled_too_early(paper: Paper) -> Iterator[Found]:
    """Claimed, and every sample of an item is from before a day on which work was still open."""
    if paper.claimed_on is None:
        return
    still_open = [
        text for text in paper.of(SourceKind.REPORT)
        if text.on is not None and text.on <= paper.claimed_on
        and any(not line.is_done for line in text.figures)
    ]  # fmt: skip
    if not still_open:
        return
    last = still_open[-1]
    for item in sorted({one.item for one in paper.samples}):
        newest = max((one for one in paper.samples if one.item == item),
                     key=lambda one: one.sampled_on)  # fmt: skip
        if last.on is not None and newest.sampled_on < last.on:
            numbers = "、".join(f"措施{line.no}" for line in last.figures if not line.is_done)
            said = f"{written(last.on)}填报：{numbers}尚未完成"
            yield Found(
                ContradictionKind.SAMPLED_TOO_EARLY,
                f"{item}最近一次采样为{written(newest.sampled_on)}，{written(last.on)}填报时"
                f"{numbers}尚未完成（相差{(last.on - newest.sampled_on).days}日）",
                newest.side(f"{item}采样日期{written(newest.sampled_on)}"),
                Text(SourceKind.FIGURE, last.id, f"{last.name}所附数据", said, last.on)
                .side(0, len(said)),
            )  # fmt: skip


def sampled_too_late(paper: Paper) -> Iterator[Found]:
    yield from _after_the_report(paper)
    yield from _after_the_claim(paper)


def _after_the_report(paper: Paper) -> Iterator[Found]:
    """A report that was uploaded, or bears a day, before the sample was taken."""
    files = {file.id: file for file in paper.files if file.kind is EvidenceKind.MONITORING}
    for sample in paper.samples:
        file = files.get(sample.evidence_id or 0)
        if file is None:
            continue
        own = _own_day(file.note, file.uploaded_on) or _own_day(file.name, file.uploaded_on)
        dated = min(day for day in (own, file.uploaded_on) if day)
        if sample.sampled_on > dated:
            what = "报告日期" if dated == own else "报告上传日期"
            yield Found(
                ContradictionKind.SAMPLED_TOO_LATE,
                f"{sample.item}采样日期{written(sample.sampled_on)}，晚于{what}{written(dated)}"
                f"（相差{(sample.sampled_on - dated).days}日）",
                sample.side(f"{sample.item}采样日期{written(sample.sampled_on)}"),
                file.side(f"{file.name}：{what}{written(dated)}"),
            )


def _own_day(said: str, on: date) -> date | None:
    """The one whole day that a report's name or note bears."""
    days = [day.on for day in days_in(plain(said), None)]
    return days[0] if len(days) == 1 and days[0] <= on and _DATED.search(said) else None


def _after_the_claim(paper: Paper) -> Iterator[Found]:
    """A claim that says the water holds its limits, when all samples were taken later."""
    if not paper.samples:
        return
    first = min(paper.samples, key=lambda one: one.sampled_on)
    for text in paper.of(SourceKind.CLAIM):
        held = _HELD.search(plain(text.text))
        if held and text.on is not None and first.sampled_on > text.on:
            yield Found(
                ContradictionKind.SAMPLED_TOO_LATE,
                f"{written(text.on)}申请时称监测达标，最早的采样却在{written(first.sampled_on)}"
                f"（相差{(first.sampled_on - text.on).days}日）",
                text.side(*held.span()),
                first.side(f"{first.item}采样日期{written(first.sampled_on)}"),
            )
