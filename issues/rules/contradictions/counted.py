"""C8 to C11: how much is said to be done, against the report before, the figure and the target."""

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from issues.rules.contradictions.quantities import (
    MATTER,
    Quantity,
    done_counts,
    quantities,
    same,
    shown,
    unit_of,
)
from issues.rules.contradictions.sources import Figure, Found, Paper, Side, Step, Text
from issues.rules.contradictions.words import clause_end, clause_start, plain, sentence_start
from issues.vocabulary import ContradictionKind, SourceKind

DATED = (SourceKind.REPORT, SourceKind.REPLY, SourceKind.EXTENSION, SourceKind.CLAIM)
_TOTAL = re.compile(r"累计|合计|总|共|截至|截止|目前|至今|现已|均已|全部")
_PARTS = re.compile(
    r"踏勘|勘察|勘测|设计|摸排|排查|签订|协议|谈话|约谈|培训|检查|巡查|评审|公示|招标|采购|方案|征求"
    r"|宣传|发放|走访|测量|检测|监测|动员|公告|登记|选址|备料"
)
"""Work on the way to a measure, unless the measure is that."""
UNCOUNTED = frozenset({MATTER, "air", "sound"})
"""What is kept below or above a limit is no count that grows to its target."""


class Counted(NamedTuple):
    """How much of a measure a source says is done, in the basic unit of its dimension."""

    amount: Decimal
    words: str
    on: date | None
    side: Side


def count_of(paper: Paper, step: Step, text: Text) -> Quantity | None:
    """The one count of a text that can only be of this measure; None in any doubt."""
    known = unit_of(step.unit)
    if known is None or known[0] in UNCOUNTED or text.measure_id not in (None, step.id):
        return None
    if text.measure_id is None and _is_shared(paper, step, known[0]):
        return None
    words = plain(text.text)
    found = [one for one in done_counts(words) if one.dimension == known[0]]
    if len(found) != 1 or _is_of_a_part(words, found[0], step):
        return None
    is_total = text.measure_id == step.id or _TOTAL.search(
        words, sentence_start(words, found[0].start), found[0].start
    )
    return found[0] if is_total else None


def _is_of_a_part(words: str, count: Quantity, step: Step) -> bool:
    """“完成协议签订38户” is no count of a measure that is to rebuild them."""
    clause = words[clause_start(words, count.start) : clause_end(words, count.end)]
    return any(part not in step.text for part in _PARTS.findall(clause))


def _is_shared(paper: Paper, step: Step, dimension: str) -> bool:
    """Whether another measure is counted in the same way, in its fields or in its words."""
    others = (one for one in paper.steps if one.id != step.id)
    return any(
        ((known := unit_of(other.unit)) is not None and known[0] == dimension)
        or any(one.dimension == dimension for one in quantities(plain(other.text)))
        for other in others
    )


def _figure(text: Text, step: Step) -> Figure | None:
    return next((line for line in text.figures if line.measure_id == step.id), None)


def _of_figure(text: Text, step: Step, line: Figure) -> Counted | None:
    known = unit_of(step.unit)
    if line.reported is None or known is None:
        return None
    said = f"{step.name}完成值{shown(line.reported)}{step.unit}"
    side = Side(SourceKind.FIGURE, text.id, f"{text.name}所附数据", said, 0, len(said))
    words = f"{shown(line.reported)}{step.unit}"
    return Counted(line.reported * known[1], words, text.on, side)


def _of_words(text: Text, count: Quantity) -> Counted:
    words = f"{shown(count.number)}{count.unit}"
    return Counted(count.amount, words, text.on, text.side(count.start, count.end))


def counts(paper: Paper, step: Step) -> Iterator[Counted]:
    """In the order of their days; the figure of a report goes before its words."""
    for text in paper.of(*DATED):
        line, count = _figure(text, step), count_of(paper, step, text)
        figure = _of_figure(text, step, line) if line else None
        if figure is not None:
            yield figure
        elif count is not None:
            yield _of_words(text, count)


