"""A picture of an annex: as large as it may be, with what is said of it under it."""

from issues.notices.fonts.faces import FaceRole
from issues.notices.page import metrics
from issues.notices.page.document import Picture
from issues.notices.page.ink import PictureMark
from issues.notices.page.lines import CELL_TYPE, Span, set_paragraph
from issues.notices.page.sheets import Sheets

MOST_HEIGHT = 0.45 * (metrics.BOTTOM - metrics.TOP)
BELOW = 6.0
LEADING = 18.0


def set_picture(sheets: Sheets, picture: Picture) -> None:
    """Whole on one page, its caption too; one whose bytes were not brought leaves its room."""
    scale = min(metrics.WIDTH / picture.width, MOST_HEIGHT / picture.height, 1.0)
    width, height = picture.width * scale, picture.height * scale
    said = _caption(sheets, picture.caption)
    whole = height + BELOW + len(said) * LEADING + BELOW
    if sheets.y + whole > metrics.BOTTOM:
        sheets.turn()
    if picture.jpeg:
        x = metrics.LEFT + (metrics.WIDTH - width) / 2
        sheets.put(PictureMark(picture.jpeg, x, sheets.y, width, height))
    sheets.y += height + BELOW
    for text in said:
        sheets.centre(text, FaceRole.FANGSONG, CELL_TYPE, metrics.BLACK)
        sheets.y += LEADING
    sheets.y += BELOW


def _caption(sheets: Sheets, caption: str) -> list[str]:
    if not caption:
        return []
    lines = set_paragraph([Span(caption)], sheets.faces, metrics.WIDTH, type_=CELL_TYPE)
    return [line.text for line in lines]
