"""作战图 as a workbook: the same figures as the sheet of paper, each list whole."""

from collections.abc import Sequence

from issues.exchange.writing.tables import Tables
from issues.queries.board.page import Board
from issues.queries.leads.counts import OriginCount
from issues.vocabulary import LeadState
from issues.web.board import sheet_rows
from issues.web.board.definitions import definitions

FIGURES, NEWLY, TURNING, LEADS = "数字", "新增红色", "将转色", "线索"
WIDE, NARROW = 44, 12


def written(board: Board, title: str, note: str, leads: Sequence[OriginCount] = ()) -> bytes:
    """The workbook's bytes. `note` says where the figures are an example's.

    `leads` is empty for who may not see them, and for a past day.
    """
    book = Tables()
    book.turn_to(FIGURES, (WIDE, *[NARROW] * len(sheet_rows.HEADS)))
    seen = " · 当日所见" if board.is_seen else ""
    for line in (title, f"截止时间 {board.on} · 对比 {board.compare}{seen}", note):
        if line:
            book.say(line)
    totals: list[list[str | int]] = [
        [one.word, one.count, "" if one.before is None else one.before]
        for one in sheet_rows.totals(board)
    ]
    book.table(("全部", f"{board.on}", f"{board.compare}"), totals)
    for name, rows in (
        ("主责单位", sheet_rows.rows(board.units)),
        ("县（区）、园区", sheet_rows.rows(sheet_rows.places(board))),
        ("问题来源", sheet_rows.rows(sheet_rows.sources(board))),
        ("近几周", sheet_rows.weeks(board)),
    ):
        book.table((name, *sheet_rows.HEADS), rows)
    book.say(sheet_rows.foot(board))
    for line in definitions(board):
        book.say(line)
    _lists(book, board)
    if leads and leads[-1].total:
        _leads(book, leads)
    return book.bytes()


def _lists(book: Tables, board: Board) -> None:
    book.turn_to(NEWLY, (20, WIDE, WIDE, 24, NARROW))
    book.say(f"新增红色 {board.counts['newly']} 件")
    book.table(("编号", "标题", "原因", "主责单位", "包案"), sheet_rows.newly(board))
    book.turn_to(TURNING, (NARROW, NARROW, 20, WIDE, 24))
    told = [f"{word} {board.counts[colour.value]} 件" for colour, word in sheet_rows.TURNS]
    book.say(f"{board.within} 天内将{'、'.join(told)}")
    rows = [turn for colour, _word in sheet_rows.TURNS for turn in sheet_rows.turns(board, colour)]
    book.table(("转色", "日期", "编号", "标题", "主责单位"), rows)


def _leads(book: Tables, leads: Sequence[OriginCount]) -> None:
    """As the page has them: by origin and what became of them."""
    book.turn_to(LEADS, (20, *[16] * 7))
    rows: list[list[str | int]] = [
        [one.label, one.total, *(one.states[state] for state in LeadState), one.overdue,
         "" if one.hours is None else f"{one.hours}"]
        for one in leads
    ]  # fmt: skip
    states = [state.label for state in LeadState]
    book.table(("来源", "收到", *states, "超期未研判", "研判用时中位数（小时）"), rows)