def count_falls(paper: Paper) -> Iterator[Found]:
    for step in paper.steps:
        known = unit_of(step.unit)
        if known is None or known[0] in UNCOUNTED:
            continue
        most: Counted | None = None
        for one in counts(paper, step):
            if most is not None and one.amount < most.amount and not same(one.amount, most.amount):
                yield Found(
                    ContradictionKind.COUNT_FALLS,
                    f"{step.name}此前已报{most.words}，此次报{one.words}，"
                    f"减少{shown((most.amount - one.amount) / known[1])}{step.unit}",
                    one.side,
                    most.side,
                )
            if most is None or one.amount >= most.amount:
                most = one


def count_not_figure(paper: Paper) -> Iterator[Found]:
    """The words of a report and its own figure; of a ledger's row or a claim and the confirmed."""
    for step in paper.steps:
        for text in paper.texts:
            count = count_of(paper, step, text)
            if count is None or (other := _figure_beside(text, step)) is None:
                continue
            figure, before = other
            added = None if before is None else figure.amount - before
            if same(count.amount, figure.amount) or count.amount in (before, added):
                continue
            known = unit_of(step.unit)
            factor = known[1] if known else Decimal(1)
            yield Found(
                ContradictionKind.COUNT_NOT_FIGURE,
                f"文字写{shown(count.number)}{count.unit}，完成值为{figure.words}，"
                f"相差{shown(abs(count.amount - figure.amount) / factor)}{step.unit}",
                text.side(count.start, count.end),
                figure.side,
            )


def _figure_beside(text: Text, step: Step) -> tuple[Counted, Decimal | None] | None:
    """The figure, and the one before it, in the basic unit."""
    known = unit_of(step.unit)
    if known is None:
        return None
    line = _figure(text, step)
    if text.source is SourceKind.REPORT and line is not None:
        figure = _of_figure(text, step, line)
        before = None if line.before is None else line.before * known[1]
        return None if figure is None else (figure, before)
    if text.source in (SourceKind.LEDGER, SourceKind.CLAIM) and step.confirmed is not None:
        said = f"{step.name}确认完成值{shown(step.confirmed)}{step.unit}"
        words = f"{shown(step.confirmed)}{step.unit}"
        side = step.side(said)
        return Counted(step.confirmed * known[1], words, None, side), None
    return None


def count_over_target(paper: Paper) -> Iterator[Found]:
    """The first source that says more than the target, of each measure."""
    for step in paper.steps:
        known = unit_of(step.unit)
        if step.target is None or step.target <= 0 or known is None or known[0] in UNCOUNTED:
            continue
        target = step.target * known[1]
        said = [*counts(paper, step), *_of_ledger(paper, step)]
        over = next((one for one in said if one.amount > target
                     and not same(one.amount, target)), None)  # fmt: skip
        if over is not None:
            yield Found(
                ContradictionKind.COUNT_OVER_TARGET,
                f"所报{over.words}，{step.name}目标值{shown(step.target)}{step.unit}，"
                f"多出{shown((over.amount - target) / known[1])}{step.unit}",
                over.side,
                step.side(f"{step.name}目标值{shown(step.target)}{step.unit}"),
            )


def _of_ledger(paper: Paper, step: Step) -> Iterator[Counted]:
    for text in paper.of(SourceKind.LEDGER):
        count = count_of(paper, step, text)
        if count is not None and text.measure_id == step.id:
            yield _of_words(text, count)


def _is_level(text: Text, count: Quantity) -> bool:
    """“扩建至800吨” says where it ends, not how much is done."""
    return text.text[: count.start].rstrip().endswith(("至", "到", "达", "于", "超", "过", "足"))


def plan_target(paper: Paper) -> Iterator[Found]:
    """The one quantity of that dimension in a measure's own words."""
    for step in paper.steps:
        known, text = unit_of(step.unit), step.words()
        if step.target is None or known is None or known[0] in UNCOUNTED:
            continue
        found = [one for one in quantities(plain(text.text)) if one.dimension == known[0]]
        target = step.target * known[1]
        if len(found) == 1 and not same(found[0].amount, target) and not _is_level(text, found[0]):
            yield Found(
                ContradictionKind.PLAN_TARGET,
                f"{step.name}文字写{shown(found[0].number)}{found[0].unit}，"
                f"目标值为{shown(step.target)}{step.unit}",
                text.side(found[0].start, found[0].end),
                step.side(f"{step.name}目标值{shown(step.target)}{step.unit}"),
            )
