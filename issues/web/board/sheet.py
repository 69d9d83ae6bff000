"""作战图: the board of a day as one sheet, A3 or the same smaller on A4, legible in grey."""

from collections.abc import Sequence
from datetime import datetime
from io import BytesIO
from itertools import accumulate
from typing import NamedTuple

from issues.ground import clock
from issues.notices.fonts.faces import FaceRole, Faces
from issues.notices.page import metrics
from issues.notices.page.charts import FILLS
from issues.notices.page.gongwen import DRAWING, EXAMPLE_NOTE
from issues.notices.page.ink import TextMark, put
from issues.notices.pdf.archival import About, canvas_of
from issues.queries.board.page import Board
from issues.queries.board.tally import Group
from issues.vocabulary import Colour as TicketColour
from issues.web.board import sheet_rows
from issues.web.board.definitions import definitions
from issues.web.board.sheet_pen import (
    EDGE,
    FOOT,
    GAP,
    GREY,
    HEAD,
    HEIGHT,
    PALE,
    ROW,
    SMALL,
    WIDTH,
    Pen,
)

SCALES = {"A3": 1.0, "A4": 2**-0.5}
UNITS, LISTED, WEEKS = 25, 8, 6
MOST_LISTED = 60
"""More lines than the sheet has room for."""
TURN = 16.0
COLUMNS = (360.0, 330.0)
FIGURES = (40.0, 40.0, 40.0, 60.0, 50.0)
"""The width of each column of figures."""


class Drawn(NamedTuple):
    """Whose sheet it is and of which moment. `example` says so beside it."""

    city: str
    office: str
    at: datetime
    example: bool


def title_of(city: str) -> str:
    return f"{city}突出生态环境问题整改“红黄绿”作战图"


def draw(board: Board, faces: Faces, drawn: Drawn, size: str) -> bytes:
    """The PDF's bytes: the same figures give the same bytes."""
    scale, out = SCALES[size], BytesIO()
    title = title_of(drawn.city)
    about = About(
        f"{title} {board.on}", drawn.office, f"截止时间 {board.on}", clock.day_of(drawn.at)
    )
    with DRAWING:
        canvas = canvas_of(out, (WIDTH * scale, HEIGHT * scale), faces, about)
        canvas.scale(scale, scale)
        canvas.translate(0, HEIGHT - metrics.PAGE_HEIGHT)
        pen = Pen(canvas, faces)
        as_of = f"{clock.local(drawn.at):%Y-%m-%d %H:%M}"
        top = _set_head(pen, title, board, as_of, EXAMPLE_NOTE if drawn.example else "")
        top = _set_totals(pen, board, top) + GAP
        left, middle = EDGE, EDGE + COLUMNS[0] + GAP
        right = middle + COLUMNS[1] + GAP
        more = f"（列{UNITS}个，共{len(board.units)}个）" if len(board.units) > UNITS else ""
        _set_matrix(pen, f"主责单位{more}", board.units[:UNITS], (left, top, COLUMNS[0]))
        places, sources = sheet_rows.places(board), sheet_rows.sources(board)
        below = _set_matrix(pen, "县（区）、园区", places, (middle, top, COLUMNS[1]))
        below = _set_matrix(pen, "问题来源", sources, (middle, below + GAP, COLUMNS[1]))
        _set_weeks(pen, board, (middle, below + GAP, COLUMNS[1]))
        room = WIDTH - EDGE - right
        below = _set_newly(pen, board, (right, top, room))
        _set_turning(pen, board, (right, below + GAP, room))
        _set_foot(pen, board)
        canvas.showPage()
        canvas.save()
    return out.getvalue()


def _set_head(pen: Pen, title: str, board: Board, as_of: str, note: str) -> float:
    line = pen.line(title, 30.0, FaceRole.TITLE, WIDTH - 2 * EDGE)
    put(pen.canvas, TextMark(line, (WIDTH - line.width) / 2, 28.0))
    seen = " · 当日所见" if board.is_seen else ""
    pen.words(f"截止时间 {board.on} · 对比 {board.compare}{seen}", EDGE, 70.0, size=13.0)
    pen.words(
        f"数据时间 {as_of}{' · ' if note else ''}{note}", WIDTH - EDGE, 70.0, size=13.0, right=True
    )
    pen.rule(EDGE, 90.0, WIDTH - 2 * EDGE, 1.5)
    return 100.0


def _set_totals(pen: Pen, board: Board, top: float) -> float:
    width, high = (WIDTH - 2 * EDGE - 4 * GAP) / 5, 58.0
    for place, (word, key, count, before) in enumerate(sheet_rows.totals(board)):
        x = EDGE + place * (width + GAP)
        pen.box(x, top, width, high, (1.0, 1.0, 1.0))
        pen.box(x, top, 9.0, high, FILLS.get(key, PALE))
        pen.words(word, x + 20, top + 20, size=18.0, role=FaceRole.HEI)
        pen.words(str(count), x + 104, top + 12, size=32.0, role=FaceRole.HEI)
        pen.words(_moved(count, before), x + width - 8, top + 34, right=True, colour=GREY)
    return top + high


