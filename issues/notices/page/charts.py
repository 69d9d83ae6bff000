"""Charts of an attachment: bars divided by colour, each part with its figure, over many pages."""

from collections.abc import Sequence

from issues.notices.fonts.faces import FaceRole
from issues.notices.page import metrics
from issues.notices.page.document import Chart
from issues.notices.page.ink import BoxMark, Colour, RuleMark, TextMark
from issues.notices.page.lines import CELL_TYPE, Line, Type, one_line
from issues.notices.page.sheets import Sheets

FILLS: dict[str, Colour] = {
    "red": (0.78, 0.13, 0.13),
    "yellow": (0.98, 0.82, 0.25),
    "green": (0.36, 0.66, 0.42),
    "closed": (0.86, 0.86, 0.86),
}
"""Of different lightness, so that the parts are told apart in grey too."""
WHITE = (1.0, 1.0, 1.0)
ON_DARK = frozenset({"red"})
ROW, BAR, GAP = 9 * metrics.MM, 6 * metrics.MM, 3 * metrics.MM
TIGHT = 7 * metrics.MM
"""A row of a chart that is kept on its page by it."""
MOST_LABEL = 0.38 * metrics.WIDTH
TOTAL = 12 * metrics.MM
EDGE = 0.4
LEAST_ROWS = 3
SWATCH = 9.0


def set_chart(sheets: Sheets, chart: Chart) -> None:
    """Its head is repeated on each page and never stands over fewer than a few bars."""
    if not _fits(sheets, min(len(chart.labels), LEAST_ROWS)):
        sheets.turn()
    _set_head(sheets, chart)
    left = metrics.LEFT + _label_width(sheets, chart) + GAP
    most = max((sum(row) for row in chart.values), default=0)
    scale = (metrics.RIGHT - TOTAL - left) / max(most, 1)
    height = _row_height(sheets, len(chart.labels))
    for label, row in zip(chart.labels, chart.values, strict=True):
        if sheets.y + height > metrics.BOTTOM + EDGE:
            sheets.turn()
            _set_head(sheets, chart)
        _set_bar(sheets, label, list(zip(chart.keys, row, strict=True)), (left, scale, height))
    sheets.skip(1)


def _row_height(sheets: Sheets, rows: int) -> float:
    """Tighter where that keeps the last few bars from standing on a page of their own."""
    fitting = (metrics.BOTTOM - sheets.y) / max(rows, 1)
    return fitting if TIGHT <= fitting < ROW else ROW


def _fits(sheets: Sheets, rows: int) -> bool:
    return sheets.y + 2 * metrics.LINE + rows * ROW <= metrics.BOTTOM


def _set_head(sheets: Sheets, chart: Chart) -> None:
    """The title, and under it which fill stands for what."""
    sheets.centre(chart.title, FaceRole.HEI, Type(14.0, 14.0), metrics.BLACK)
    sheets.skip(1)
    names = [one_line(name, FaceRole.FANGSONG, CELL_TYPE, sheets.faces) for name in chart.names]
    width = sum(SWATCH + 4 + name.width + 14 for name in names) - 14
    x = metrics.LEFT + (metrics.WIDTH - width) / 2
    for key, name in zip(chart.keys, names, strict=True):
        middle = sheets.y + metrics.CELL_TEXT / 2
        sheets.put(BoxMark(x, middle - SWATCH / 2, SWATCH, SWATCH, FILLS[key]))
        sheets.put(TextMark(name, x + SWATCH + 4, sheets.y))
        x += SWATCH + 4 + name.width + 14
    sheets.skip(1)


def _label(sheets: Sheets, text: str) -> Line:
    """Set smaller where it would take more than its share."""
    natural = one_line(text, FaceRole.FANGSONG, CELL_TYPE, sheets.faces)
    if natural.width <= MOST_LABEL:
        return natural
    size = metrics.CELL_TEXT * MOST_LABEL / natural.width
    return one_line(text, FaceRole.FANGSONG, Type(size, size), sheets.faces)


def _label_width(sheets: Sheets, chart: Chart) -> float:
    return max((_label(sheets, text).width for text in chart.labels), default=0.0)


def _set_bar(
    sheets: Sheets, label: str, row: Sequence[tuple[str, int]], grid: tuple[float, float, float]
) -> None:
    """`grid`: where bars begin, points a unit, the height of a row."""
    left, scale, height = grid
    name = _label(sheets, label)
    text_y = sheets.y + (height - metrics.CELL_TEXT) / 2
    sheets.put(TextMark(name, left - GAP - name.width, text_y))
    x, top = left, sheets.y + (height - BAR) / 2
    for key, count in row:
        width = count * scale
        if count:
            sheets.put(BoxMark(x, top, width, BAR, FILLS[key]))
            _set_figure(sheets, count, (x, width, text_y), WHITE if key in ON_DARK else None)
        x += width
    total = one_line(str(sum(n for _, n in row)), FaceRole.SONG, CELL_TYPE, sheets.faces)
    sheets.put(TextMark(total, x + 4, text_y))
    sheets.put(RuleMark(left, sheets.y, left, sheets.y + height, EDGE))
    sheets.y += height


def _set_figure(
    sheets: Sheets, count: int, place: tuple[float, float, float], colour: Colour | None
) -> None:
    """A part too narrow for its figure bears none: the table beside the chart tells it."""
    x, width, y = place
    figure = one_line(str(count), FaceRole.SONG, CELL_TYPE, sheets.faces)
    if figure.width + 2 <= width:
        middle = x + (width - figure.width) / 2
        sheets.put(TextMark(figure, middle, y, colour or metrics.BLACK))
