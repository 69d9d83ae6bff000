"""The life of one ticket as one list, newest first: acts, notices, files, changes of colour."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence, Set as AbstractSet
from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import groupby

from issues.evidence.hiding import is_hidden
from issues.ground import clock
from issues.models import Event
from issues.queries.ground.colouring import Colouring, colouring_of
from issues.queries.ground.names import region_words
from issues.queries.notices.lines import NoticeLine
from issues.queries.ticket.beside import Span
from issues.queries.ticket.words import change_of, label_of, lines_of
from issues.rules.dates.days import days_after
from issues.vocabulary import Action, Colour, NoticeStatus

KINDS = {"act": "办理", "notice": "文书", "evidence": "佐证", "colour": "变色"}
FILES = frozenset({Action.UPLOAD.value, Action.REPLACE.value})
ROUTINE = FILES | {Action.REPORT_PROGRESS.value, Action.CONFIRM_PROGRESS.value}
"""Acts that recur while a ticket goes on as planned."""
SHOWN_OPEN, FEWEST = 3, 3
"""So many of the newest always stand open; so many routine ones in a row are folded."""
RECKONED, BACKFILLED = "按规则计算", "导入时按台账所载事实补记"
DAWN, DUSK = time(0, 0), time(23, 59, 59)


@dataclass(frozen=True, slots=True)
class Item:
    """`at` is how the moment is written; `order` sorts."""

    kind: str
    label: str
    who: str
    at: str
    order: tuple[datetime, int]
    change: str = ""
    text: str = ""
    url: str = ""
    link: str = ""
    is_routine: bool = False
    anchor: str = ""
    """What a link to a row of the history ends in."""


@dataclass(frozen=True, slots=True)
class Run:
    """Routine items in a row, folded into one line; `run` holds them, newest first."""

    run: tuple[Item, ...]

    @property
    def words(self) -> str:
        kinds = Counter(item.label for item in self.run)
        return "，".join(f"{label}{count}次" for label, count in kinds.items())

    @property
    def days(self) -> tuple[str, str]:
        """The first day and the last, in ISO."""
        return self.run[-1].at[:10], self.run[0].at[:10]


def folded(items: Sequence[Item]) -> list[Item | Run]:
    """The same items in the same order; a row of routine ones behind the newest is one line."""
    found: list[Item | Run] = list(items[:SHOWN_OPEN])
    for is_routine, group in groupby(items[SHOWN_OPEN:], lambda item: item.is_routine):
        row = tuple(group)
        if is_routine and len(row) >= FEWEST:
            found.append(Run(row))
        else:
            found += row
    return found


def story_of(
    number: str,
    events: Iterable[Event],
    notices: Iterable[NoticeLine],
    spans: Sequence[Span],
    today: date,
    hidden: AbstractSet[int],
    region: Callable[[str], str] | None = None,
) -> list[Item]:
    """`region` names the region of a code, where somebody asks for more of them."""
    region = region or region_words()
    items = [
        *(_act(number, event, region, hidden) for event in events),
        *(_notice(line, line.signed_on) for line in notices if line.signed_on),
        *_colours(spans, today),
    ]
    return sorted(items, key=lambda item: item.order, reverse=True)


def _act(number: str, event: Event, region: Callable[[str], str], hidden: AbstractSet[int]) -> Item:
    is_file = event.action in FILES
    is_told = is_file and not is_hidden(event, hidden)
    file_id = event.detail.get("evidence") if is_told else None
    moment = clock.local(event.at)
    return Item(
        kind="evidence" if is_file else "act",
        label=label_of(event),
        who=f"{event.unit} {event.actor}".strip(),
        at=f"{moment:%Y-%m-%d %H:%M}",
        order=(moment.replace(tzinfo=None), event.seq),
        change=change_of(event),
        text="\n".join(lines_of(event, region=region, hidden=hidden)),
        url=f"/issues/{number}/evidence/{file_id}" if file_id else "",
        link="查看这份材料" if file_id else "",
        is_routine=event.action in ROUTINE,
        anchor=anchor_of(event.id),
    )


def anchor_of(event_id: int) -> str:
    return f"event-{event_id}"


def _notice(line: NoticeLine, signed_on: date) -> Item:
    is_void = line.status is NoticeStatus.VOID
    return Item(
        kind="notice",
        label=f"{'作废' if is_void else '签发'}{line.name}",
        who="市环委办",
        at=signed_on.isoformat(),
        order=(datetime.combine(signed_on, DUSK), line.id),
        text="，发".join(filter(None, (line.number, line.addressee))),
        url=f"/notices/{line.id}",
        link="查看文书",
    )


def _colours(spans: Sequence[Span], today: date) -> Iterator[Item]:
    """Each day the shown colour became another one: by an act, or by time alone."""
    last: Colouring | None = None
    for span in spans:
        for day, is_act in _turning_days(span, today):
            now = colouring_of(span, day)
            if last is None or now.shown is not last.shown:
                if last is not None or now.shown is not None:
                    who = BACKFILLED if span.is_backfilled else RECKONED
                    yield _colour(last, now, who, is_act=is_act)
                last = now


def _turning_days(span: Span, today: date) -> list[tuple[date, bool]]:
    """The first day of the span, and the days within it on which a threshold falls."""
    last = min(today, days_after(span.valid_to, -1))
    if span.valid_from > last:
        return []
    crossed = sorted({span.yellow_from, span.red_from})
    within = [(day, False) for day in crossed if span.valid_from < day <= last]
    return [(span.valid_from, True), *within]


def _colour(last: Colouring | None, now: Colouring, who: str, *, is_act: bool) -> Item:
    old = last.shown.label if last and last.shown else ""
    new = now.shown.label if now.shown else "不计颜色"
    rules = [f"{reason.rule.value} {reason.rule.label}：{reason.because}" for reason in now.reasons]
    card = f"挂{now.card.label}牌" if now.card else ""
    return Item(
        kind="colour",
        label=f"颜色变为{new}" if old else f"颜色：{new}",
        who=who,
        at=now.day.isoformat(),
        order=(datetime.combine(now.day, DUSK if is_act else DAWN), 0),
        change=f"{old} → {new}" if old else "",
        text="\n".join([*([card] if card else []), *rules]),
        is_routine=now.shown is not Colour.RED and now.card is None,
    )