def _set_foot(pen: Pen, board: Board) -> None:
    """The figures of the foot, and under them what every figure of the sheet means."""
    top = HEIGHT - FOOT + 8.0
    pen.words(sheet_rows.foot(board), EDGE, top, size=13.0)
    first, *others = definitions(board)
    lines = ("；".join((first, others[0])), "；".join(others[1:]))
    for place, line in enumerate(lines, start=1):
        pen.words(line, EDGE, top + 4.0 + 13.0 * place, size=SMALL, most=WIDTH - 2 * EDGE)


def _moved(count: int, before: int | None) -> str:
    if before is None:
        return ""
    by = count - before
    return "持平" if by == 0 else f"增 {by}" if by > 0 else f"减 {-by}"


Place = tuple[float, float, float]
"""Left, top, width."""


def _set_table(
    pen: Pen, place: Place, heads: Sequence[str], rows: Sequence[Sequence[str]]
) -> float:
    """The first column takes what the figures leave; the lower edge."""
    x, y, width = place
    edges = list(accumulate(FIGURES, initial=width - sum(FIGURES)))
    first = edges[0]
    pen.box(x, y, width, ROW, PALE)
    for index, cells in enumerate((heads, *rows)):
        role = FaceRole.HEI if index == 0 else FaceRole.FANGSONG
        pen.words(cells[0], x + 6, y + 4, role=role, most=first - 10)
        for column, cell in enumerate(cells[1:], start=1):
            bold = FaceRole.HEI if column <= len("红黄") and cell != "0" else role
            pen.words(cell, x + edges[column] - 6, y + 4, role=bold, right=True)
        y += ROW
        pen.rule(x, y, width)
    return y


def _set_matrix(pen: Pen, name: str, groups: Sequence[Group], place: Place) -> float:
    return _set_counts(pen, place, name, sheet_rows.rows(groups))


def _set_counts(pen: Pen, place: Place, name: str, rows: Sequence[Sequence[str | int]]) -> float:
    cells = [[str(cell) for cell in row] for row in rows]
    return _set_table(pen, place, (name, *sheet_rows.HEADS), cells)


def _set_weeks(pen: Pen, board: Board, place: Place) -> float:
    room = int((HEIGHT - FOOT - place[1]) // ROW) - 1
    most = max(1, min(WEEKS, room))
    return _set_counts(pen, place, "近几周", sheet_rows.weeks(board)[-most:])


def _set_list(pen: Pen, place: Place, title: str, items: Sequence[tuple[str, str]]) -> float:
    """Each with a line in full strength and a line of why; the lower edge."""
    x, y, width = place
    pen.box(x, y, width, ROW + 2, PALE)
    pen.words(title, x + 6, y + 3, size=HEAD, role=FaceRole.HEI)
    y += ROW + 6
    for first, second in items:
        pen.words(first, x + 6, y, role=FaceRole.HEI, most=width - 12)
        pen.words(second, x + 6, y + 15, most=width - 12, colour=GREY)
        y += 33.0
        pen.rule(x, y - 2, width)
    if not items:
        pen.words("没有", x + 6, y)
        y += ROW
    return y


def _set_newly(pen: Pen, board: Board, place: Place) -> float:
    items = []
    for one in sheet_rows.newly(board)[:LISTED]:
        sponsor = f"，包案 {one.sponsor}" if one.sponsor else ""
        told = f"{one.why}；{one.unit}{sponsor}"
        items.append((f"● {one.number} {one.title}", told))
    count = board.counts["newly"]
    cut = "" if len(items) == count else f"（列{len(items)}件）"
    return _set_list(pen, place, f"新增红色 {count} 件{cut}", items)


def _set_turning(pen: Pen, board: Board, place: Place) -> float:
    """Those that turn red first, then yellow, as many as there is room for; the title says."""
    x, y, width = place
    room = max(0, int((HEIGHT - FOOT - y - ROW - 6) // TURN))
    listed: list[sheet_rows.Turned] = []
    told = []
    for colour, word in sheet_rows.TURNS:
        turns = sheet_rows.turns(board, colour)[: room - len(listed)]
        listed += turns
        told.append(f"{word} {board.counts[colour.value]} 件{_cut(turns, board, colour)}")
    pen.box(x, y, width, ROW + 2, PALE)
    title = f"{board.within} 天内将{'、'.join(told)}"
    pen.words(title, x + 6, y + 3, size=HEAD, role=FaceRole.HEI, most=width - 12)
    y += ROW + 6
    for turn in listed:
        line = f"{turn.mark} {turn.on} {turn.number} {turn.title}；{turn.unit}"
        pen.words(line, x + 6, y, most=width - 12)
        y += TURN
    if not board.turns:
        pen.words("没有", x + 6, y)
    return y


def _cut(turns: Sequence[sheet_rows.Turned], board: Board, colour: TicketColour) -> str:
    """What the title says where not all are listed."""
    return "" if len(turns) == board.counts[colour.value] else f"（列{len(turns)}件）"
