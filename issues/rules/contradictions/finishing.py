"""C1 to C4: the days on which something is said to be finished."""

from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from issues.rules.contradictions.days import Finish, finishes
from issues.rules.contradictions.sources import Found, Paper, Side, Text
from issues.rules.contradictions.ticked import all_done, numbered_done
from issues.rules.dates.days import written
from issues.vocabulary import ContradictionKind, SourceKind

SAID = (
    SourceKind.REMARK, SourceKind.LEDGER, SourceKind.REPORT, SourceKind.REPLY,
    SourceKind.EXTENSION, SourceKind.CLAIM,
)  # fmt: skip


def finish_ahead(paper: Paper) -> Iterator[Found]:
    """Without a year it was the year before, unless that lies before the problem was assigned."""
    for text in paper.of(*SAID):
        if text.on is None:
            continue
        for finish in finishes(paper, text):
            on = _meant_on(finish, paper)
            if on > text.on:
                yield Found(
                    ContradictionKind.FINISH_AHEAD,
                    f"所写完成日期{written(on)}，晚于书写之日{written(text.on)}"
                    f"{_days(text.on, on)}",
                    text.side(finish.start, finish.end),
                    _written_on(text, text.on),
                )


def _meant_on(finish: Finish, paper: Paper) -> date:
    """The day a reader takes it for."""
    on, since = finish.day.on, paper.assigned_on
    if finish.day.is_full or since is None or on >= since or finish.text.on is None:
        return on
    try:
        later = on.replace(year=on.year + 1)
    except ValueError:
        return on
    return later if later > finish.text.on else on


def _written_on(text: Text, on: date) -> Side:
    said = f"书写之日{written(on)}"
    return Side(text.source, text.id, text.name, said, 0, len(said))


def _days(one: date, other: date) -> str:
    return f"（相差{abs((other - one).days)}日）"


def finish_confirmed_earlier(paper: Paper) -> Iterator[Found]:
    """Confirmed before the day on which the unit says that it was finished."""
    for finish in _of_the_work(paper):
        step = finish.step
        if step is None or step.done_on is None or step.done_on >= finish.day.on:
            continue
        because = (
            f"{step.name}于{written(step.done_on)}确认完成，早于文字所写的"
            f"{written(finish.day.on)}{_days(step.done_on, finish.day.on)}"
        )
        yield Found(
            ContradictionKind.FINISH_CONFIRMED_EARLIER,
            because,
            finish.text.side(finish.start, finish.end),
            step.side(f"{step.name}确认完成日期{written(step.done_on)}"),
        )


def finish_differs(paper: Paper) -> Iterator[Found]:
    """Two texts that name the same measure, or all of it, each with another day."""
    said: dict[object, list[Finish]] = {}
    for finish in _of_the_work(paper):
        about = finish.step.id if finish.step else "all" if finish.is_entire else None
        if about is not None:
            said.setdefault(about, []).append(finish)
    for group in said.values():
        for one, other in pairwise(group):
            if one.day.on != other.day.on and (one.text is not other.text):
                yield Found(
                    ContradictionKind.FINISH_DIFFERS,
                    f"一处写{written(one.day.on)}完成，一处写{written(other.day.on)}完成"
                    f"{_days(one.day.on, other.day.on)}",
                    one.text.side(one.start, one.end),
                    other.text.side(other.start, other.end),
                )


def _of_the_work(paper: Paper) -> Iterator[Finish]:
    for text in paper.of(*SAID):
        yield from (one for one in finishes(paper, text) if one.is_whole)


def finish_not_ticked(paper: Paper) -> Iterator[Found]:
    """A report's words against the boxes of the same report."""
    for text in paper.of(SourceKind.REPORT):
        open_lines = [line for line in text.figures if not line.is_done]
        for no, start, end in numbered_done(text.text):
            for line in open_lines:
                if str(line.no) == no:
                    yield _not_ticked(text, start, end, f"措施{line.no}：未选“已完成”")
        place = all_done(text.text)
        if place and open_lines:
            said = "、".join(f"措施{line.no}" for line in open_lines)
            yield _not_ticked(text, *place, f"{said}：未选“已完成”")
    yield from still_open(paper)


def still_open(paper: Paper) -> Iterator[Found]:
    """A report of a later day that leaves open what a text says was finished before."""
    for finish in _of_the_work(paper):
        for text in paper.of(SourceKind.REPORT):
            if finish.step is None or text.on is None or text.on <= finish.day.on:
                continue
            lines = [line for line in text.figures if line.measure_id == finish.step.id]
            if text is not finish.text and lines and not lines[0].is_done:
                said = f"{finish.step.name}：未选“已完成”"
                yield Found(
                    ContradictionKind.FINISH_NOT_TICKED,
                    f"文字称{finish.step.name}已于{written(finish.day.on)}完成，"
                    f"{written(text.on)}填报时仍未完成{_days(text.on, finish.day.on)}",
                    finish.text.side(finish.start, finish.end),
                    Side(SourceKind.FIGURE, text.id, f"{text.name}所附数据", said, 0, len(said)),
                )


def _not_ticked(text: Text, start: int, end: int, said: str) -> Found:
    return Found(
        ContradictionKind.FINISH_NOT_TICKED,
        f"文字称已完成，同一次填报中{said}",
        text.side(start, end),
        Side(SourceKind.FIGURE, text.id, f"{text.name}所附数据", said, 0, len(said)),
    )
