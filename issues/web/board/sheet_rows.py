"""The figures of 作战图, row by row: what the sheet of paper prints and the workbook holds."""

from collections.abc import Sequence
from typing import NamedTuple

from issues.queries.board.page import Board
from issues.queries.board.tally import NO_UNIT_NAME, Group, Tally
from issues.vocabulary import Colour

KEYS = tuple((colour.counted, colour.shape, colour.label) for colour in Colour)
HEADS = ("●红", "▲黄", "■绿", "◇已销号", "合计")
TURNS = ((Colour.RED, "转红"), (Colour.YELLOW, "转黄"))


class Total(NamedTuple):
    """Of one colour, or of the board with no key; `before` on the day compared with, if any."""

    word: str
    key: str
    count: int  # type: ignore[assignment]  # in place of a tuple's own, which nobody asks
    before: int | None


class Turned(NamedTuple):
    mark: str
    on: str
    number: str
    title: str
    unit: str


class NewRed(NamedTuple):
    number: str
    title: str
    why: str
    unit: str
    sponsor: str


def totals(board: Board) -> list[Total]:
    now, then = board.total, board.total_before
    kinds = [*((f"{shape} {word}", key) for key, shape, word in KEYS), ("上板总数", "total")]
    return [
        Total(word, key if key != "total" else "", getattr(now, key),
              getattr(then, key) if board.is_compared else None)
        for word, key in kinds
    ]  # fmt: skip


def places(board: Board) -> list[Group]:
    """The counties, and the zones that lie within them."""
    inside = [Group(zone.key, f"（{zone.name}）", zone.now) for zone in board.zones]
    return [*board.regions, *inside]


def sources(board: Board) -> list[Group]:
    return [*([board.progress] if board.progress else []), *board.sources]


def counts(tally: Tally) -> list[int]:
    return [getattr(tally, key) for key in (*(key for key, _, _ in KEYS), "total")]


def rows(groups: Sequence[Group]) -> list[list[str | int]]:
    return [[group.name, *counts(group.now)] for group in groups]


def weeks(board: Board) -> list[list[str | int]]:
    return [[f"{week.on}", *counts(week.tally)] for week in board.weeks]


def newly(board: Board) -> list[NewRed]:
    return [
        NewRed(one.number, one.title, one.why, one.unit or NO_UNIT_NAME, one.sponsor)
        for one in board.newly
    ]


def turns(board: Board, colour: Colour) -> list[Turned]:
    """Those that turn to a colour, by day."""
    mark = f"{colour.shape}{dict(TURNS)[colour]}"
    return [
        Turned(mark, f"{turn.on}", turn.number, turn.title, turn.unit or NO_UNIT_NAME)
        for turn in board.turns
        if turn.colour is colour
    ]


def foot(board: Board) -> str:
    """The notices out, and how much of all and of the campaign is struck off."""
    waiting, late = board.counts["open"], board.counts["overdue"]
    told = [f"督办文书（按事项计）：待答复 {waiting} 件，已超期 {late} 件"]
    progress = [("销号进度", board.total)]
    if board.progress:
        progress.append((board.progress.name, board.progress.now))
    for name, tally in progress:
        share = round(100 * tally.struck / tally.total) if tally.total else 0
        told.append(f"{name}：已销号 {tally.struck}/{tally.total}（{share}%）")
    return "；".join(told)
